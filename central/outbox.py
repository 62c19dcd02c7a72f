"""Rows for ClickHouse, written in the transaction that accepted them; the relay brings them over, again and
again until they are there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pyarrow as pa
from sqlalchemy.engine import Connection

from app.core.clock import iso, parse_time, utc_now
from app.core.errors import KnownError
from app.core.plain import JsonObject
from app.models import limits
from app.models.cards import Card, card_hash
from app.models.values import needed_text, part_of
from app.sync.wire import as_json
from central import tracing
from central.refusals import Refused
from central.stores.engine import add_later, next_numbers
from central.stores.tables import OUTBOX

ROWS_A_PIECE = 500_000
NO_WELL = 0
"""Wells are numbered from 1: no laptop sees what stands under it."""


def add(connection: Connection, target: str, token: str, row_format: str, content: bytes) -> None:
    """Only inside changing()."""
    _put(connection, next_numbers(connection, 1), target, token, row_format, content)


def _put(
    connection: Connection, number: int, target: str, token: str, row_format: str, content: bytes
) -> None:
    add_later(
        connection,
        OUTBOX,
        {
            "id": number,
            "target": target,
            "token": token,
            "row_format": row_format,
            "content": content,
            "added_at": utc_now(),
            "trace": tracing.here(),
        },
    )


def _add_row(connection: Connection, target: str, token: str, row: Mapping[str, object]) -> None:
    """Its number in the outbox is its batch: what was accepted later replaces. The token says it too: after a
    restore a version may come again with other content.
    """
    number = next_numbers(connection, 1)
    _put(connection, number, target, f"{token}/{number}", "JSONEachRow", as_json({**row, "batch": number}))


def flow_rate(connection: Connection, record_id: str, version: int, well_id: int, body: JsonObject) -> None:
    values = part_of(body, "values")
    row = {
        "well_id": well_id,
        "timestamp": iso(parse_time(needed_text(body, "at"))),
        "record_id": record_id,
        **{key: values.get(key) for key in ("liquid_m3_per_s", "oil_kg_per_s", "water_cut", "gas_m3_per_s")},
        "valid": int(values.get("valid", True) is not False),
        "deleted": int(body["action"] == "removed"),
    }
    _add_row(connection, "flow_rates", f"{record_id}/{version}", row)


@dataclass(frozen=True)
class CheckedCard:
    """A card of a journal's entry, (n,) each, within the limits of what a card may be."""

    taken_at: datetime
    strokes_per_minute: float
    position_m: np.ndarray
    load_n: np.ndarray


def checked_card(payload: JsonObject, now: datetime) -> CheckedCard:
    """taken_at, strokes_per_minute, position_m, load_n of a journal's card. Raises Refused."""
    try:
        taken_at = limits.measured(payload["at"], "at", now)
        speed = limits.number(payload["strokes_per_minute"], "strokes_per_minute")
        position = np.array(payload["position_m"], np.float64)
        load = np.array(payload["load_n"], np.float64)
    except KnownError as error:
        raise Refused.of(error) from error
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise Refused("value_wrong", field="card", value=str(error)[:60]) from error
    if not (
        position.ndim == load.ndim == 1
        and 3 <= len(position) == len(load) <= limits.MOST_CARD_POINTS
        and np.isfinite(position).all()
        and np.isfinite(load).all()
    ):
        raise Refused("value_wrong", field="card", value=f"{position.size} / {load.size}")
    return CheckedCard(taken_at, speed, position, load)


def card(
    connection: Connection,
    well_id: int,
    card_id: str,
    card: CheckedCard | Card,
    source: str,
    *,
    deleted: bool = False,
) -> None:
    row = {
        "well_id": well_id,
        "taken_at": iso(card.taken_at),
        "card_sha256": card_hash(card.position_m, card.load_n, card.taken_at),
        "card_id": card_id,
        "strokes_per_minute": card.strokes_per_minute,
        "position_m": card.position_m.tolist(),
        "load_n": card.load_n.tolist(),
        "deleted": int(deleted),
        "source": source,
    }
    _add_row(connection, "dynamograms", f"{card_id}/{int(deleted)}", row)


def night(
    connection: Connection, token: str, newest: Mapping[str, object], figures: Sequence[Mapping[str, object]]
) -> None:
    """What was made of a well: the newest of it, and its figures by their moments."""
    _add_row(connection, "made_wells", token, newest)
    if figures:
        series(connection, token, figures)


def figure(
    well_id: int,
    made_at: datetime,
    quantity: str,
    at: datetime,
    value: float,
    model: str,
    ends: tuple[float, float] | None = None,
) -> JsonObject:
    """A row of `series`. `ends`: of the interval of the value, where it has one."""
    low, high = ends or (None, None)
    return {
        "well_id": well_id,
        "made_at": iso(made_at),
        "quantity": quantity,
        "timestamp": iso(at),
        "value": value,
        "low": low,
        "high": high,
        "model": model,
    }


def series(connection: Connection, token: str, rows: Sequence[Mapping[str, object]]) -> None:
    """Figures by their moments: of wells, and of models under NO_WELL."""
    number = next_numbers(connection, 1)
    content = b"\n".join(as_json({**row, "batch": number}) for row in rows)
    _put(connection, number, "made_series", token, "JSONEachRow", content)


def readings(connection: Connection, table: pa.Table, token: str, source: str) -> None:
    """In pieces; the token of a piece is the same whenever the same table comes again."""
    for number, start in enumerate(range(0, len(table), ROWS_A_PIECE)):
        sink = pa.BufferOutputStream()
        piece = table.slice(start, ROWS_A_PIECE).replace_schema_metadata({"source": source})
        with pa.ipc.new_stream(
            sink, piece.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")
        ) as writer:
            writer.write_table(piece)
        add(connection, "sensor_readings", f"{token}/{number}", "Arrow", sink.getvalue().to_pybytes())
