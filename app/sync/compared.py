"""At the end both sides count the records too, by well and kind, with what they say: what differs is read
again, that part only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.core.jobs import Job
from app.models.journal import Journal
from app.models.store import central, central_sums
from app.models.store.database import Database
from app.sync.pull import RECORDS, apply_part
from app.sync.standing import is_due
from app.sync.transports.base import PushCentre
from app.sync.wire import RecordSum, wells_of, whole_of

_UNSOLVED, _WELLS_UNSOLVED = "compared", "compared wells"


@dataclass(frozen=True)
class RecordDifference:
    """`well` is the number here; 0: all of them. `mended`: both sides say the same, or all is read anew."""

    well: int
    kind: str
    mended: bool


@dataclass(frozen=True)
class Compared:
    """`misread`: what the stream of changes had told was not what the centre has."""

    differences: tuple[RecordDifference, ...] = ()
    misread: bool = False


def compare_records(job: Job, store: Database, journal: Journal, centre: PushCentre) -> Compared:
    """What differed before, and differs in the same way still (this program cannot read all of it), is asked
    for again now and then only.
    """
    mine, told = central_sums.sums(store), centre.record_sums(whole=True).whole
    own = _whole(mine)
    stands = central.mark(store, RECORDS, _UNSOLVED) == f"{told}|{own}"
    if told == own or stands and not is_due(store, RECORDS):
        return Compared()
    here = central.central_wells(store)
    theirs = {
        (part.well, part.kind): (part.count, part.digest) for part in centre.record_sums(whole=False).parts
    }
    found, misread = list[RecordDifference](), False
    for number, kind in sorted({*mine, *theirs}):
        if mine.get((number, kind)) == theirs.get((number, kind)) or number not in here:
            continue
        job.check()
        misread |= apply_part(store, journal, centre.record_part(number, kind), here[number], kind)
        counted = central_sums.sums(store).get((number, kind))
        found.append(RecordDifference(here[number], kind, counted == theirs.get((number, kind))))
    left = _whole(central_sums.sums(store))
    with store.writing() as cursor:
        central.set_mark(cursor, RECORDS, _UNSOLVED, "" if left == told else f"{told}|{left}")
    return Compared(tuple(found), misread)


def wells_differ(
    store: Database, centre: PushCentre, read_on: Callable[[], object]
) -> list[RecordDifference]:
    """Now and then: whether the wells are told otherwise than they are known here, all of them together.
    `read_on`: for what came meanwhile. What differs in the same way after all was read anew is what we cannot
    mend.
    """
    if not is_due(store, central.WELLS):
        return []
    told = centre.record_sums(whole=True, wells=True).wells
    if not told or told == wells_of(central_sums.wells(store)):
        return []
    read_on()
    told = centre.record_sums(whole=True, wells=True).wells
    own = wells_of(central_sums.wells(store))
    if told == own or central.mark(store, RECORDS, _WELLS_UNSOLVED) == f"{told}|{own}":
        return []
    with store.writing() as cursor:
        central.set_mark(cursor, RECORDS, _WELLS_UNSOLVED, f"{told}|{own}")
    return [RecordDifference(0, central.WELLS, mended=True)]


def _whole(sums: dict[tuple[int, str], tuple[int, int]]) -> str:
    return whole_of(
        RecordSum(well=well, kind=kind, count=count, digest=digests)
        for (well, kind), (count, digests) in sums.items()
    )
