"""What a tonne of liquid costs in energy: what came from the line during the last flow test, against what
lifting that liquid takes.
"""

from __future__ import annotations

from app.analysis.energy import Energy
from app.core.errors import KnownError
from app.models.store import cards as card_store
from app.models.values import number_of
from app.models.wells import SRP, Well
from app.services.diagnosis import cards
from app.services.wells import flow, taken
from app.services.wells.equipment import EquipmentHistory
from app.services.wells.finding import statuses
from app.services.wells.power import line_power_w, medians
from app.services.workspace import Workspace


def energy_of(workspace: Workspace, well: Well) -> Energy:
    """At the last good flow test."""
    test = flow.last_good_test(workspace, well)
    if test is None:
        return Energy(well)
    start, stop = flow.window_us(test)
    density = taken.liquid_density(
        taken.cut_of(test), flow.fluid_of(EquipmentHistory(workspace, int(well.id)), test)
    )
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
        discharge = number_of(analysis.measures, "pump_discharge_pressure_pa")
        intake = number_of(analysis.measures, "pump_intake_pressure_pa")
        return None if discharge is None or intake is None else discharge - intake
    read = medians(workspace, well, ("intake_pressure", "discharge_pressure"), start, stop)
    if len(read) < 2:
        return None
    return read["discharge_pressure"] - read["intake_pressure"]
