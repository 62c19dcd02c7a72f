"""An ESP well of the demo field: what it is, what happened to it, what its gauges said."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np

from app.analysis.simulate.field import ESP_NAMES, EspPlan
from app.models.records import Event
from app.models.values import Values
from app.models.wells import ESP, Installation, Well, WellId
from app.services.demo.history import build_up, earlier_runs, hole_of, key
from app.services.demo.made import MadeWell, minutes_from, series
from app.services.demo.marks import FIELD
from app.services.demo.measured import flow_test, lab_results


def esp_well(plan: EspPlan, i: int, start: datetime, days: int, seed: int) -> MadeWell:
    """The well's time is simulated here, wholly."""
    rng = np.random.default_rng([seed, i])
    name, well, w = ESP_NAMES[i], i + 1, plan.wells
    telemetry = plan.well(i)
    equipment: Values = {
        "pump_name": "ЭЦН5А-100-2000",
        "pump_type": "ЭЦН5А-100",
        "stages": float(w.stages[i]),
        "rated_power_w": float(w.rated_power_w[i]),
        "rated_current_a": float(w.rated_current_a[i]),
        "pump": {"depth_m": float(w.pump_depth_m[i]), "plunger_diameter_m": 0.086},
        "hole": hole_of(float(w.pump_depth_m[i])),
    }
    now = Installation(key(name, "installation"), WellId(well), start - timedelta(days=120), None, equipment)
    events = [
        Event(
            key(name, "stop", n),
            well,
            start + timedelta(days=stop.from_day),
            start + timedelta(days=stop.to_day),
            "stop",
            stop.note,
        )
        for n, stop in enumerate(plan.stops)
        if stop.well == i
    ]
    events += [
        Event(
            key(name, "trip", minute),
            well,
            start + timedelta(minutes=minute),
            start + timedelta(minutes=minute + 60),
            "trip",
            "underload",
        )
        for minute in telemetry.trips
    ]
    if i == 6:
        events.append(
            Event(
                key(name, "mode"),
                well,
                start + timedelta(days=days * 0.45),
                None,
                "mode_change",
                "frequency",
            )
        )
    rate = telemetry.values["liquid_rate"]
    tests = []
    for n, minute in enumerate(range(600, days * 1440, 3 * 1440)):
        of_test = rate[minute : minute + 240]
        if np.isfinite(of_test).any() and np.nanmin(of_test) > 0:
            tests.append(
                flow_test(
                    name,
                    well,
                    n,
                    start + timedelta(minutes=minute),
                    float(np.nanmean(of_test)),
                    0.35 + 0.04 * i,
                    45.0,
                    float(w.line_pressure_pa[i]),
                    rng,
                )
            )
    lab = lab_results(name, well, start, days, 0.35 + 0.04 * i, rng)
    time_us = minutes_from(start, days)
    return MadeWell(
        Well(WellId(well), name, FIELD, "1" if i < 4 else "2", ESP, "running", (), float(w.pump_depth_m[i])),
        [*earlier_runs(name, well, now, seed), now],
        [build_up(name, well, start - timedelta(days=118), seed)],
        events,
        tests,
        lab,
        [series(code, time_us, values) for code, values in telemetry.values.items()],
        [],
    )
