"""Relative densities of oil and water, those of the API scale among them, and what they are relative to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.core.units import Unit

WATER_KG_PER_M3 = 1000.0
"""[kg/m³] To water of this density a relative one is told, by °API too: what a laboratory tells in kg/m³, a
card's file in °API and a person as a share are one liquid in every figure. Water at 60 °F, of which the scale
is defined, has 999.016 (API MPMS 11.5): the 0.1 % are less than a hydrometer's ±1 kg/m³.
"""


def relative_density(degrees: Any) -> Any:
    """Of oil to water by its °API: 141.5 / (°API + 131.5). A float or an array. Source: the scale's
    definition, API MPMS 11.5.

    >>> relative_density(10.0)
    1.0
    """
    return 141.5 / (degrees + 131.5)


def degrees(relative: Any) -> Any:
    """°API of a relative density: the other way round.

    >>> degrees(1.0)
    10.0
    """
    return 141.5 / relative - 131.5


@dataclass(frozen=True)
class ApiGravity(Unit):
    """°API as a unit of density: no multiple of it."""

    def from_si(self, value: Any) -> Any:
        return degrees(value / WATER_KG_PER_M3)

    def to_si(self, shown: Any) -> Any:
        return WATER_KG_PER_M3 * relative_density(shown)

    def exactly(self, shown: float) -> float:
        return float(self.to_si(shown))

    def written(self, value: float) -> float:
        return float(self.from_si(value))
