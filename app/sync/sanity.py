"""At the end both sides count: what differs is asked for again, that part only, and said."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.core.errors import KnownError
from app.core.jobs import Job
from app.models.store import central_readings
from app.models.store.database import Database
from app.sync.pull import ReadingPull
from app.sync.standing import is_due
from app.sync.transports.base import Part, ReadingSource, agree, is_not_asked_there

Place = tuple[int, str]
"""A well here, and a month."""

READINGS, CARDS = "readings", "cards"
_FIRST = "?"
"""Before what was told when it differed for the first time."""


@dataclass(frozen=True)
class Difference:
    """`mended` when the sums agree after the part was pulled again; else this laptop has something that the
    centre has not. `what`: readings or cards.
    """

    well: int
    month: str
    mended: bool
    what: str = READINGS


@dataclass(frozen=True)
class _Counted:
    """`there`: what the centre counts, by the wells here; `mark`: before the month, where what differed is
    kept. `patient`: what differs for the first time may be on its way.
    """

    what: str
    there: Mapping[Place, str]
    counted: Callable[[list[int]], Mapping[Place, str]]
    again: Callable[[Part], None]
    mark: str = ""
    patient: bool = False


def compare(
    job: Job, store: Database, source: ReadingSource, pull: ReadingPull, since: datetime, busy: frozenset[int]
) -> list[Difference]:
    """`busy`: wells here with imports that the centre has not confirmed: their sums cannot agree yet.

    What differed before and has not changed on either side since is asked for again now and then.
    """
    numbers = {number: here for number, here in pull.numbers.items() if here not in busy}
    if not numbers:
        return []
    asked = sorted(numbers)
    readings = _Counted(
        READINGS,
        {(numbers[well], month): told.text() for (well, month), told in source.sums(asked, since).items()},
        lambda wells: central_readings.sums(store, wells, since),
        lambda part: pull.pull_part(job, part),
    )
    found = _differing(job, store, readings, numbers)
    try:
        told = source.card_sums(asked, since)
    except KnownError as error:
        if is_not_asked_there(error):
            return found
        raise
    cards = _Counted(
        CARDS,
        {(numbers[well], month): sums for (well, month), sums in told.items()},
        lambda wells: central_readings.card_sums(store, wells, since),
        lambda part: pull.pull_cards(job, part),
        mark="cards ",
        patient=True,
    )
    return found + _differing(job, store, cards, numbers)


def _differing(job: Job, store: Database, counted: _Counted, numbers: Mapping[int, int]) -> list[Difference]:
    there, here = counted.there, counted.counted(sorted(numbers.values()))
    known = central_readings.compared(store)
    differing = {
        place: (there.get(place, ""), here.get(place, ""))
        for place in sorted(there.keys() | _only_here(there, here))
        if not agree(there.get(place, ""), here.get(place, ""))
    }

    def kept(place: Place) -> tuple[str, str]:
        return known.get((place[0], counted.mark + place[1]), ("", ""))

    standing = {place for place, sums in differing.items() if kept(place) == sums}
    due = bool(standing) and is_due(store, counted.what)
    found: list[Difference] = []
    for place, (told, own) in differing.items():
        if place in standing and not due:
            continue
        well, month = place
        first = f"{_FIRST}{told}" if counted.patient else told
        is_new = place not in standing and kept(place) != (first, own)
        if is_new and (counted.patient or not told):
            # What was confirmed a moment ago may be on its way into the store that counts.
            with store.writing() as cursor:
                central_readings.remember_difference(cursor, well, counted.mark + month, first, own)
            continue
        job.check()
        number = next(number for number, local in numbers.items() if local == well)
        counted.again(Part(number, *month_of(month)))
        own = counted.counted([well]).get(place, "")
        found.append(Difference(well, month, agree(told, own), counted.what))
        with store.writing() as cursor:
            central_readings.remember_difference(cursor, well, counted.mark + month, told, own)
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
