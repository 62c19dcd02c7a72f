"""Tubing, casing and the grades of both."""

from __future__ import annotations

import math
from dataclasses import dataclass

from app.analysis.catalogue.entry import Entry
from app.analysis.catalogue.library import Kind
from app.analysis.catalogue.spelling import Parts

STEEL_DENSITY = 7_850.0
_NOISE = {"X", "HKT", "OK", "MM", "IN", "TUBING", "CASING"}
# API Spec 5CT, drift: how much less than the bore a mandrel is, by outside diameter.
_DRIFT_LESS = {
    "tubing": ((0.075, 2.38e-3), (1.0, 3.18e-3)),
    "casing": ((0.24, 3.18e-3), (0.345, 3.97e-3), (1.0, 4.76e-3)),
}


@dataclass(frozen=True)
class Pipe:
    """A size of tubing or casing.

    Attributes:
        use: tubing or casing
        outer_diameter_m: [m]
        wall_m: [m]
        nominal_mass_kg_per_m: [kg/m] as its standard names it
    """

    use: str
    outer_diameter_m: float
    wall_m: float
    nominal_mass_kg_per_m: float

    @property
    def inner_diameter_m(self) -> float:
        """D − 2t [m]."""
        return self.outer_diameter_m - 2 * self.wall_m

    @property
    def drift_m(self) -> float:
        """Diameter of the mandrel that must pass, API Spec 5CT [m]."""
        less = next(less for upto, less in _DRIFT_LESS[self.use] if self.outer_diameter_m < upto)
        return self.inner_diameter_m - less

    @property
    def plain_mass_kg_per_m(self) -> float:
        """Of the pipe without ends: π·(D − t)·t·7850 [kg/m]."""
        return math.pi * (self.outer_diameter_m - self.wall_m) * self.wall_m * STEEL_DENSITY


@dataclass(frozen=True)
class PipeGrade:
    """A grade of pipe.

    Attributes:
        minimum_yield_pa: [Pa]
        minimum_tensile_pa: [Pa]
        maximum_yield_pa: [Pa] or None
    """

    minimum_yield_pa: float
    minimum_tensile_pa: float
    maximum_yield_pa: float | None = None


def same_pipe(found: Parts) -> Parts:
    """What of a name tells one pipe from another.

    Args:
        found: its parts
    Returns:
        without the words for what it is and the × between its numbers
    Valid: any.
    Ours: НКТ 73х5,5 is 73×5.5.

    >>> same_pipe(("HKT", "73", "X", "5.5"))
    ('73', '5.5')
    """
    return tuple(one for one in found if one not in _NOISE) or found


def _pipe(entry: Entry, use: str) -> Pipe:
    pipe = Pipe(
        use,
        entry.number("outer_diameter_mm", 20, 800) / 1000,
        entry.number("wall_mm", 1, 60) / 1000,
        entry.number("nominal_mass_kg_per_m", 0.5, 600),
    )
    if pipe.inner_diameter_m <= 0 or not 0.9 < pipe.nominal_mass_kg_per_m / pipe.plain_mass_kg_per_m < 1.15:
        raise entry.wrong(
            "catalogue_pipe_mass",
            "nominal_mass_kg_per_m",
            pipe.nominal_mass_kg_per_m,
            plain=pipe.plain_mass_kg_per_m,
        )
    return pipe


def _tubing(entry: Entry) -> Pipe:
    return _pipe(entry, "tubing")


def _casing(entry: Entry) -> Pipe:
    return _pipe(entry, "casing")


def _grade(entry: Entry) -> PipeGrade:
    highest = entry.optional("maximum_yield_mpa", 150, 2500)
    return PipeGrade(
        entry.number("minimum_yield_mpa", 150, 2000) * 1e6,
        entry.number("minimum_tensile_mpa", 200, 2200) * 1e6,
        None if highest is None else highest * 1e6,
    )


TUBING = Kind("tubing", _tubing, same_pipe)
CASING = Kind("casing", _casing, same_pipe)
PIPE_GRADES = Kind("pipe_grades", _grade)
