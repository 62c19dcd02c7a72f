"""Minutes and hours of the readings, made anew for what came since the last time: out of the readings as they
stand now, so that they are exact after a correction, a mark and an undo. What was announced says where to
look.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from app.core.clock import EPOCH
from app.core.errors import KnownError
from central import filling
from central.filling import whole_since
from central.logs import log, reason_of
from central.stores.clickhouse import READINGS, ClickHouse
from central.stores.clickhouse_versions import rolled
from central.stores.engine import database_down
from central.stores.leases import Lease
from central.worker import Worker

EVERY_S, LONGEST_S = 5.0, 600.0
OVERLAP = timedelta(minutes=10)
"""Centres announce by clocks of their own, and one may be late: so far back they are looked at again."""
AT_ONCE = 20_000
Announced = tuple[datetime, int, datetime, datetime, int]
"""When, well, first and last moment, batch."""
Span = tuple[datetime, datetime]


class RollUps:
    """A thread of one centre at a time."""

    def __init__(self, engine: Engine, clickhouse: ClickHouse, holder: str) -> None:
        self._clickhouse = clickhouse
        self._lease = Lease(engine, "roll-ups", holder, patience_s=LONGEST_S)
        self._done: dict[int, datetime] = {}
        """Batches of the last while, and when they were announced."""
        self.worker = Worker("roll-ups", self._run)

    def start(self) -> None:
        self.worker.start()

    def close(self) -> None:
        self.worker.close()
        self._lease.give_back()

    def _run(self) -> None:
        while not self.worker.stop.wait(EVERY_S):
            try:
                while self._lease.held() and self._one() and not self.worker.stop.is_set():
                    """There is more than is done at once."""
            except (KnownError, sa.exc.DBAPIError) as error:
                known = database_down(error)
                log("roll-ups", code=known.code, reason=reason_of(known))

    def _one(self) -> bool:
        """What came now goes before what was there. Whether there may be more."""
        filling.begin(self._clickhouse)
        if self.once():
            return True
        if not (months := filling.left(self._clickhouse)):
            return False
        filling.fill(self._clickhouse, months)
        log("roll-ups", filled=f"{months[0]:%Y-%m}", left=len(months) - 1)
        return True

    def once(self) -> bool:
        """Whether more may have been announced."""
        since = _mark(self._clickhouse)
        rows, more = _announced(self._clickhouse, since - OVERLAP, self._done)
        roll_up(self._clickhouse, ((well, (first, last)) for _, well, first, last, _ in rows))
        newest = max((row[0] for row in rows), default=since)
        self._done |= {row[4]: row[0] for row in rows}
        self._done = {batch: at for batch, at in self._done.items() if at >= newest - OVERLAP}
        if newest > since:
            filling.note(self._clickhouse, filling.READINGS, newest)
        return more


def _mark(clickhouse: ClickHouse) -> datetime:
    asked = f"SELECT max(announced_at) FROM wellside.rolled_up WHERE name = '{filling.READINGS}'"
    return max(EPOCH + OVERLAP, *(row[0] for row in clickhouse.query(asked)))


def _announced(clickhouse: ClickHouse, since: datetime, done: Container[int]) -> tuple[list[Announced], bool]:
    """What is not done yet, as far as one page that has something of it, and whether there may be more behind
    it. Batches are announced whole, each at one moment; those that are done may be more than a statement can
    name.
    """
    asked = f"""SELECT announced_at, well_id, first_at, last_at, batch FROM wellside.ingest_log
        WHERE target = '{READINGS}' AND announced_at > {{since:DateTime64(6, 'UTC')}}
        ORDER BY announced_at LIMIT {AT_ONCE} WITH TIES"""
    while found := clickhouse.query(asked, {"since": since}):
        fresh = [
            (at, int(well), first, last, int(no))
            for at, well, first, last, no in found
            if int(no) not in done
        ]
        if fresh:
            return fresh, len(found) >= AT_ONCE
        since = found[-1][0]
    return [], False


def roll_up(clickhouse: ClickHouse, spans: Iterable[tuple[int, Span]]) -> int:
    """The minutes and the hours that these (well, (first, last)) touch. Returns how many statements it
    took.
    """
    oldest = whole_since(clickhouse)
    touched = [(well, (max(first, oldest), last)) for well, (first, last) in spans if last >= oldest]
    asked = 0
    for kind, moment, step in (
        ("minute", "timestamp", timedelta(minutes=1)),
        ("hour", "minute", timedelta(hours=1)),
    ):
        for wells, (first, last) in _together(touched, step):
            batch = clickhouse.next_batch()
            where = "well_id IN {wells:Array(UInt32)}"
            within = f"{moment} >= {{first:DateTime('UTC')}} AND {moment} < {{last:DateTime('UTC')}}"
            bound = {"wells": wells, "first": first, "last": last, "batch": batch}
            clickhouse.command(rolled(kind, "{batch:UInt64}", where, within), bound)
            asked += 1
    return asked


def _together(spans: Iterable[tuple[int, Span]], step: timedelta) -> Iterator[tuple[list[int], Span]]:
    """Whole steps; overlapping ones of a well are one, and wells of the same are asked together."""
    of_well: dict[int, list[Span]] = {}
    for well, (first, last) in spans:
        of_well.setdefault(well, []).append((_floor(first, step), _floor(last, step) + step))
    wells_of: dict[Span, list[int]] = {}
    for well, own in of_well.items():
        for span in _joined(own):
            wells_of.setdefault(span, []).append(well)
    for span, wells in wells_of.items():
        yield sorted(wells), span


def _joined(spans: list[Span]) -> Iterator[Span]:
    begun, end = min(spans)
    for first, last in sorted(spans):
        if first > end:
            yield begun, end
            begun, end = first, last
        end = max(end, last)
    yield begun, end


def _floor(moment: datetime, step: timedelta) -> datetime:
    return moment - (moment - EPOCH) % step
