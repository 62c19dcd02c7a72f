"""Short runs of the simulators, as hashes: what they gave before they were made fast is kept in
tests/data/simulators.json.
"""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np

from app.analysis.simulate import esp_faults, rod_faults, rod_wells
from app.analysis.simulate.field import simulate_esp

DAYS = 12


def lives_of_every_fault() -> dict[str, Any]:
    """Every fault of an ESP and some healthy wells with their stops and periodic runs."""
    rng = np.random.default_rng(17)
    drawn = [esp_faults.draw(code, DAYS, rng) for code in (*esp_faults.FAULTS, None, None, None)]
    telemetry = esp_faults.simulate(drawn, DAYS, rng)
    return {"values": _hashes(telemetry.values), "trips": [list(trip) for trip in telemetry.trips]}


def demo_field() -> dict[str, Any]:
    """The ESP wells of the demo, eight days of them."""
    field = simulate_esp(8, 20261101)
    return {"values": _hashes(field.telemetry.values), "stops": [repr(stop) for stop in field.stops]}


def rod_pumps() -> dict[str, Any]:
    """A card of every fault, all in one batch, in newtons and tenths of a millimetre."""
    rng = np.random.default_rng(5)
    truths = [(code,) for code in rod_faults.FAULTS]
    cards = rod_faults.simulate(truths, [rod_wells.draw(rng) for _ in truths], rng).cards
    return {
        "load": _hash(np.round(cards.surface_load_n)),
        "pump_load": _hash(np.round(cards.pump_load_n)),
        "position": _hash(np.round(cards.pump_position_m, 4)),
    }


def _hashes(values: dict[str, Any]) -> dict[str, str]:
    return {name: _hash(rows) for name, rows in values.items()}


def _hash(rows: Any) -> str:
    return hashlib.sha256(np.ascontiguousarray(rows + 0).tobytes()).hexdigest()
