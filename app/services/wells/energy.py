"""What a tonne of liquid costs in energy: what came from the line during the last flow test, against what
lifting that liquid takes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.core.errors import KnownError
from app.core.units import DAY_S, KILOWATT_HOUR
from app.models.store import cards as card_store
from app.models.wells import SRP, Well
from app.services.diagnosis import cards
from app.services.wells import flow
from app.services.wells.finding import statuses
from app.services.wells.power import line_power_w, medians
from app.services.workspace import Workspace

J_PER_KWH = KILOWATT_HOUR.factor


@dataclass(frozen=True)
class Energy:
    """Of one well at its last good flow test; None where it was not measured.

    power_w: from the line; mass_rate: of the liquid [kg/s]; lift_w: what the pump gives to the liquid, Δp·q.
    """

    well: Well
    power_w: float | None = None
    mass_rate: float | None = None
    lift_w: float | None = None

    @property
    def kwh_per_tonne(self) -> float | None:
        return _per_tonne(self.power_w, self.mass_rate)

    @property
    def needed_kwh_per_tonne(self) -> float | None:
        """What lifting itself takes: no pump can do with less."""
        return _per_tonne(self.lift_w, self.mass_rate)

    @property
    def efficiency(self) -> float | None:
        """From the line to the liquid; None also where it would be over 1: then a gauge is wrong."""
        if self.power_w is None or self.lift_w is None or not 0 < self.lift_w <= self.power_w:
            return None
        return self.lift_w / self.power_w

    @property
    def kwh_per_day(self) -> float | None:
        return None if self.power_w is None else self.power_w * DAY_S / J_PER_KWH


def energy_of(workspace: Workspace, well: Well) -> Energy:
    """At the last good flow test."""
    test = flow.last_good_test(workspace, well)
    if test is None:
        return Energy(well)
    start, stop = flow.window_us(test)
    cut = 0.5 if test.water_cut is None else test.water_cut
    density = cut * flow.WATER_DENSITY + (1 - cut) * flow.OIL_DENSITY
    gain = _pressure_gain_pa(workspace, well, start, stop)
    return Energy(
        well,
        line_power_w(workspace, well, start, stop),
        test.liquid_m3_per_s * density,
        None if gain is None else gain * test.liquid_m3_per_s,
    )


def of_pad(workspace: Workspace, field_name: str | None, pad: str | None) -> list[Energy]:
    """The dearest tonne first, then those of which it is not known."""
    found = [
        energy_of(workspace, status.well)
        for status in statuses(workspace.store)
        if (field_name is None or status.well.field_name == field_name)
        and (pad is None or status.well.pad == pad)
    ]
    return sorted(found, key=lambda one: (one.kwh_per_tonne is None, -(one.kwh_per_tonne or 0.0)))


def together(wells: Iterable[Energy]) -> float | None:
    """kWh per tonne of all wells whose power and liquid are both known: their energy over their liquid."""
    known = [one for one in wells if one.kwh_per_tonne is not None]
    power = sum(one.power_w or 0.0 for one in known)
    return _per_tonne(power, sum(one.mass_rate or 0.0 for one in known)) if known else None


def _per_tonne(power_w: float | None, mass_rate: float | None) -> float | None:
    return None if power_w is None or not mass_rate else power_w / mass_rate * 1000 / J_PER_KWH


def _pressure_gain_pa(workspace: Workspace, well: Well, start: int, stop: int) -> float | None:
    """What the pump adds: by its gauges, on a rod pump by the newest card."""
    if well.lift == SRP:
        card = card_store.last(workspace.store, well.id)
        if card is None:
            return None
        try:
            analysis, _ = cards.diagnosed(cards.analyse_stored(workspace, card))
        except KnownError:
            return None
        ends = (
            analysis.measures["pump_discharge_pressure_pa"],
            analysis.measures["pump_intake_pressure_pa"],
        )
        return None if None in ends else float(ends[0]) - float(ends[1])
    read = medians(workspace, well, ("intake_pressure", "discharge_pressure"), start, stop)
    if len(read) < 2:
        return None
    return read["discharge_pressure"] - read["intake_pressure"]
