"""Messages gathered into batches: by rows or by time, never more than fits; a full buffer holds its reader
back.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from app.core.clock import parse_time, to_us
from app.core.errors import KnownError
from central.centre import Centre
from central.ingest import Wells, ingest, set_aside
from central.streams.clean import incoming

ROWS_A_BATCH, SECONDS_A_BATCH = 50_000, 0.5
LARGEST_MESSAGE = 1 << 20
MOST_IN_A_MESSAGE = 10_000


@dataclass(frozen=True)
class Message:
    """`place` says where it stood in its source, so that a second delivery has the same token."""

    body: bytes
    topic: str
    place: str


def rows_of(body: bytes) -> list[dict[str, Any]]:
    """One reading or a list of them: {well, sensor, at, value, unit}. Raises ValueError that says what is
    wrong.
    """
    if len(body) > LARGEST_MESSAGE:
        raise ValueError("message_too_large")
    try:
        given = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ValueError("not_json") from error
    rows = given if isinstance(given, list) else [given]
    if not rows or len(rows) > MOST_IN_A_MESSAGE:
        raise ValueError("rows_in_message")
    return [_row(row) for row in rows]


def _row(row: Any) -> dict[str, Any]:
    if not isinstance(row, dict):
        raise ValueError("not_an_object")
    at = row.get("at", row.get("timestamp"))
    try:
        # Milliseconds since 1970, as many controllers send, or ISO.
        moment = (
            int(at * 1000)
            if isinstance(at, int | float) and not isinstance(at, bool)
            else to_us(parse_time(str(at)))
        )
        value = float(row["value"])
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise ValueError("time_or_value") from error
    if not abs(moment) < 1 << 62:
        raise ValueError("time_or_value")
    well, sensor, unit = row.get("well"), row.get("sensor"), row.get("unit")
    if not isinstance(well, str) or not isinstance(sensor, str) or not isinstance(unit, str | None):
        raise ValueError("well_or_sensor")
    return {"well": well, "sensor": sensor, "timestamp": moment, "value": value, "unit": unit}


class Batcher:
    """What one source brought and ClickHouse has not taken yet. `flush` when it is time; then, and only then,
    the source is told.
    """

    def __init__(self, centre: Centre, source: str) -> None:
        self._centre, self._source = centre, source
        self._wells = Wells(centre)
        self._rows: list[dict[str, Any]] = []
        self._poison: list[tuple[str, dict[str, Any]]] = []
        self._places: list[str] = []
        self._since = time.monotonic()

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def empty(self) -> bool:
        return not self._places

    @property
    def due(self) -> bool:
        full = len(self._rows) >= ROWS_A_BATCH
        return not self.empty and (full or time.monotonic() - self._since >= SECONDS_A_BATCH)

    def add(self, message: Message) -> None:
        """A message that is none is set aside with the batch: it must not stop the others, nor be lost."""
        if self.empty:
            self._since = time.monotonic()
        self._places.append(message.place)
        try:
            self._rows += rows_of(message.body)
        except ValueError as error:
            self._poison.append(
                (
                    str(error),
                    {
                        "topic": message.topic,
                        "place": message.place,
                        "body": message.body[:2_000].decode("utf-8", "replace"),
                    },
                )
            )

    def flush(self, stop: threading.Event, told: Callable[[KnownError], None]) -> bool:
        """Until the store has taken it, or `stop`; False then. The token is made of the places: the same
        batch again is known.
        """
        token = f"{self._source}/{self._places[0]}-{self._places[-1]}-{len(self._places)}"
        wait_s = 0.5
        while True:
            try:
                if self._rows:
                    ingest(self._centre, _table(self._rows), self._wells, token, self._source)
                set_aside(self._centre, self._source, self._poison)
                break
            except KnownError as error:
                told(error)
                if stop.wait(wait_s):
                    return False
                wait_s = min(wait_s * 2, 30.0)
        self._rows, self._poison, self._places = [], [], []
        self._centre.metrics.buffered.labels(self._source).set(0)
        return True


def _table(rows: list[dict[str, Any]]) -> pa.Table:
    return incoming(
        pa.table(
            {
                "well": pa.array([row["well"] for row in rows], pa.string()),
                "sensor": pa.array([row["sensor"] for row in rows], pa.string()),
                "timestamp": pa.array([row["timestamp"] for row in rows], pa.timestamp("us", tz="UTC")),
                "value": pa.array([row["value"] for row in rows], pa.float64()),
                "unit": pa.array([row["unit"] for row in rows], pa.string()),
            }
        )
    )
