"""What a tonne of liquid costs in energy, against what lifting it takes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.core.units import DAY_S, KILOWATT_HOUR
from app.models.wells import Well

J_PER_KWH = KILOWATT_HOUR.factor


@dataclass(frozen=True)
class Energy:
    """Of one well at its last good flow test; None where it was not measured.

    Attributes:
        well: of it
        power_w: [W] from the line
        mass_rate: [kg/s] of the liquid
        lift_w: [W] what the pump gives to the liquid, Δp·q
    """

    well: Well
    power_w: float | None = None
    mass_rate: float | None = None
    lift_w: float | None = None

    @property
    def kwh_per_tonne(self) -> float | None:
        """Of liquid [kWh/t]."""
        return _per_tonne(self.power_w, self.mass_rate)

    @property
    def needed_kwh_per_tonne(self) -> float | None:
        """What lifting itself takes [kWh/t]: no pump can do with less."""
        return _per_tonne(self.lift_w, self.mass_rate)

    @property
    def efficiency(self) -> float | None:
        """From the line to the liquid [-]; None also where it would be over 1: then a gauge is wrong."""
        if self.power_w is None or self.lift_w is None or not 0 < self.lift_w <= self.power_w:
            return None
        return self.lift_w / self.power_w

    @property
    def kwh_per_day(self) -> float | None:
        """From the line [kWh/d]."""
        return None if self.power_w is None else self.power_w * DAY_S / J_PER_KWH


def together(wells: Iterable[Energy]) -> float | None:
    """Energy of a tonne of all wells whose power and liquid are both known.

    ΣP/Σm

    Args:
        wells: some with one of them unknown
    Returns:
        [kWh/t] None without a known one
    Valid: any number.
    Source: definition.

    >>> well = Well(1, "1", "", "", "esp")
    >>> round(together([Energy(well, 36e3, 1.0), Energy(well, 0.0, 1.0), Energy(well)]), 2)
    5.0
    """
    known = [one for one in wells if one.kwh_per_tonne is not None]
    power = sum(one.power_w or 0.0 for one in known)
    return _per_tonne(power, sum(one.mass_rate or 0.0 for one in known)) if known else None


def _per_tonne(power_w: float | None, mass_rate: float | None) -> float | None:
    return None if power_w is None or not mass_rate else power_w / mass_rate * 1000 / J_PER_KWH
