"""At the end both sides count: what differs is asked for again, that part only, and said."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.core.jobs import Job
from app.models.store import central_readings
from app.models.store.database import Database
from app.sync.pull import ReadingPull
from app.sync.transports.base import Part, ReadingSource


@dataclass(frozen=True)
class Difference:
    """`mended` when the sums agree after the part was pulled again; else this laptop has readings that the
    centre has not.
    """

    well: int
    month: str
    mended: bool


def compare(
    job: Job, store: Database, source: ReadingSource, pull: ReadingPull, since: datetime, busy: frozenset[int]
) -> list[Difference]:
    """`busy`: wells here with imports that the centre has not confirmed: their sums cannot agree yet.

    What differed before and has not changed on either side since is not asked for again.
    """
    numbers = {number: here for number, here in pull.numbers.items() if here not in busy}
    if not numbers:
        return []
    first = month_start(since)
    there = {
        (numbers[well], month): sums.text()
        for (well, month), sums in source.sums(sorted(numbers), first).items()
    }
    here = central_readings.sums(store, sorted(numbers.values()), first)
    known = central_readings.compared(store)
    partial = f"{since:%Y-%m}"
    found: list[Difference] = []
    for (well, month), counted in sorted(there.items()):
        own = here.get((well, month), "")
        if (
            counted == own
            or known.get((well, month)) == (counted, own)
            or (month == partial and since != first)
        ):
            continue
        job.check()
        number = next(number for number, local in numbers.items() if local == well)
        pull.pull_part(job, Part(number, *month_of(month)))
        own = central_readings.sums(store, [well], first).get((well, month), "")
        found.append(Difference(well, month, own == counted))
        with store.writing() as cursor:
            central_readings.remember_difference(cursor, well, month, counted, own)
    return found


def month_start(moment: datetime) -> datetime:
    return moment.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def month_of(text: str) -> tuple[datetime, datetime]:
    year, month = int(text[:4]), int(text[5:7])
    start = datetime(year, month, 1, tzinfo=UTC)
    return start, start + timedelta(days=monthrange(year, month)[1]) - timedelta(microseconds=1)
