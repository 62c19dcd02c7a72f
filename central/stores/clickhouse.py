"""Writing to ClickHouse: only the centre does, one insert at a time, each with a token so that a lost reply
cannot double it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import pyarrow as pa

from app.core.clock import from_us, iso, to_us
from app.core.errors import KnownError
from central.stores.clickhouse_versions import Layout, bring_up, kept_for
from central.stores.leases import OvertakenError

READINGS = "sensor_readings"
READING_COLUMNS = pa.schema(
    [
        ("well_id", pa.uint32()),
        ("sensor_type", pa.uint8()),
        ("timestamp", pa.timestamp("us", tz="UTC")),
        ("value", pa.float32()),
        ("quality", pa.uint8()),
    ]
)

PIECE_BYTES, MONTHS_AN_INSERT = 1 << 20, 50
_OF_A_CLUSTER = {
    # An insert is there when most replicas of its shards have it, and not before.
    "distributed_foreground_insert": 1,
    "insert_quorum": "auto",
    "select_sequential_consistency": 1,
    "prefer_localhost_replica": 1,
}
LIMITS = {"max_execution_time": 120, "max_result_rows": 50_000_000}
"""Of one question of a laptop, whatever its account allows."""


class ClickHouse:
    """`url`: http(s)://host:port. Every method raises KnownError (clickhouse_down, retry) when the server
    cannot be reached.
    """

    def __init__(
        self, url: str, user: str, password: str, cluster: str = "", days: Mapping[str, int] | None = None
    ) -> None:
        """`cluster`: tables are replicated and spread over its shards; `days`: how long each tier is kept."""
        self._url, self._user, self._password = url, user, password
        self.layout, self.days = Layout(cluster), dict(days or {})
        self._lock = threading.Lock()
        self._client: Any = None
        self._last_batch = 0
        self.given_batch: Callable[[], int] | None = None
        """Where several centres write to this store: from their database."""

    def client(self) -> Any:
        if self._client is None:
            import clickhouse_connect

            self._client = clickhouse_connect.get_client(
                dsn=None,
                interface="https" if self._url.startswith("https") else "http",
                host=_host(self._url)[0],
                port=_host(self._url)[1],
                username=self._user,
                password=self._password,
                settings=_OF_A_CLUSTER if self.layout.cluster else None,
                compress=False,
                autogenerate_session_id=False,
                connect_timeout=5,
            )
        return self._client

    def prepare(self) -> None:
        bring_up(self.command, self.query, self.layout)
        for statement in kept_for(self.layout, self.days):
            self.command(statement)

    def ping(self) -> bool:
        try:
            with self._asking() as client:
                return bool(client.query("SELECT 1").result_rows)
        except KnownError:
            return False

    def query(self, sql: str, parameters: Mapping[str, object] | None = None) -> list[tuple[Any, ...]]:
        """Moments are UTC's: the driver tells those of UTC without their zone."""
        with self._asking() as client:
            found = client.query(sql, parameters=parameters or {}).result_rows
        return [
            tuple(from_us(to_us(one)) if isinstance(one, datetime) else one for one in row) for row in found
        ]

    @contextmanager
    def streamed(self, sql: str, parameters: Mapping[str, object]) -> Iterator[Iterator[bytes]]:
        """The answer as an Arrow stream, in pieces as they come; nothing is unpacked on the way."""
        with self._asking() as client:
            answer = client.raw_stream(sql, parameters=parameters, settings=LIMITS, fmt="ArrowStream")
            try:
                yield iter(lambda: answer.read(PIECE_BYTES), b"")
            finally:
                answer.close()

    def exported(self, sql: str, parameters: Mapping[str, object]) -> bytes:
        """The answer in ClickHouse's own form, whole."""
        with self._asking() as client:
            return bytes(client.raw_query(sql, parameters=parameters, fmt="Native"))

    def imported(self, table: str, content: bytes, token: str) -> None:
        """What exported() gave. The same token again writes nothing."""
        with self._asking() as client:
            settings = {"insert_deduplication_token": token}
            client.raw_insert(f"wellside.{table}", insert_block=content, fmt="Native", settings=settings)

    def command(self, sql: str, parameters: Mapping[str, object] | None = None) -> None:
        with self._asking() as client:
            client.command(sql, parameters=parameters or {})

    def insert_rows(
        self,
        table: str,
        rows: bytes,
        token: str,
        spans: list[tuple[int, datetime, datetime, int]],
        source: str,
    ) -> None:
        """JSON lines. `spans`: (well, first, last, rows), announced afterwards."""
        with self._asking() as client:
            client.raw_insert(
                f"wellside.{table}",
                insert_block=rows,
                fmt="JSONEachRow",
                settings={"insert_deduplication_token": token},
            )
        self.announce(table, spans, 0, source)

    def insert_readings(
        self, table: pa.Table, token: str, source: str, still: Callable[[], bool] = lambda: True
    ) -> None:
        """Columns of READING_COLUMNS (and `deleted`, if any). The same token again writes nothing. A
        corrected row is a newer batch. `still`: whether the one that asks is still the one that writes them,
        asked when the number is given: whoever wrote them in its place has newer ones. Raises OvertakenError.
        """
        for number, part in enumerate(_few_months(table)):
            self._insert_readings(part, f"{token}/{number}" if number else token, source, still)

    def _insert_readings(self, table: pa.Table, token: str, source: str, still: Callable[[], bool]) -> None:
        with self._lock:
            batch = self._next_batch()
            if not still():
                raise OvertakenError
            deleted = (
                table.column("deleted")
                if "deleted" in table.column_names
                else pa.array(np.zeros(len(table), np.uint8))
            )
            full = pa.table(
                {
                    **{
                        name: table.column(name).cast(READING_COLUMNS.field(name).type)
                        for name in READING_COLUMNS.names
                    },
                    "deleted": deleted,
                    "batch": pa.array(np.full(len(table), batch, np.uint64)),
                    "source": pa.DictionaryArray.from_arrays(
                        np.zeros(len(table), np.int32), pa.array([source])
                    ).cast(pa.string()),
                }
            )
            with self._asking() as client:
                client.insert_arrow(
                    "wellside.sensor_readings", full, settings={"insert_deduplication_token": token}
                )
        self.announce(READINGS, spans_of(table), batch, source)

    def announce(
        self, target: str, spans: list[tuple[int, datetime, datetime, int]], batch: int, source: str
    ) -> None:
        """After the rows are there, never before: a laptop that follows the log must find them. Announcing
        twice harms nothing.
        """
        now = iso(from_us(time.time_ns() // 1000))
        rows = "\n".join(
            f'{{"announced_at":"{now}","target":"{target}","well_id":{well},"first_at":"{iso(first)}","last_at":"{iso(last)}","rows":{n},"batch":{batch},"source":"{source}"}}'
            for well, first, last, n in spans
        )
        if rows:
            with self._asking() as client:
                client.raw_insert(
                    "wellside.ingest_log",
                    insert_block=rows.encode(),
                    fmt="JSONEachRow",
                    settings={"date_time_input_format": "best_effort"},
                )

    def _next_batch(self) -> int:
        """Microseconds of the clock, but never the same or less: what comes later wins."""
        if self.given_batch is not None:
            return self.given_batch()
        self._last_batch = max(self._last_batch + 1, time.time_ns() // 1000)
        return self._last_batch

    def next_batch(self) -> int:
        with self._lock:
            return self._next_batch()

    def _asking(self) -> _Asking:
        return _Asking(self)

    def forget_client(self) -> None:
        self._client = None


class _Asking:
    """Turns the driver's trouble into ours at the border."""

    def __init__(self, store: ClickHouse) -> None:
        self._store = store

    def __enter__(self) -> Any:
        try:
            return self._store.client()
        except Exception as error:
            raise _known(error) from error

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if isinstance(error, Exception) and not isinstance(error, KnownError):
            known = _known(error)
            if isinstance(known, KnownError) and known.code == "clickhouse_down":
                self._store.forget_client()
            raise known from error


def _known(error: Exception) -> Exception:
    from clickhouse_connect.driver.exceptions import ClickHouseError, DatabaseError, OperationalError

    # An OperationalError is a DatabaseError too: nobody answered, or somebody who was too busy.
    nobody = isinstance(error, OperationalError | OSError) or "code: 202" in str(error)
    if isinstance(error, DatabaseError) and not nobody:
        return error  # the server understood and refused: a bug of ours, or its own trouble, to be seen
    if nobody or isinstance(error, ClickHouseError):
        return KnownError("clickhouse_down", reason=str(error)[:200], retry=True)
    return error


def _host(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    return parts.hostname or "127.0.0.1", parts.port or (8443 if parts.scheme == "https" else 8123)


def _few_months(table: pa.Table) -> list[pa.Table]:
    """A server takes an insert into 100 partitions at most, and a partition is a month: years of readings go
    in several, the same ones each time.
    """
    moments = table.column("timestamp").cast(pa.timestamp("us")).to_numpy(zero_copy_only=False)
    months = moments.astype("datetime64[M]").astype(np.int64)
    there = np.unique(months)
    if len(there) <= MONTHS_AN_INSERT:
        return [table]
    part = np.searchsorted(there, months) // MONTHS_AN_INSERT
    return [table.filter(pa.array(part == number)) for number in range(part.max() + 1)]


def spans_of(table: pa.Table) -> list[tuple[int, datetime, datetime, int]]:
    """(well, first, last, rows) of a table of readings or cards."""
    if not len(table):
        return []
    grouped = (
        table.select(["well_id", "timestamp"])
        .group_by("well_id")
        .aggregate([("timestamp", "min"), ("timestamp", "max"), ("timestamp", "count")])
    )
    return [
        (row["well_id"], row["timestamp_min"], row["timestamp_max"], row["timestamp_count"])
        for row in grouped.to_pylist()
    ]
