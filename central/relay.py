"""From the outbox of the system of record to ClickHouse: each row until it is there, in order, a lost reply
never doubling it.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime

import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from app.core.clock import parse_time, utc_now
from app.core.errors import KnownError
from app.core.ids import new_id
from app.models.limits import shown
from central import tracing, undoing
from central.logs import log
from central.metrics import Metrics
from central.stores import dead_letters
from central.stores.clickhouse import ClickHouse
from central.stores.dead_letters import CLICKHOUSE_REFUSED
from central.stores.engine import changing, database_down, reading
from central.stores.leases import Lease, OvertakenError
from central.stores.letters import message, of_messages
from central.stores.tables import OUTBOX
from central.stores.turns import Abandoned
from central.worker import Worker

MOST_AT_ONCE = 200
OF_NIGHTS = ("made_wells", "made_series")
"""Laptops ask for the newest of these themselves: nothing is announced."""
Span = tuple[int, datetime, datetime, int]
CANNOT_BE_A_ROW = frozenset((6, 26, 27, 38, 41, 53, 69, 70, 72, 117, 131, 349, 407, 441, 467, 691))
"""ClickHouse's codes for a text that is no value of its column's type."""
OF_THE_STORE = frozenset((60, 81, 159, 164, 192, 193, 194, 202, 209, 210, 241, 242, 243, 252, 425, 497, 516))
"""Of the server itself: no memory, no room, too many parts, no table, no right. Whatever waits, waits."""
LOOKED_EVERY_S = 1.0
"""So often it is looked whether a writer is gone: ten seconds are what it is given."""

REFUSALS_OF_A_ROW = 5
"""So often a server that is well refuses a row before the row is set aside."""


def deliver(
    engine: Engine,
    clickhouse: ClickHouse,
    refusals: dict[int, int] | None = None,
    ours: Callable[[], bool] = lambda: True,
    metrics: Metrics | None = None,
    still: Callable[[Connection], bool] = lambda _: True,
) -> int:
    """What waits now. Returns how many rows of the outbox went over. Raises KnownError (clickhouse_down) and
    keeps the rest. `refusals`: how often rows were refused before, by their ids; `ours`: whether this centre
    is the one that delivers; `still`: whether it is so in the transaction that takes rows out of the outbox;
    `metrics`: where it is told how long they waited.
    """
    refusals = {} if refusals is None else refusals
    delivered = 0

    def own() -> bool:
        with reading(engine) as connection:
            return still(connection)

    while ours():  # whoever does not deliver reads no contents either
        with reading(engine) as connection:
            waiting = (
                connection.execute(sa.select(OUTBOX).order_by(OUTBOX.c.id).limit(MOST_AT_ONCE))
                .mappings()
                .all()
            )
        if not waiting:
            return delivered
        for rows in _together(waiting):
            if not ours():
                return delivered
            with tracing.delivery(rows[0]["target"], [row["trace"] for row in rows]):
                try:
                    refused = _carry(clickhouse, rows, refusals, own)
                except OvertakenError:
                    return delivered
            with changing(engine) if refused else engine.begin() as connection:
                if not still(connection):
                    return delivered  # who took over has brought them over too, or will
                for row, why in refused:
                    letter = of_messages([_dead(row, why)])
                    dead_letters.add(connection, new_id(), "outbox", CLICKHOUSE_REFUSED, letter)
                connection.execute(sa.delete(OUTBOX).where(OUTBOX.c.id.in_([row["id"] for row in rows])))
            delivered += len(rows) - len(refused)
            if metrics is not None:
                metrics.delivered_rows(row["added_at"] for row in rows)
            for row in rows:
                refusals.pop(row["id"], None)
    return delivered


def _together(waiting: Sequence[sa.RowMapping]) -> list[list[sa.RowMapping]]:
    """Neighbours of one target in JSON lines go as one insert; the order of targets stays."""
    groups: list[list[sa.RowMapping]] = []
    for row in waiting:
        if groups and row["row_format"] == "JSONEachRow" and groups[-1][0]["target"] == row["target"]:
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _carry(
    clickhouse: ClickHouse,
    rows: list[sa.RowMapping],
    refusals: dict[int, int],
    own: Callable[[], bool] = lambda: True,
) -> list[tuple[sa.RowMapping, str]]:
    """Returns those that ClickHouse will never take, with why: they stand in nobody's way. `own`: whether
    they are still this centre's to bring. Raises OvertakenError.
    """
    try:
        _send(clickhouse, rows, own)
        return []
    except (KnownError, sa.exc.DBAPIError, OvertakenError):  # none says anything about the row
        raise
    except Exception as error:
        if _code(error) in OF_THE_STORE:
            raise KnownError("clickhouse_down", retry=True, reason=shown(error)) from error
        if len(rows) == 1:
            tried = refusals[rows[0]["id"]] = refusals.get(rows[0]["id"], 0) + 1
            if not _is_of_the_row(error) and tried < REFUSALS_OF_A_ROW:
                raise KnownError("clickhouse_down", retry=True, reason=shown(error)) from error
            return [(rows[0], shown(error))]
    return [refused for row in rows for refused in _carry(clickhouse, [row], refusals, own)]


def _is_of_the_row(error: Exception) -> bool:
    """What cannot be read at all, or what the server cannot make a row of; anything else may pass."""
    return isinstance(error, ValueError | KeyError | TypeError) or _code(error) in CANNOT_BE_A_ROW


def _code(error: Exception) -> int:
    found = re.search(r"code: (\d+)", str(error), re.IGNORECASE)
    return int(found.group(1)) if found is not None else 0


def _dead(row: sa.RowMapping, why: str) -> dict[str, object]:
    note = json.dumps({"row_format": row["row_format"], "why": why}, ensure_ascii=False)
    return message(row["target"], row["token"], bytes(row["content"]), utc_now(), note)


def _send(clickhouse: ClickHouse, rows: list[sa.RowMapping], own: Callable[[], bool]) -> None:
    first = rows[0]
    if first["target"] == "undo":
        undoing.undo(clickhouse, bytes(first["content"]).decode(), first["row_format"])
    elif first["row_format"] == "Arrow":
        table = pa.ipc.open_stream(bytes(first["content"])).read_all()
        source = (table.schema.metadata or {}).get(b"source", b"").decode()
        undoing.remember(clickhouse, table, source)
        clickhouse.insert_readings(table, first["token"], source, own)
    elif first["target"] in OF_NIGHTS:
        _insert(clickhouse, rows, [])
    else:
        lines = [json.loads(bytes(row["content"])) for row in rows]
        moment = "taken_at" if first["target"] == "dynamograms" else "timestamp"
        spans = [(line["well_id"], parse_time(line[moment]), parse_time(line[moment]), 1) for line in lines]
        _insert(clickhouse, rows, spans)


def _insert(clickhouse: ClickHouse, rows: list[sa.RowMapping], spans: list[Span]) -> None:
    """A retry after a lost reply may gather other neighbours: these tables hold one row a key, so that is no
    harm.
    """
    body = b"\n".join(bytes(row["content"]) for row in rows)
    token = "+".join((rows[0]["token"], rows[-1]["token"]))
    clickhouse.insert_rows(rows[0]["target"], body, token, spans, "")


class Relay:
    """A thread that delivers until it is closed; `wake` after a commit that filled the outbox. Of several
    centres on one database one delivers, by a lease; `holder` is this centre's name.
    """

    def __init__(
        self,
        engine: Engine,
        clickhouse: ClickHouse,
        told: Callable[[KnownError], None],
        holder: str = "",
        metrics: Metrics | None = None,
    ) -> None:
        self._metrics = metrics
        self._engine, self._clickhouse, self._told = engine, clickhouse, told
        self._lease = Lease(engine, "relay", holder or new_id())
        self._abandoned, self._looked_s = Abandoned(engine), float("-inf")
        self._wake = threading.Event()
        self._refusals: dict[int, int] = {}
        self.worker = Worker("relay", self._run)
        self.delivered = 0

    def start(self) -> None:
        self.worker.start()

    def wake(self) -> None:
        self._wake.set()

    def close(self) -> None:
        self.worker.stop.set()
        self._wake.set()
        self.worker.close()
        self._lease.give_back()

    def _give_up(self) -> None:
        if (now_s := time.monotonic()) - self._looked_s < LOOKED_EVERY_S:
            return
        self._looked_s = now_s
        if self._abandoned.give_up():
            log("relay", state="gave up the numbers of writers that are gone")

    def _is_ours(self) -> bool:
        """Asked before each insert: a long backlog keeps nobody waiting for the numbers of a dead writer."""
        self._give_up()
        return self._lease.held()

    def _run(self) -> None:
        wait_s = 1.0
        while not self.worker.stop.is_set():
            self._wake.clear()
            try:
                self._give_up()
                self.delivered += deliver(
                    self._engine,
                    self._clickhouse,
                    self._refusals,
                    self._is_ours,
                    self._metrics,
                    self._lease.still,
                )
                wait_s = 1.0
            except (KnownError, sa.exc.DBAPIError) as error:
                self._told(database_down(error))
                wait_s = min(wait_s * 2, 30.0)
                self.worker.stop.wait(wait_s)
                continue
            self._wake.wait(wait_s)
