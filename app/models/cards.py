"""A dynamogram and what it was taken from. Units are SI; the JSON form is domain/card-format."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from app.core.clock import to_us
from app.models.values import Values, a_list, list_of

Floats = NDArray[np.float64]


def as_kept(points: Floats) -> Floats:
    """Points of a card as caches and centre keep them (float32: 0.1 N, 0.1 µm). What is computed from a file
    is computed from these too, so that file, page and centre say the same to the last digit.
    """
    return points.astype(np.float32).astype(np.float64)


@dataclass(frozen=True)
class RodSection:
    """One diameter of the string, top to bottom. mass with couplings, per metre."""

    length_m: float
    diameter_m: float
    mass_kg_per_m: float
    modulus_pa: float
    wave_speed_m_per_s: float
    minimum_tensile_pa: float | None = None
    service_factor: float = 1.0

    @property
    def area_m2(self) -> float:
        return float(np.pi) / 4 * self.diameter_m**2

    @property
    def stiffness_n(self) -> float:
        """E·A [N]."""
        return self.modulus_pa * self.area_m2


@dataclass(frozen=True)
class Fluid:
    """Of the tubing, at its mean conditions. viscosity [Pa·s], gas_oil_ratio [m³/m³]."""

    water_cut: float | None = None
    oil_relative_density: float | None = None
    water_relative_density: float = 1.0
    gas_relative_density: float = 0.8
    viscosity_pa_s: float | None = None
    gas_oil_ratio: float | None = None


ROD_KEYS = tuple(one.name for one in fields(RodSection))
FLUID_KEYS = tuple(one.name for one in fields(Fluid))
"""What files and records call the parts of these: card, installation and store by the same names."""


@dataclass(frozen=True)
class WellBore:
    """Rods, pump and pressures around a card; None where nobody told."""

    rods: tuple[RodSection, ...] = ()
    pump_depth_m: float | None = None
    plunger_diameter_m: float | None = None
    tubing_pressure_pa: float | None = None
    casing_pressure_pa: float | None = None
    fluid_level_m: float | None = None
    tubing_anchored: bool = True
    tubing_inner_diameter_m: float | None = None
    tubing_outer_diameter_m: float | None = None
    damping_up: float | None = None
    damping_down: float | None = None
    fluid: Fluid = Fluid()
    unit: Values = field(default_factory=dict)
    well_test: Values = field(default_factory=dict)
    survey: tuple[dict[str, float], ...] = ()
    pump_vertical_depth_m: float | None = None
    """Where no survey tells it."""

    @property
    def fingerprint(self) -> str:
        """Of everything that the kept figures of a card are computed with; a flow test is none of it."""
        told = json.dumps(asdict(replace(self, well_test={})), sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Card:
    """A surface card as recorded: one stroke, position_m (n,), load_n (n,), time_s (n,) or None for equal
    steps.
    """

    well: str
    taken_at: datetime
    strokes_per_minute: float
    position_m: Floats
    load_n: Floats
    time_s: Floats | None = None
    bore: WellBore = WellBore()


@dataclass(frozen=True)
class PumpCard:
    """Closed curves of one stroke, (n,), starting at the bottom of the upstroke; position up positive."""

    position_m: Floats
    load_n: Floats


@dataclass(frozen=True)
class StoredCard:
    """A card of the cache. `figures` are the measures kept for strips and tables."""

    id: str
    well_id: int
    taken_at: datetime
    strokes_per_minute: float
    position_m: Floats
    load_n: Floats
    figures: Values = field(default_factory=dict)

    @property
    def codes(self) -> list[str]:
        """Of the conditions that were found on it."""
        said = (a_list(one, "codes") for one in list_of(self.figures, "codes"))
        return [str(code) for code, _ in said]


def card_hash(position_m: np.ndarray, load_n: np.ndarray, taken_at: datetime) -> str:
    """The same record gets the same name whichever file it came in."""
    rows = np.vstack((position_m, load_n)).astype("<f4").tobytes()
    return hashlib.sha256(rows + str(to_us(taken_at)).encode()).hexdigest()
