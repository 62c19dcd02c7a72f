"""Minutes and hours of readings that were there before: of a store that an older centre wrote, or that was
restored. A month at a time, the newest first; each is noted, so that whoever goes on begins behind it, and
the port need not wait for it.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from app.core.clock import EPOCH, utc_now
from central.stores.clickhouse import ClickHouse
from central.stores.clickhouse_versions import rolled

READINGS, BEGUN, MONTH, FILLED = "readings", "filling", "month ", "filled"
"""What was made of is noted under these names in `rolled_up`: all that was announced up to a moment, that the
months before it are being made, each month, and that none is left: those that come later are made as they
are announced, and nobody looks through all readings for them."""


def begin(clickhouse: ClickHouse) -> None:
    """Where nothing was ever made: what was announced so far by months, what comes now at once."""
    if _noted(clickhouse, READINGS):
        return
    [(newest, count)] = clickhouse.query("SELECT max(announced_at), count() FROM wellside.ingest_log")
    if count:
        note(clickhouse, BEGUN, newest)
        note(clickhouse, READINGS, newest)


def left(clickhouse: ClickHouse) -> list[datetime]:
    """First moments of the months that are to be made, the newest first."""
    if not _noted(clickhouse, BEGUN) or _noted(clickhouse, FILLED):
        return []
    done = _noted(clickhouse, MONTH)
    return [month for month in months(clickhouse) if _name(month) not in done]


def fill(clickhouse: ClickHouse, wanted: list[datetime]) -> None:
    """The first of those that are `left`: to ask again which those are takes a look through all readings."""
    month, *others = wanted
    make(clickhouse, month)
    note(clickhouse, _name(month), month)
    if not others:
        note(clickhouse, FILLED, month)


def everything(clickhouse: ClickHouse) -> None:
    """All that there is, anew."""
    for month in months(clickhouse):
        make(clickhouse, month)


def months(clickhouse: ClickHouse) -> list[datetime]:
    """Of which there are readings that are whole yet."""
    asked = """SELECT DISTINCT toYYYYMM(timestamp) AS month FROM wellside.sensor_readings
        WHERE timestamp >= {since:DateTime64(6, 'UTC')} ORDER BY month DESC"""
    found = clickhouse.query(asked, {"since": whole_since(clickhouse)})
    return [datetime(month // 100, month % 100, 1, tzinfo=UTC) for (month,) in found]


def make(clickhouse: ClickHouse, month: datetime) -> None:
    """The minutes of a month, and its hours out of them."""
    end = (month + timedelta(days=32)).replace(day=1)
    for kind, moment in (("minute", "timestamp"), ("hour", "minute")):
        within = f"{moment} >= {{first:DateTime('UTC')}} AND {moment} < {{last:DateTime('UTC')}}"
        bound = {
            "first": max(month, whole_since(clickhouse)),
            "last": end,
            "batch": clickhouse.next_batch(),
        }
        clickhouse.command(rolled(kind, "{batch:UInt64}", spans=within), bound)


def whole_since(clickhouse: ClickHouse) -> datetime:
    """Readings that are older are let go one by one: what was made of them while they were whole stays."""
    days = clickhouse.days.get("readings", 0)
    if not days:
        return EPOCH
    return (utc_now() - timedelta(days=days - 1)).replace(minute=0, second=0, microsecond=0)


def note(clickhouse: ClickHouse, name: str, moment: datetime) -> None:
    clickhouse.command(
        "INSERT INTO wellside.rolled_up (name, announced_at) SELECT {name:String}, {at:DateTime64(6, 'UTC')}",
        {"name": name, "at": moment},
    )


def _noted(clickhouse: ClickHouse, prefix: str) -> set[str]:
    asked = "SELECT DISTINCT name FROM wellside.rolled_up WHERE startsWith(name, {prefix:String})"
    return {name for (name,) in clickhouse.query(asked, {"prefix": prefix})}


def _name(month: datetime) -> str:
    return f"{MONTH}{month:%Y-%m}"
