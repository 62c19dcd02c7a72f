"""At the end both sides count: what differs is asked for again, that part only, and said."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.core.jobs import Job
from app.models.store import central_readings
from app.models.store.database import Database
from app.sync.pull import ReadingPull
from app.sync.standing import is_due
from app.sync.transports.base import Part, ReadingSource

Place = tuple[int, str]
"""A well here, and a month."""


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

    What differed before and has not changed on either side since is asked for again now and then.
    """
    numbers = {number: here for number, here in pull.numbers.items() if here not in busy}
    if not numbers:
        return []
    there = {
        (numbers[well], month): sums.text()
        for (well, month), sums in source.sums(sorted(numbers), since).items()
    }
    here = central_readings.sums(store, sorted(numbers.values()), since)
    known = central_readings.compared(store)
    differing = {
        place: (there.get(place, ""), here.get(place, ""))
        for place in sorted(there.keys() | _only_here(there, here))
        if there.get(place) != here.get(place)
    }
    standing = {place for place, sums in differing.items() if known.get(place) == sums}
    due = bool(standing) and is_due(store, "readings")
    found: list[Difference] = []
    for place, (counted, own) in differing.items():
        if place in standing and not due:
            continue
        well, month = place
        if not counted and place not in standing:
            # What was confirmed a moment ago may be on its way into the store that counts.
            with store.writing() as cursor:
                central_readings.remember_difference(cursor, well, month, counted, own)
            continue
        job.check()
        number = next(number for number, local in numbers.items() if local == well)
        pull.pull_part(job, Part(number, *month_of(month)))
        own = central_readings.sums(store, [well], since).get((well, month), "")
        found.append(Difference(well, month, own == counted))
        with store.writing() as cursor:
            central_readings.remember_difference(cursor, well, month, counted, own)
    return found


def _only_here(there: Mapping[Place, str], here: Mapping[Place, str]) -> set[Place]:
    """Months that the centre has nothing of, and that are not older than what it keeps."""
    oldest = min((month for _, month in there), default="")
    return {place for place in here.keys() - there.keys() if oldest and place[1] > oldest}


def month_start(moment: datetime) -> datetime:
    return moment.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def month_of(text: str) -> tuple[datetime, datetime]:
    year, month = int(text[:4]), int(text[5:7])
    start = datetime(year, month, 1, tzinfo=UTC)
    return start, start + timedelta(days=monthrange(year, month)[1]) - timedelta(microseconds=1)
