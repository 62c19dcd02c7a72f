"""Flow tests and levels of one well: is a test valid, what does the pump say of the rate, where does the
liquid stand.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.analysis.esp.pump import Curve
from app.analysis.wells.flow import FlowHistory, PumpView, TestRow, calibrated, doubts_of
from app.analysis.wells.inflow import Inflow
from app.analysis.wells.nodal import nodal
from app.core.clock import from_us, to_us
from app.core.errors import KnownError
from app.core.jobs import Job
from app.core.units import STANDARD_GRAVITY
from app.importers.welltest_json import test_from
from app.models.kinds import KINDS
from app.models.records import FlowTest
from app.models.sensors import SENSORS
from app.models.store import kinds, records, trends, well_tests
from app.models.values import Values, needed_number, number_of, part_of
from app.models.wells import ESP, Well
from app.services.wells import modelled
from app.services.wells.equipment import EquipmentHistory, Equipped
from app.services.wells.production import production
from app.services.wells.pumps import pump_of
from app.services.wells.taken import cut_of, liquid_density, oil_density
from app.services.wells.well_tests import analyse
from app.services.workspace import Workspace

Floats = NDArray[np.float64]

YEAR = timedelta(days=365)


def history(
    workspace: Workspace,
    well: Well,
    since: datetime,
    until: datetime,
    job: Job | None = None,
    *,
    models_until: datetime | None = None,
) -> FlowHistory:
    """`models_until`: nothing that a model says of later is told; all without."""
    tests = records.flow_tests(workspace.store, well.id, since, until)
    held = EquipmentHistory(workspace, int(well.id))
    curve, stages, refused = None, 0.0, None
    try:
        curve, stages = pump_at(workspace, well, held.at(until))
    except KnownError as unknown:
        refused = unknown
    fluids = [fluid_of(held, test) for test in tests]
    hours = [{} if curve is None else hours_of(workspace, well, test, job) for test in tests]
    during = [
        None if curve is None else during_test(read, test, curve, stages, fluid)
        for read, test, fluid in zip(hours, tests, fluids, strict=True)
    ]
    by_curve = [None if one is None else one.rate for one in during]
    virtual, error = calibrated([test.liquid_m3_per_s for test in tests], by_curve)
    rows = tuple(
        TestRow(
            test,
            doubts_of(
                test, tests[max(0, i - 5) : i], tests[i + 1] if i + 1 < len(tests) else None, virtual[i]
            ),
            virtual[i],
            _gas_oil_ratio(test, fluids[i]),
        )
        for i, test in enumerate(tests)
    )
    pump = None
    if curve is not None and tests and during[-1] is not None and tests[-1].liquid_m3_per_s > 0:
        standing = held.at(tests[-1].taken_at).equipment
        pump = _pump_view(workspace, well, tests[-1], during[-1], curve, stages, standing)
    of_oil = oil_density(part_of(held.at(until).equipment, "fluid"))
    levels = _levels(workspace, well, since, until, of_oil, job)
    models, known = modelled.results(workspace, well, models_until), curve is not None
    unread = () if pump is not None or not tests else not_read(hours[-1])
    return FlowHistory(
        rows[::-1],
        error,
        *levels,
        well.depth_m,
        pump,
        refused,
        known,
        models,
        unread,
        produced=production(workspace, well),
    )


def fluid_of(held: EquipmentHistory, test: FlowTest) -> Values:
    """What was known of the liquid that a test measured."""
    return part_of(held.at(test.taken_at).equipment, "fluid")


def pump_at(workspace: Workspace, well: Well, equipped: Equipped) -> tuple[Curve | None, float]:
    """Raises KnownError (pump_unknown, pump_curve_…, catalogue_…) for one that has no curve."""
    if well.lift != ESP:
        return None, 0.0
    pump = pump_of(equipped, workspace.paths)
    return (None, 0.0) if pump is None else (pump.curve, pump.stages)


@dataclass(frozen=True)
class During:
    """What the gauges showed while a test ran: medians [Pa, Hz], the liquid's density, the catalogue's rate
    for that head.
    """

    intake_pa: float
    discharge_pa: float
    frequency_hz: float
    density: float
    rate: float | None


def good_tests(workspace: Workspace, well: Well, until: datetime | None = None) -> list[FlowTest]:
    """The valid ones with liquid in the year before `until`, in the well's last without; oldest first."""
    window = usual_window(workspace, well) if until is None else (until - YEAR, until)
    tests = records.flow_tests(workspace.store, well.id, *window)
    return [test for test in tests if test.valid and test.liquid_m3_per_s > 0]


def last_good_test(workspace: Workspace, well: Well) -> FlowTest | None:
    return max(good_tests(workspace, well), key=lambda test: test.taken_at, default=None)


def window_us(test: FlowTest) -> tuple[int, int]:
    """The hours in which a test ran [µs], from the one before."""
    start = to_us(test.taken_at)
    return start - 3_600_000_000, start + int(test.window_s * 1e6)


_OF_POINT = ("intake_pressure", "discharge_pressure", "frequency")


Hours = dict[str, Floats | None]


def hours_of(workspace: Workspace, well: Well, test: FlowTest, job: Job | None) -> Hours:
    """Hourly means while a test ran, of each sensor that an operating point needs; None without a reading."""
    numbers = {code: SENSORS[code].number for code in _OF_POINT}
    found = trends.hourly(workspace.store, well.id, list(numbers.values()), *window_us(test), job)
    means = {code: found[number].mean if number in found else np.empty(0) for code, number in numbers.items()}
    return {code: mean if np.isfinite(mean).any() else None for code, mean in means.items()}


def not_read(hours: Hours) -> tuple[str, ...]:
    """Of the sensors that an operating point needs: those without a good reading while a test ran."""
    return tuple(code for code, values in hours.items() if values is None)


def during_test(hours: Hours, test: FlowTest, curve: Curve, stages: float, fluid: Values) -> During | None:
    means = [mean for mean in hours.values() if mean is not None]
    if len(means) < len(_OF_POINT):
        return None
    intake, discharge, frequency = (float(np.nanmedian(mean)) for mean in means)
    if frequency < 5:
        return None
    density = liquid_density(cut_of(test), fluid)
    head = (discharge - intake) / (density * STANDARD_GRAVITY) / stages
    rate, _ = curve.at_frequency(frequency).rate_for_head(head)
    return During(intake, discharge, frequency, density, rate)


def _pump_view(
    workspace: Workspace,
    well: Well,
    test: FlowTest,
    during: During,
    curve: Curve,
    stages: float,
    equipment: Values,
) -> PumpView:
    at_hz = curve.at_frequency(during.frequency_hz)
    head = (during.discharge_pa - during.intake_pa) / (during.density * STANDARD_GRAVITY)
    factor = head / max(float(at_hz.head_at(test.liquid_m3_per_s)) * stages, 1e-9)
    reservoir = reservoir_pressure(workspace, well, test.taken_at, equipment, during.density)
    picture = None
    if reservoir is not None and reservoir > during.intake_pa:
        inflow = Inflow(reservoir, test.liquid_m3_per_s / (reservoir - during.intake_pa))
        picture = nodal(
            inflow,
            at_hz,
            stages=stages,
            density=during.density,
            discharge_pa=during.discharge_pa,
            measured_rate=test.liquid_m3_per_s,
            below_pump_m=0.0,
            head_factor=factor,
        )
    return PumpView(
        at_hz.rate, at_hz.head * stages, test.liquid_m3_per_s, head, at_hz.best_rate, factor, picture
    )


def reservoir_pressure(
    workspace: Workspace, well: Well, at: datetime, equipment: Values, density: float
) -> float | None:
    """At the pump's depth [Pa]: what was entered for that time; else p* of the last build-up, as it stood at
    its gauge; else under the last static level.
    """
    entered = part_of(equipment, "reservoir")
    if (pressure := number_of(entered, "reservoir_pressure_pa")) is not None:
        depth, datum = pump_m(equipment), number_of(entered, "datum_m")
        below = datum - depth if depth and datum else 0.0
        return pressure - density * STANDARD_GRAVITY * below
    for stored in well_tests.of_well(workspace.store, well.id):
        if stored.kind == "buildup":
            extrapolated = _p_star_pa(stored.id, json.dumps(stored.body))
            if extrapolated is not None:
                return extrapolated
    return _under_static_level(workspace, well, at, equipment, density)


@lru_cache(maxsize=256)
def _p_star_pa(name: str, body: str) -> float | None:
    """Of a build-up, interpreted once: a pad asks for it at every look."""
    answer, _ = analyse(test_from(json.loads(body), Path(name)))
    return number_of(answer, "p_star_pa")


def pump_m(equipment: Values) -> float | None:
    """Its depth, the vertical one where it is told."""
    pump = part_of(equipment, "pump")
    return number_of(pump, "depth_tvd_m") or number_of(pump, "depth_m")


def _under_static_level(
    workspace: Workspace, well: Well, at: datetime, equipment: Values, density: float
) -> float | None:
    """What a shut-in well's liquid weighs at the pump [Pa]: the usual way where nobody ran a gauge."""
    depth = pump_m(equipment)
    shots = [
        one
        for one in kinds.of_well(workspace.store, KINDS["fluid_level"], well.id)
        if one.values.get("level") == "static" and one.at <= at
    ]
    if not depth or not shots:
        return None
    shot = max(shots, key=lambda one: one.at).values
    height = max(depth - needed_number(shot, "level_m"), 0.0)
    return (number_of(shot, "casing_pressure_pa") or 0.1e6) + density * STANDARD_GRAVITY * height


def _gas_oil_ratio(test: FlowTest, fluid: Values) -> float | None:
    if test.gas_m3_per_s is None or not test.oil_kg_per_s:
        return None
    return test.gas_m3_per_s / (test.oil_kg_per_s / oil_density(fluid))


def _levels(
    workspace: Workspace, well: Well, since: datetime, until: datetime, of_oil: float, job: Job | None
) -> tuple[NDArray[np.int64], Floats, str]:
    """Shots where there are any; else from the intake pressure, a column of oil over the pump."""
    numbers = {
        code: SENSORS[code].number for code in ("dynamic_level", "intake_pressure", "annulus_pressure")
    }
    hours = trends.hourly(workspace.store, well.id, list(numbers.values()), to_us(since), to_us(until), job)
    shots = hours.get(numbers["dynamic_level"])
    entered = [
        r
        for r in kinds.of_well(workspace.store, KINDS["fluid_level"], well.id, since, until)
        if r.values.get("level") == "dynamic"
    ]
    time_us = np.array([to_us(record.at) for record in entered], np.int64)
    level = np.array([record.values["level_m"] for record in entered], float)
    if shots is not None and np.isfinite(shots.mean).any():
        time_us, level = np.r_[time_us, shots.time_us], np.r_[level, shots.mean]
    if len(time_us):
        order = np.argsort(time_us, kind="stable")
        return time_us[order], level[order], "shots"
    intake = hours.get(numbers["intake_pressure"])
    if intake is None or well.depth_m is None:
        return np.empty(0, np.int64), np.empty(0), ""
    annulus = hours.get(numbers["annulus_pressure"])
    above = (
        float(np.nanmedian(annulus.mean)) if annulus is not None and np.isfinite(annulus.mean).any() else 0.0
    )
    height = np.maximum(intake.mean - above, 0) / (of_oil * STANDARD_GRAVITY)
    return intake.time_us, np.maximum(well.depth_m - height, 0.0), "intake"


def usual_window(workspace: Workspace, well: Well) -> tuple[datetime, datetime]:
    """The last year that the well has anything of: readings, or what was entered by hand after them."""
    span = trends.span(workspace.store, well.id)
    entered = [
        found[0].at
        for kind in ("flow_test", "fluid_level")
        if (found := kinds.of_well(workspace.store, KINDS[kind], well.id, most=1))
    ]
    moments = [*entered, *([from_us(span[1])] if span else [])]
    until = max(moments, default=workspace.clock())
    return until - YEAR, until + timedelta(days=1)
