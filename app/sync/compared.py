"""At the end both sides count the records too, by well and kind, with what they say: what differs is read
again, that part only.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.core.jobs import Job
from app.models.journal import Journal
from app.models.store import central, central_sums
from app.models.store.database import Database
from app.sync.pull import RECORDS, apply_part
from app.sync.transports.base import PushCentre
from app.sync.wire import RecordSum, whole_of

_UNSOLVED = "compared"


@dataclass(frozen=True)
class RecordDifference:
    """`well` is the number here. `mended`: both sides say the same now."""

    well: int
    kind: str
    mended: bool


def compare_records(
    job: Job, store: Database, journal: Journal, centre: PushCentre
) -> list[RecordDifference]:
    """What differed before, and differs in the same way still (this program cannot read all of it), is not
    asked for again.
    """
    mine, told = central_sums.sums(store), centre.record_sums(whole=True).whole
    own = _whole(mine)
    if told == own or central.mark(store, RECORDS, _UNSOLVED) == f"{told}|{own}":
        return []
    here = central.central_wells(store)
    theirs = {
        (part.well, part.kind): (part.count, part.digest) for part in centre.record_sums(whole=False).parts
    }
    found = []
    for number, kind in sorted({*mine, *theirs}):
        if mine.get((number, kind)) == theirs.get((number, kind)) or number not in here:
            continue
        job.check()
        apply_part(store, journal, centre.record_part(number, kind), here[number], kind)
        counted = central_sums.sums(store).get((number, kind))
        found.append(RecordDifference(here[number], kind, counted == theirs.get((number, kind))))
    left = _whole(central_sums.sums(store))
    with store.writing() as cursor:
        central.set_mark(cursor, RECORDS, _UNSOLVED, "" if left == told else f"{told}|{left}")
    return found


def _whole(sums: dict[tuple[int, str], tuple[int, int]]) -> str:
    return whole_of(
        RecordSum(well=well, kind=kind, count=count, digest=digests)
        for (well, kind), (count, digests) in sums.items()
    )
