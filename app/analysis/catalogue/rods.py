"""Sucker rods, sinker bars and their grades."""

from __future__ import annotations

import math
from dataclasses import dataclass

from app.analysis.catalogue.entry import Entry
from app.analysis.catalogue.library import Kind


@dataclass(frozen=True)
class RodSize:
    """A size of rods or of sinker bars.

    Attributes:
        role: rod or sinker_bar
        diameter_m: [m]
        mass_kg_per_m: [kg/m] couplings included
        modulus_pa: [Pa]
    """

    role: str
    diameter_m: float
    mass_kg_per_m: float
    modulus_pa: float

    @property
    def wave_speed_m_per_s(self) -> float:
        """Speed of sound in the string, couplings included: √(E·A/m) [m/s]."""
        return math.sqrt(self.modulus_pa * math.pi / 4 * self.diameter_m**2 / self.mass_kg_per_m)


@dataclass(frozen=True)
class RodGrade:
    """A grade of rods.

    Attributes:
        minimum_tensile_pa: [Pa]
        maximum_tensile_pa: [Pa] or None
    """

    minimum_tensile_pa: float
    maximum_tensile_pa: float | None = None


def _size(entry: Entry) -> RodSize:
    size = RodSize(
        entry.choice("role", ("rod", "sinker_bar"), "rod"),
        entry.number("diameter_mm", 9, 80) / 1000,
        entry.number("mass_kg_per_m", 0.1, 40),
        entry.number("modulus_gpa", 20, 230) * 1e9,
    )
    # Steel sings at 5,100 m/s, its couplings slow it; glass fibre is between.
    if not 3_500 < size.wave_speed_m_per_s < 5_400:
        raise entry.wrong(
            "catalogue_wave_speed", "mass_kg_per_m", size.mass_kg_per_m, speed=size.wave_speed_m_per_s
        )
    return size


def _grade(entry: Entry) -> RodGrade:
    highest = entry.optional("maximum_tensile_mpa", 300, 2500)
    return RodGrade(
        entry.number("minimum_tensile_mpa", 300, 2000) * 1e6, None if highest is None else highest * 1e6
    )


RODS = Kind("rods", _size)
ROD_GRADES = Kind("rod_grades", _grade)
