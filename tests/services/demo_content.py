"""What the demo field holds, table by table, as hashes: to see that a change of how it is built changed
nothing in it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

import numpy as np

from app.models.store.database import Database

# Ids of cards and findings are new in each build; what computers may differ in lies below the rounding.
QUERIES = {
    "wells": "SELECT * FROM wells ORDER BY id",
    "readings": "SELECT well, sensor, epoch_us(ts), value, quality FROM readings ORDER BY ALL",
    "series": "SELECT well, sensor, epoch_us(first_ts), epoch_us(last_ts), n, dense FROM series ORDER BY ALL",
    "rollup_1h": "SELECT well, sensor, epoch_us(ts), low, high, good, bad, marks FROM rollup_1h ORDER BY ALL",
    "installations": "SELECT * FROM installations ORDER BY well, run_at",
    "well_tests": "SELECT id, well, taken_at, kind, body FROM well_tests ORDER BY ALL",
    "events": "SELECT * FROM events ORDER BY well, happened_at, id",
    "flow_tests": "SELECT * FROM flow_tests ORDER BY well, taken_at",
    "lab_results": "SELECT * FROM lab_results ORDER BY well, sampled_at, parameter",
    "cards": """SELECT well, taken_at, strokes_per_minute, list_transform(position_m, lambda x: round(x, 4)),
                list_transform(load_n, lambda x: round(x)), figures FROM cards ORDER BY well, taken_at""",
    "findings": """SELECT well, code, severity, confidence, from_at, to_at, body FROM findings
                   ORDER BY well, code, from_at""",
}

LEFT_OUT = ("id", "card_id", "card_part", "place", "pump_displacement_m3_per_d", "pump_displacement_m3_per_s")
"""Ids that are new in each build, and what is written otherwise since the hashes were taken: where the
evidence lies on a card, the displacement (per second now).
"""


def content(store: Database) -> dict[str, str]:
    """Table → sha256 of its rows."""
    with store.reading() as cursor:
        return {table: _hash(_rows(table, cursor.execute(query))) for table, query in QUERIES.items()}


def _rows(table: str, answer: Any) -> Iterator[bytes]:
    if table in ("readings", "rollup_1h"):  # millions of rows
        for name, column in answer.fetchnumpy().items():
            yield name.encode() + np.ma.filled(column, 0).tobytes()
        return
    for row in answer.fetchall():
        yield json.dumps([_plain(value) for value in row], default=str).encode()


def _plain(value: Any) -> Any:
    """Numbers to five digits, JSON texts opened."""
    if isinstance(value, float):
        return float(f"{value:.5g}")
    if isinstance(value, str) and value[:1] in ("{", "["):
        return _plain(json.loads(value))
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items() if key not in LEFT_OUT}
    return value


def _hash(parts: Iterator[bytes]) -> str:
    whole = hashlib.sha256()
    for part in parts:
        whole.update(part)
    return whole.hexdigest()
