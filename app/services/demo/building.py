"""Build the demo field into a store, as if it had been pulled from the centre, and diagnose it."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

from app.analysis.cards import gearbox
from app.analysis.cards.figures import analyse
from app.analysis.cards.repair import repair
from app.analysis.quality.marks import quality_of
from app.analysis.simulate import field as simulator
from app.core.clock import to_us
from app.core.errors import KnownError
from app.core.jobs import Job
from app.core.units import STANDARD_GRAVITY
from app.importers.card_json import bore_from
from app.models.cards import Card
from app.models.readings import Quality, Readings
from app.models.records import Event, FlowTest, LabResult
from app.models.sensors import SENSORS
from app.models.store import cards as card_store
from app.models.store import readings as reading_store
from app.models.store import records, well_tests
from app.models.wells import ESP, SRP, Installation, Well, WellId
from app.services.demo.history import build_up, earlier_runs, hole_of
from app.services.diagnosis import cards, diagnose
from app.services.records import applying
from app.services.workspace import Workspace

FIELD = "Полярное"
DAYS = 90
SEED = 20261101
CASING_PA = 0.6e6
_STEPS = 100


def build(workspace: Workspace, job: Job, *, wells: int = 14, days: int = DAYS, seed: int = SEED) -> None:
    """`wells`: the first so many, ESP first. Raises KnownError when the store holds wells already."""
    if records.wells(workspace.store):
        raise KnownError("demo_store_in_use", file=str(workspace.paths.store))
    if not 1 <= wells <= 14 or not 7 <= days <= 730:
        raise KnownError("demo_limits", wells=wells, days=days)
    start = simulator.start_of(days)
    esp_count, srp_count = min(wells, 8), max(0, wells - 8)
    field = simulator.simulate_esp(
        days, seed, lambda done, total: job.report(int(40 * done / total), _STEPS, "job.demo_esp")
    )
    _put_esp(workspace, field, start, days, esp_count, seed, job)
    if srp_count:
        pumped = simulator.simulate_srp(
            days, seed, lambda done, total: job.report(50 + int(20 * done / total), _STEPS, "job.demo_srp")
        )
        for index, rod_well in enumerate(pumped[:srp_count]):
            _put_srp(workspace, rod_well, index, start, days, seed)
            job.report(70 + 3 * index, _STEPS, "job.demo_cards")
    applying.replay(workspace)  # what a person did before on a demo field whose cache was lost
    all_wells = records.wells(workspace.store)
    for done, well in enumerate(all_wells):
        job.report(88 + int(12 * done / len(all_wells)), _STEPS, "job.diagnosing")
        diagnose.diagnose(workspace, well)
    workspace.store.checkpoint()
    job.report(_STEPS, _STEPS, "job.demo_done")


def _key(*parts: object) -> str:
    """A name that the same field always gives to the same row."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "/".join(map(str, ("wellside-demo", *parts)))))


def _put_esp(
    workspace: Workspace,
    field: simulator.EspField,
    start: datetime,
    days: int,
    count: int,
    seed: int,
    job: Job,
) -> None:
    time_us = to_us(start) + np.arange(days * 1440, dtype=np.int64) * 60_000_000
    names = simulator.ESP_NAMES[:count]
    with workspace.store.writing() as cursor:
        records.put_wells(
            cursor,
            [
                Well(
                    WellId(i + 1),
                    name,
                    FIELD,
                    "1" if i < 4 else "2",
                    ESP,
                    "running",
                    (),
                    float(field.wells.pump_depth_m[i]),
                )
                for i, name in enumerate(names)
            ],
        )
        for i in range(count):
            _esp_records(cursor, field, i, start, days, seed)
    for i in range(count):
        job.report(42 + i, _STEPS, "job.demo_store")
        parts = [
            _series(i + 1, code, time_us, values[i].astype(np.float64))
            for code, values in field.telemetry.values.items()
        ]
        reading_store.write(workspace.store, Readings.join(parts))


def _series(well: int, code: str, time_us: np.ndarray, value: np.ndarray) -> Readings:
    sensor = SENSORS[code]
    there = np.isfinite(value)
    marks = quality_of(sensor, time_us[there], value[there], np.round(value[there] / 1e6, 3))
    return Readings.of_one(
        well, sensor.number, time_us[there], value[there], marks & ~np.uint8(Quality.MISSING)
    )


def _esp_records(
    cursor: records.Cursor, field: simulator.EspField, i: int, start: datetime, days: int, seed: int
) -> None:
    rng = np.random.default_rng([seed, i])
    name, well = simulator.ESP_NAMES[i], i + 1
    w = field.wells
    equipment = {
        "pump_name": "ЭЦН5А-100-2000",
        "pump_type": "ЭЦН5А-100",
        "stages": float(w.stages[i]),
        "rated_power_w": float(w.rated_power_w[i]),
        "rated_current_a": float(w.rated_current_a[i]),
        "pump": {"depth_m": float(w.pump_depth_m[i]), "plunger_diameter_m": 0.086},
        "hole": hole_of(float(w.pump_depth_m[i])),
    }
    now = Installation(_key(name, "installation"), WellId(well), start - timedelta(days=120), None, equipment)
    records.put_installations(cursor, [*earlier_runs(name, well, now, seed), now])
    well_tests.add_in(cursor, [build_up(name, well, start - timedelta(days=118), seed)])
    events = [
        Event(
            _key(name, "stop", n),
            well,
            start + timedelta(days=stop.from_day),
            start + timedelta(days=stop.to_day),
            "stop",
            stop.note,
        )
        for n, stop in enumerate(field.stops)
        if stop.well == i
    ]
    trips = [minute for tripped, minute in field.telemetry.trips if tripped == i]
    events += [
        Event(
            _key(name, "trip", minute),
            well,
            start + timedelta(minutes=minute),
            start + timedelta(minutes=minute + 60),
            "trip",
            "underload",
        )
        for minute in trips
    ]
    if i == 6:
        events.append(
            Event(
                _key(name, "mode"),
                well,
                start + timedelta(days=days * 0.45),
                None,
                "mode_change",
                "frequency",
            )
        )
    records.put_events(cursor, events)
    rate = field.telemetry.values["liquid_rate"][i]
    tests = []
    for n, minute in enumerate(range(600, days * 1440, 3 * 1440)):
        of_test = rate[minute : minute + 240]
        if np.isfinite(of_test).any() and np.nanmin(of_test) > 0:
            tests.append(
                _flow_test(
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
    records.put_flow_tests(cursor, tests)
    records.put_lab_results(cursor, _lab(name, well, start, days, 0.35 + 0.04 * i, rng))


def _flow_test(
    name: str,
    well: int,
    n: int,
    at: datetime,
    liquid: float,
    water_cut: float,
    gas_ratio: float,
    line_pa: float,
    rng: np.random.Generator,
) -> FlowTest:
    measured = liquid * (1 + rng.normal(0, 0.025))
    cut = float(np.clip(water_cut + rng.normal(0, 0.015), 0, 1))
    oil_m3 = measured * (1 - cut)
    return FlowTest(
        _key(name, "test", n),
        well,
        at,
        4 * 3600.0,
        measured,
        oil_m3 * 862.0,
        cut,
        oil_m3 * gas_ratio,
        line_pa,
        True,
    )


# parameter, unit as a laboratory prints it, usual value, spread, method
_ANALYSES = (
    ("water_cut", "%", None, 1.0, "ГОСТ 2477"),
    ("oil_density_20c", "кг/м³", 862.0, 2.0, "ГОСТ 3900"),
    ("chlorides", "мг/л", 310.0, 40.0, "ГОСТ 21534"),
    ("solids", "мг/л", 85.0, 25.0, "ГОСТ 6370"),
    ("paraffin", "% масс", 3.4, 0.3, "ГОСТ 11851"),
    ("hydrogen_sulphide", "мг/л", 0.05, 0.0, "ГОСТ 17323"),
)


def _lab(
    name: str, well: int, start: datetime, days: int, water_cut: float, rng: np.random.Generator
) -> list[LabResult]:
    rows = []
    for n, day in enumerate(range(6, days, 14)):
        for parameter, unit, usual, spread, method in _ANALYSES:
            value = (100 * water_cut if usual is None else usual) + float(rng.normal(0, 1)) * spread
            less = parameter == "hydrogen_sulphide"
            rows.append(
                LabResult(
                    _key(name, "lab", n, parameter),
                    well,
                    start + timedelta(days=day, hours=9),
                    parameter,
                    round(value, 2),
                    unit,
                    "<" if less else "",
                    method,
                )
            )
    return rows


def _srp_equipment(well: simulator.SrpWell) -> dict[str, object]:
    link = well.well.linkage
    return {
        "rods": [
            {
                "length_m": rod.length_m,
                "diameter_m": rod.diameter_m,
                "mass_kg_per_m": rod.mass_kg_per_m,
                "modulus_pa": rod.modulus_pa,
                "minimum_tensile_pa": rod.minimum_tensile_pa,
                "service_factor": rod.service_factor,
            }
            for rod in well.well.rods
        ],
        "pump": {"depth_m": well.depth_m, "plunger_diameter_m": well.well.plunger_diameter_m},
        "tubing": {
            "pressure_pa": well.tubing_pressure_pa,
            "anchored": True,
            "inner_diameter_m": 0.062,
            "outer_diameter_m": 0.073,
        },
        "casing": {"pressure_pa": CASING_PA},
        "hole": hole_of(well.depth_m),
        "fluid": {"water_cut": 0.5, "oil_relative_density": 0.862, "water_relative_density": 1.02},
        "unit": _balanced(
            well,
            {
                "geometry": "conventional",
                "rotation": "clockwise",
                "api_A_m": link.a_m,
                "api_C_m": link.c_m,
                "api_I_m": 0.64 * link.k_m,
                "api_K_m": link.k_m,
                "api_P_m": link.p_m,
                "api_R_m": link.r_m,
                "gearbox_rating_n_m": 51_500.0,
                "beam_rating_n": 113_400.0,
            },
        ),
    }


def _balanced(well: simulator.SrpWell, unit: dict[str, object]) -> dict[str, object]:
    """With the counterweights that suited the first card: what befalls the pump later shows in the balance
    too.
    """
    clean = repair(Card("", simulator.END, well.well.strokes_per_minute, well.position_m[0], well.load_n[0]))
    torque = gearbox.torque_over_turn(clean.position_m, clean.load_n, unit)
    assert torque is not None
    return {**unit, "counterbalance_moment_n_m": round(torque.best_moment_n_m, -2)}


def _put_srp(
    workspace: Workspace, pumped: simulator.SrpWell, index: int, start: datetime, days: int, seed: int
) -> None:
    name, well = simulator.SRP_NAMES[index], 9 + index
    rng = np.random.default_rng([seed, 100 + index])
    time_us = to_us(start) + np.arange(days * 1440, dtype=np.int64) * 60_000_000
    equipment = _srp_equipment(pumped)
    bore = bore_from(equipment, Path(name))
    stored = []
    for n, minute in enumerate(pumped.card_minutes):
        taken_at = start + timedelta(minutes=int(minute))
        card = Card(
            name, taken_at, pumped.well.strokes_per_minute, pumped.position_m[n], pumped.load_n[n], bore=bore
        )
        stored.append(cards.stored_form(card, well, analyse(card)))
    parts = [
        _series(well, code, time_us, values.astype(np.float64)) for code, values in pumped.values.items()
    ]
    above = np.clip((pumped.intake_pressure_pa - CASING_PA) / (862.0 * STANDARD_GRAVITY), 0, None)
    levels = np.maximum(pumped.depth_m - above, 0.0)
    level_us = to_us(start) + pumped.card_minutes[::8] * 60_000_000
    parts.append(_series(well, "dynamic_level", level_us, levels[::8]))
    tests = [
        _flow_test(
            name,
            well,
            n,
            start + timedelta(days=day, hours=11),
            float(pumped.liquid_m3_per_s[min(day * simulator.CARDS_A_DAY, len(stored) - 1)]),
            0.5,
            30.0,
            pumped.tubing_pressure_pa,
            rng,
        )
        for n, day in enumerate(range(1, days, 4))
    ]
    with workspace.store.writing() as cursor:
        records.put_wells(
            cursor, [Well(WellId(well), name, FIELD, "3", SRP, "running", (f"{name}/К-3",), pumped.depth_m)]
        )
        records.put_installations(
            cursor,
            [
                Installation(
                    _key(name, "installation"), WellId(well), start - timedelta(days=200), None, equipment
                )
            ],
        )
        card_store.add_in(cursor, stored)
        records.put_flow_tests(cursor, tests)
        records.put_events(cursor, _srp_events(name, well, start, days))
        records.put_lab_results(cursor, _lab(name, well, start, days, 0.5, rng))
    reading_store.write(workspace.store, Readings.join(parts))


def _srp_events(name: str, well: int, start: datetime, days: int) -> list[Event]:
    return [
        Event(
            _key(name, "treatment"),
            well,
            start + timedelta(days=days * 0.3),
            start + timedelta(days=days * 0.3, hours=5),
            "treatment",
            "hot_oil",
        ),
        Event(
            _key(name, "workover"),
            well,
            start - timedelta(days=200),
            start - timedelta(days=197),
            "workover",
            "pump_change",
        ),
    ]
