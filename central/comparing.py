"""Whether what the stores hold is the same: flow tests of the system of record beside those of ClickHouse,
and hours beside the readings that they are made of. Laptops compare with the centre at the end
of every sync, by themselves.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from time import sleep

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from central.filling import left
from central.rolling_up import EVERY_S
from central.stores.clickhouse import ClickHouse
from central.stores.engine import reading
from central.stores.tables import OUTBOX, RECORDS, WELLS
from central.stores.types import Flag

FLOW_TESTS = RECORDS["flow_test"]
SAME = 1e-9
SETTLED_S = 2 * EVERY_S
"""So long after it was announced a reading is in its hour, unless there is a backlog."""
Figures = tuple[int, float]
"""Count and sum."""


@dataclass(frozen=True)
class Differing:
    """`of`: a table; `where`: a well, or a month."""

    of: str
    where: str
    kept: Figures
    there: Figures


@dataclass(frozen=True)
class Compared:
    waiting: int
    """Rows of the outbox: while there are some, ClickHouse lags and may differ rightly."""
    wells: int
    months: int
    differing: tuple[Differing, ...]
    filling: int = 0
    """Months of which minutes and hours are still to be made: they are not compared."""


def compare(
    engine: Engine,
    store: ClickHouse,
    since: datetime,
    until: datetime,
    wait: Callable[[], None] = lambda: sleep(SETTLED_S),
) -> Compared:
    """From one whole hour to another: `since`: months before are not compared, whose readings may have been
    let go; `until`: what comes in just now is not in its hour yet. What differs is asked twice, for
    the stores are read one after the other and hours follow their readings. Raises KnownError.
    """
    first = _compared(engine, store, since, until)
    if not first.differing:
        return first
    wait()
    second = _compared(engine, store, since, until)
    before = {(one.of, one.where) for one in first.differing}
    still = tuple(one for one in second.differing if (one.of, one.where) in before)
    return replace(second, differing=still)


def _compared(engine: Engine, store: ClickHouse, since: datetime, until: datetime) -> Compared:
    since, until = (at.replace(minute=0, second=0, microsecond=0) for at in (since, until))
    with reading(engine) as connection:
        waiting = connection.execute(sa.select(sa.func.count()).select_from(OUTBOX)).scalar_one()
        names = {int(row[0]): f"{row[1]}/{row[2]}" for row in connection.execute(_NAMES)}
        kept = {int(well): (int(n), float(total or 0)) for well, n, total in connection.execute(_TESTS)}
    there = {int(well): (int(n), float(total or 0)) for well, n, total in store.query(_FLOW_RATES)}
    differing = [
        Differing("flow_rates", names.get(well, str(well)), *pair)
        for well in sorted(kept.keys() | there.keys())
        if not _same(pair := (kept.get(well, (0, 0.0)), there.get(well, (0, 0.0))))
    ]
    bound = {"since": since, "until": until}
    unmade = {f"{month:%Y%m}" for month in left(store)}
    made = {str(month): (int(n), float(total)) for month, n, total in store.query(_HOURS, bound)}
    raw = {str(month): (int(n), float(total)) for month, n, total in store.query(_READINGS, bound)}
    differing += [
        Differing("readings_hour", month, *pair)
        for month in sorted((raw.keys() | made.keys()) - unmade)
        if not _same(pair := (raw.get(month, (0, 0.0)), made.get(month, (0, 0.0))))
    ]
    return Compared(int(waiting), len(kept.keys() | there.keys()), len(raw), tuple(differing), len(unmade))


def _same(pair: tuple[Figures, Figures]) -> bool:
    (count, total), (other, of_other) = pair
    return count == other and math.isclose(total, of_other, rel_tol=SAME, abs_tol=SAME)


_NAMES = sa.select(WELLS.c.id, WELLS.c.field_name, WELLS.c.name)
_TESTS = (
    sa.select(FLOW_TESTS.c.well_id, sa.func.count(), sa.func.sum(FLOW_TESTS.c.liquid_m3_per_s))
    .where(FLOW_TESTS.c.deleted == sa.literal(False, Flag()))
    .group_by(FLOW_TESTS.c.well_id)
)
_FLOW_RATES = """SELECT well_id, count(), sum(liquid_m3_per_s) FROM wellside.flow_rates FINAL
    WHERE deleted = 0 GROUP BY well_id"""
_READINGS = """SELECT toYYYYMM(timestamp) AS month, count(), sum(toFloat64(value))
    FROM wellside.sensor_readings FINAL
    WHERE quality = 0 AND deleted = 0 AND timestamp >= {since:DateTime('UTC')}
    AND timestamp < {until:DateTime('UTC')} GROUP BY month"""
_HOURS = """SELECT toYYYYMM(hour) AS month, sum(n) AS rows, sum(total) FROM wellside.readings_hour FINAL
    WHERE n > 0 AND hour >= {since:DateTime('UTC')} AND hour < {until:DateTime('UTC')} GROUP BY month"""
