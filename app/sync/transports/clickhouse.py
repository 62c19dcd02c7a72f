"""Readings and cards out of ClickHouse with a read-only account: Arrow streams, bound parameters, the newest
version of each row.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from app.core.clock import parse_time
from app.core.errors import KnownError
from app.sync.transports.base import CentralCard, Part, Sums
from app.sync.transports.rest import check_address

if TYPE_CHECKING:
    import pyarrow as pa

COLUMNS = "well_id, sensor_type, timestamp, value, quality, deleted"
_IN_PART = (
    "well_id = {well:UInt32} AND timestamp BETWEEN {first:DateTime64(6, 'UTC')} AND "
    "{last:DateTime64(6, 'UTC')}"
)
READINGS_SQL = (
    f"SELECT {COLUMNS} FROM wellside.sensor_readings FINAL WHERE {_IN_PART} ORDER BY well_id, "
    f"sensor_type, timestamp"
)
# The lowest and the highest reading of each hour, at their own moments: real readings, only fewer.
COARSE_SQL = f"""SELECT DISTINCT well_id, sensor_type, at.1 AS timestamp, at.2 AS value, at.3 AS quality,
    at.4 AS deleted FROM (
    SELECT well_id, sensor_type, arrayJoin([argMin((timestamp, value, quality, deleted), value),
    argMax((timestamp, value, quality, deleted), value)]) AS at
    FROM (SELECT {COLUMNS} FROM wellside.sensor_readings FINAL WHERE {_IN_PART} AND quality = 0)
    GROUP BY well_id, sensor_type, toStartOfHour(timestamp)) ORDER BY well_id, sensor_type, timestamp"""
CARDS_SQL = """SELECT card_id, well_id, taken_at, strokes_per_minute, position_m, load_n, deleted
    FROM wellside.dynamograms FINAL
    WHERE well_id = {well:UInt32} AND taken_at BETWEEN {first:DateTime64(6, 'UTC')}
    AND {last:DateTime64(6, 'UTC')} ORDER BY taken_at"""
# Exact on both sides: a power of two scales a double without rounding, and integers add in any order.
SUMS_SQL = """SELECT well_id, formatDateTime(timestamp, '%Y-%m') AS month, count(),
    toString(sum(toInt128(toUnixTimestamp64Micro(timestamp)))),
    toString(sum(toInt128(floor(least(greatest(toFloat64(value), -1e15), 1e15) * 1099511627776)))),
    sum(quality)
    FROM wellside.sensor_readings FINAL WHERE well_id IN {wells:Array(UInt32)}
    AND timestamp >= {since:DateTime64(6, 'UTC')} AND deleted = 0
    GROUP BY well_id, month"""


class ClickHouseReader:
    """Raises KnownError (clickhouse_unreachable, retry; clickhouse_refused)."""

    def __init__(self, url: str, user: str, password: str, *, ca_file: str = "", proxy: str = "") -> None:
        check_address(url)
        self._url, self._user, self._password, self._ca_file, self._proxy = (
            url,
            user,
            password,
            ca_file,
            proxy,
        )
        self._made: Any = None

    def newest(self) -> str:
        rows = self._rows("SELECT count(), toString(max(announced_at)) FROM wellside.ingest_log", {})
        return str(rows[0][1]) if rows and rows[0][0] else ""

    def months(self, wells: list[int], since: datetime) -> list[Part]:
        """What there is, in parts of a well and a month, newest first: the engineer sees today before last
        year.
        """
        rows = self._rows(
            """SELECT well_id, min(timestamp), max(timestamp), count() FROM wellside.sensor_readings
               WHERE well_id IN {wells:Array(UInt32)} AND timestamp >= {since:DateTime64(6, 'UTC')}
               GROUP BY well_id, toYYYYMM(timestamp) ORDER BY toYYYYMM(max(timestamp)) DESC, well_id""",
            {"wells": wells, "since": since},
        )
        return _parts(rows)

    def card_months(self, wells: list[int], since: datetime) -> list[Part]:
        rows = self._rows(
            """SELECT well_id, min(taken_at), max(taken_at), count() FROM wellside.dynamograms
               WHERE well_id IN {wells:Array(UInt32)} AND taken_at >= {since:DateTime64(6, 'UTC')}
               GROUP BY well_id, toYYYYMM(taken_at)
               ORDER BY toYYYYMM(max(taken_at)) DESC, well_id""",
            {"wells": wells, "since": since},
        )
        return _parts(rows)

    def announced(
        self, wells: list[int], after: str, until: str, target: str = "sensor_readings"
    ) -> list[Part]:
        """What came in between two announcements, whenever it was measured: late data is found by when it
        came.
        """
        rows = self._rows(
            """SELECT well_id, min(first_at), max(last_at), sum(rows) FROM wellside.ingest_log
               WHERE announced_at > toDateTime64({after:String}, 6, 'UTC')
               AND announced_at <= toDateTime64({until:String}, 6, 'UTC')
               AND target = {target:String} AND well_id IN {wells:Array(UInt32)}
               GROUP BY well_id, toYYYYMM(last_at) ORDER BY max(last_at) DESC""",
            {"after": after, "until": until, "wells": wells, "target": target},
        )
        return _parts(rows)

    def readings(self, part: Part, *, coarse: bool = False) -> Iterator[pa.Table]:
        import pyarrow as pa

        with (
            self._known(),
            self._client().query_arrow_stream(
                COARSE_SQL if coarse else READINGS_SQL, parameters=_bound(part)
            ) as stream,
        ):
            for batch in stream:
                yield pa.table(batch) if not isinstance(batch, pa.Table) else batch

    def cards(self, part: Part) -> list[CentralCard]:
        rows = self._rows(CARDS_SQL, _bound(part))
        return [CentralCard(r[0], int(r[1]), _utc(r[2]), float(r[3]), r[4], r[5], bool(r[6])) for r in rows]

    def sums(self, wells: list[int], since: datetime) -> dict[tuple[int, str], Sums]:
        rows = self._rows(SUMS_SQL, {"wells": wells, "since": since})
        return {(int(r[0]), str(r[1])): Sums(int(r[2]), str(r[3]), str(r[4]), int(r[5])) for r in rows}

    def close(self) -> None:
        if self._made is not None:
            self._made.close()
            self._made = None

    def _rows(self, sql: str, bound: dict[str, Any]) -> list[Any]:
        with self._known():
            return list(self._client().query(sql, parameters=bound).result_rows)

    def _client(self) -> Any:
        if self._made is None:
            import clickhouse_connect

            # What goes wrong is told by us, in the reader's language, and not on stderr.
            logging.getLogger("clickhouse_connect").setLevel(logging.CRITICAL)
            parts = urlsplit(self._url)
            secure = parts.scheme == "https"
            self._made = clickhouse_connect.get_client(
                host=parts.hostname,
                port=parts.port or (8443 if secure else 8123),
                username=self._user,
                password=self._password,
                secure=secure,
                verify=True,
                ca_cert=self._ca_file or None,
                https_proxy=self._proxy or None,
                connect_timeout=10,
                send_receive_timeout=120,
                autogenerate_session_id=False,
                compress="lz4" if secure else False,
                query_retries=0,
            )
        return self._made

    def _known(self) -> _Border:
        return _Border(self)


class _Border:
    """A dropped connection is not used again; what the server refused is told as it said it, without the
    address.
    """

    def __init__(self, reader: ClickHouseReader) -> None:
        self._reader = reader

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if error is None or isinstance(error, KnownError) or not isinstance(error, Exception):
            return
        module = type(error).__module__
        refused = type(error).__name__ == "DatabaseError"
        if (
            not refused
            and not module.startswith(("clickhouse_connect", "urllib3", "pyarrow", "http"))
            and not isinstance(error, OSError)
        ):
            return
        self._reader.close()
        said = _reason(error)
        if refused and "code: 516" in str(error):
            raise KnownError("clickhouse_token", reason=said) from error
        if refused:
            raise KnownError("clickhouse_refused", reason=said) from error
        raise KnownError("clickhouse_unreachable", retry=True, reason=said) from error


def _reason(error: Exception) -> str:
    """What happened, without addresses and the driver's own wrapping."""
    said = str(error).split(" (for url")[0]
    if "HTTPConnectionPool" not in said and "HTTPSConnectionPool" not in said:
        return said[:200]
    for known in (
        "Connection refused",
        "timed out",
        "Name or service not known",
        "CERTIFICATE_VERIFY_FAILED",
        "reset by peer",
    ):
        if known in said:
            return known
    return type(error.__cause__ or error).__name__


def _parts(rows: list[Any]) -> list[Part]:
    return [Part(int(row[0]), _utc(row[1]), _utc(row[2]), int(row[3])) for row in rows]


def _utc(moment: datetime | str) -> datetime:
    if isinstance(moment, str):
        return parse_time(moment)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _bound(part: Part) -> dict[str, Any]:
    return {"well": part.well, "first": part.first, "last": part.last}
