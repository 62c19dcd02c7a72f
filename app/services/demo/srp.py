"""A rod-pumped well of the demo field: what it is, what happened to it, its cards and its gauges."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

from app.analysis.cards import gearbox
from app.analysis.cards.repair import repair
from app.analysis.simulate import field as simulator
from app.analysis.simulate.field_srp import SrpWell
from app.core.clock import to_us
from app.core.units import STANDARD_GRAVITY
from app.importers.card_json import bore_from
from app.models.cards import Card
from app.models.records import Event
from app.models.values import Values
from app.models.wells import SRP, Installation, Well, WellId
from app.services.demo.history import hole_of, key
from app.services.demo.made import MadeWell, minutes_from, series
from app.services.demo.marks import FIELD
from app.services.demo.measured import flow_test, lab_results

CASING_PA = 0.6e6


def srp_well(pumped: SrpWell, index: int, start: datetime, days: int, seed: int) -> MadeWell:
    name, well = simulator.SRP_NAMES[index], len(simulator.ESP_NAMES) + 1 + index
    rng = np.random.default_rng([seed, 100 + index])
    equipment = _srp_equipment(pumped)
    bore = bore_from(equipment, Path(name))
    speed = pumped.well.strokes_per_minute
    cards = [
        Card(name, start + timedelta(minutes=int(minute)), speed, position, load, bore=bore)
        for minute, position, load in zip(pumped.card_minutes, pumped.position_m, pumped.load_n, strict=True)
    ]
    time_us = minutes_from(start, days)
    parts = [series(code, time_us, values) for code, values in pumped.values.items()]
    above = np.clip((pumped.intake_pressure_pa - CASING_PA) / (862.0 * STANDARD_GRAVITY), 0, None)
    levels = np.maximum(pumped.depth_m - above, 0.0)
    level_us = to_us(start) + pumped.card_minutes[::8] * 60_000_000
    parts.append(series("dynamic_level", level_us, levels[::8]))
    tests = [
        flow_test(
            name,
            well,
            n,
            start + timedelta(days=day, hours=11),
            float(pumped.liquid_m3_per_s[min(day * simulator.CARDS_A_DAY, len(cards) - 1)]),
            0.5,
            30.0,
            pumped.tubing_pressure_pa,
            rng,
        )
        for n, day in enumerate(range(1, days, 4))
    ]
    run_at = start - timedelta(days=200)
    return MadeWell(
        Well(WellId(well), name, FIELD, "3", SRP, "running", (f"{name}/К-3",), pumped.depth_m),
        [Installation(key(name, "installation"), WellId(well), run_at, None, equipment)],
        [],
        _srp_events(name, well, start, days),
        tests,
        lab_results(name, well, start, days, 0.5, rng),
        parts,
        cards,
    )


def _srp_equipment(well: SrpWell) -> Values:
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


def _balanced(well: SrpWell, unit: Values) -> Values:
    """With the counterweights that suited the first card: what befalls the pump later shows in the balance
    too.
    """
    clean = repair(Card("", simulator.END, well.well.strokes_per_minute, well.position_m[0], well.load_n[0]))
    torque = gearbox.torque_over_turn(clean.position_m, clean.load_n, unit)
    assert torque is not None
    return {**unit, "counterbalance_moment_n_m": round(torque.best_moment_n_m, -2)}


def _srp_events(name: str, well: int, start: datetime, days: int) -> list[Event]:
    return [
        Event(
            key(name, "treatment"),
            well,
            start + timedelta(days=days * 0.3),
            start + timedelta(days=days * 0.3, hours=5),
            "treatment",
            "hot_oil",
        ),
        Event(
            key(name, "workover"),
            well,
            start - timedelta(days=200),
            start - timedelta(days=197),
            "workover",
            "pump_change",
        ),
    ]
