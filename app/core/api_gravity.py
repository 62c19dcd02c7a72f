"""The API scale of oil's density: the one home of what °API is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.core.units import Unit

WATER_60F = 999.016
"""[kg/m³] Water at 60 °F, to which the scale is relative (API MPMS 11.5)."""


def relative_density(degrees: Any) -> Any:
    """Of oil to water, both at 60 °F, by its °API: 141.5 / (°API + 131.5). A float or an array. Source: the
    scale's definition, API MPMS 11.5.

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
    """°API as a unit of density: no multiple of it, but of water's at 60 °F."""

    def from_si(self, value: Any) -> Any:
        return degrees(value / WATER_60F)

    def to_si(self, shown: Any) -> Any:
        return WATER_60F * relative_density(shown)

    def exactly(self, shown: float) -> float:
        return float(self.to_si(shown))

    def written(self, value: float) -> float:
        return float(self.from_si(value))
