"""What this laptop need not carry any more: whole months before its history, and only those that the centre
has, sum for sum.
"""

from __future__ import annotations

from datetime import datetime

from app.models.store import central_readings
from app.models.store.database import Database
from app.sync.sanity import month_of, month_start
from app.sync.transports.base import ReadingSource, agree


def evict(
    store: Database, source: ReadingSource, numbers: dict[int, int], before: datetime, busy: frozenset[int]
) -> int:
    """`numbers`: the centre's number → the number here. Returns how many readings went. What only this laptop
    has stays.
    """
    free = {number: here for number, here in numbers.items() if here not in busy}
    until = month_start(before)
    firsts = central_readings.older(store, list(free.values()), until)
    if not firsts:
        return 0
    # The first month may be here in part only: both sides count from the first reading that is here.
    since = min(firsts.values())
    old = {
        key: own
        for key, own in central_readings.sums(store, list(firsts), since).items()
        if month_of(key[1])[0] < until
    }
    asked = [number for number, here in free.items() if here in firsts]
    there = {(free[well], month): sums.text() for (well, month), sums in source.sums(asked, since).items()}
    agreed = [
        (well, *month_of(month))
        for (well, month), own in old.items()
        if agree(there.get((well, month), ""), own)
    ]
    if not agreed:
        return 0
    with store.writing() as cursor:
        return sum(central_readings.evict(cursor, well, first, last) for well, first, last in agreed)
