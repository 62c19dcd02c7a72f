"""Curves of integrated models (IPR, VLP, lift curve), newest first, and the flow tests beside them: with the
pressure that was measured, brought to the depth of the model's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.analysis.cards.pressures import pressure_under_level_pa
from app.analysis.wells.flow import FlowHistory
from app.analysis.wells.model_curves import Curve, Measured, ModelCase, Point, beside, curves_of, meeting
from app.core.clock import to_us
from app.core.units import STANDARD_GRAVITY
from app.models.kinds import KINDS
from app.models.kinds.curved import CURVES, IPR, MODEL_CURVE, VLP
from app.models.records import FlowTest, Record
from app.models.store import kinds
from app.models.values import Values, needed_number, needed_text, number_of, part_of, rows_of
from app.models.wells import Well
from app.services.wells import flow, taken
from app.services.wells.equipment import EquipmentHistory
from app.services.wells.modelled import CASE, words_of
from app.services.wells.power import medians
from app.services.workspace import Workspace

NEAR_M = 5.0
"""So near a gauge needs no column between it and the model's depth."""
MOST_TESTS = 12
"""Newer ones are what a model is to say; older ones are of another well by now."""
LEVEL_NEAR = timedelta(days=3)


@dataclass(frozen=True)
class _AtPump:
    """What was measured, how deep [m], None where nobody knows, and the density of the liquid [kg/m³]."""

    measured: Measured
    pump_m: float | None
    density: float


def with_curves(
    workspace: Workspace, well: Well, history: FlowHistory, until: datetime | None = None
) -> FlowHistory:
    return replace(history, curves=of_well(workspace, well, until))


def of_well(workspace: Workspace, well: Well, until: datetime | None = None) -> tuple[ModelCase, ...]:
    """The newest record of each curve of a model and scenario: an older version is known to be old. Curves of
    one version and depth are one case. With `until` neither curves nor tests of later.
    """
    newest: dict[tuple[str, ...], Record] = {}
    for record in kinds.of_well(workspace.store, MODEL_CURVE, int(well.id), until=until):
        newest.setdefault(words_of(record, "model", "scenario", "curve"), record)
    if not newest:
        return ()
    cases: dict[tuple[object, ...], list[Record]] = {}
    for record in newest.values():
        depth = record.values.get("depth_m")
        cases.setdefault((*words_of(record, *CASE), depth), []).append(record)
    held = EquipmentHistory(workspace, int(well.id))
    tests = flow.good_tests(workspace, well, until)[-MOST_TESTS:]
    at_pump = [_measured(workspace, well, test, held) for test in tests]
    return tuple(_case(told, at_pump) for told in cases.values())


def _case(told: list[Record], at_pump: list[_AtPump]) -> ModelCase:
    depth = number_of(told[0].values, "depth_m")
    curves: list[Curve] = []
    unused = 0
    for record in sorted(told, key=lambda one: CURVES.index(needed_text(one.values, "curve"))):
        found, left = curves_of(needed_text(record.values, "curve"), _points(record.values))
        curves, unused = curves + found, unused + left
    measured = tuple(_brought(one, depth) for one in at_pump)
    authors = dict.fromkeys(filter(None, (words_of(record, "author")[0] for record in told)))
    return ModelCase(
        " ".join(filter(None, words_of(told[0], *CASE))),
        ", ".join(authors),
        depth,
        tuple(beside(one, measured) for one in curves),
        measured,
        unused,
        _works_at(curves),
    )


def _points(values: Values) -> list[Point]:
    return [
        (
            needed_number(one, "liquid_m3_per_s"),
            number_of(one, "pressure_pa"),
            number_of(one, "gas_m3_per_s"),
        )
        for one in rows_of(values, "points")
    ]


def _works_at(curves: list[Curve]) -> tuple[float, float] | None:
    """With several VLP nobody says by which of them the well works."""
    ipr, vlp = ([one for one in curves if one.what == what] for what in (IPR, VLP))
    return meeting(ipr[0], vlp[0]) if ipr and len(vlp) == 1 else None


def _measured(workspace: Workspace, well: Well, test: FlowTest, held: EquipmentHistory) -> _AtPump:
    equipment = held.at(test.taken_at).equipment
    fluid, pump = part_of(equipment, "fluid"), flow.pump_m(equipment)
    pressure = medians(workspace, well, ("intake_pressure",), *flow.window_us(test)).get("intake_pressure")
    by = "gauge"
    if pressure is None:
        pressure, by = _by_level(workspace, well, test, pump, fluid), "level"
    ratio = number_of(fluid, "gas_oil_ratio")
    measured = Measured(
        to_us(test.taken_at),
        test.liquid_m3_per_s,
        pressure,
        by if pressure is not None else "",
        gas_m3_per_s=None if ratio is None else taken.lift_gas(test, ratio),
    )
    return _AtPump(measured, pump, taken.liquid_density(taken.cut_of(test), fluid))


def _brought(at_pump: _AtPump, depth_m: float | None) -> Measured:
    """To the depth of a model's pressures."""
    measured = at_pump.measured
    if depth_m is None or at_pump.pump_m is None:
        return measured
    moved = depth_m - at_pump.pump_m
    if measured.pressure_pa is None:
        return replace(measured, moved_m=moved)
    moved = moved if abs(moved) > NEAR_M else 0.0
    pressure = measured.pressure_pa + at_pump.density * STANDARD_GRAVITY * moved
    return replace(measured, pressure_pa=pressure, moved_m=moved)


def _by_level(
    workspace: Workspace, well: Well, test: FlowTest, pump_m: float | None, fluid: Values
) -> float | None:
    """Under the nearest dynamic level of those days that says the pressure of the annulus [Pa]."""
    at = test.taken_at
    near = [
        (abs(one.at - at), casing, needed_number(one.values, "level_m"))
        for one in kinds.of_well(
            workspace.store, KINDS["fluid_level"], int(well.id), at - LEVEL_NEAR, at + LEVEL_NEAR
        )
        if one.values.get("level") == "dynamic"
        and (casing := number_of(one.values, "casing_pressure_pa")) is not None
    ]
    if not near or pump_m is None:
        return None
    _, casing, level = min(near)
    return pressure_under_level_pa(
        casing_pressure_pa=casing, level_m=level, depth_m=pump_m, oil_density=taken.oil_density(fluid)
    )
