"""A centre that was set back to an older state: what it lacks is sent again, what it says is read from the
beginning, and what it has no more leaves.
"""

from __future__ import annotations

from app.models.journal import Journal
from app.models.store import central, central_sums
from app.models.store.database import Database
from app.models.store.records import Cursor
from app.sync.pull import CHANGE_NO, RECORDS
from app.sync.transports.base import PushCentre
from app.sync.wire import MOST_ASKED, Hello

_EPOCH = "epoch"


def noticed(store: Database, journal: Journal, centre: PushCentre, hello: Hello) -> int:
    """Returns how many entries go again. The centre's epoch tells; one that has none is taken for set back
    when it knows less than it said before.
    """
    known = central.mark(store, RECORDS, _EPOCH) or ""
    seen = int(central.mark(store, RECORDS, CHANGE_NO) or 0)
    by_epoch = bool(known and hello.epoch)
    if by_epoch and known == hello.epoch or not by_epoch and hello.newest_change >= seen:
        beyond = 0 < hello.newest_change < seen
        if beyond or known != hello.epoch:
            with store.writing() as cursor:
                central.set_mark(cursor, RECORDS, _EPOCH, hello.epoch)
                if beyond:  # a number that the centre has not given yet: what was passed over is not known
                    read_anew(cursor)
        return 0
    again = journal.sending.send_again(_lacking(journal, centre, hello))
    with store.writing() as cursor:
        central.set_mark(cursor, RECORDS, _EPOCH, hello.epoch)
        read_anew(cursor)
    return again


def read_anew(cursor: Cursor) -> None:
    """All that the centre says of records and wells, from its first change on."""
    central.set_mark(cursor, RECORDS, CHANGE_NO, "0")
    central_sums.begin_anew(cursor)


def settle_unshown(journal: Journal, centre: PushCentre) -> int:
    """After all was read: entries that were taken and that no change has shown, because their field is not
    seen from here any more. The centre is asked: what it has is there, what it has not goes again. Returns
    how many were there.
    """
    unshown = journal.sending.unshown()
    if not unshown:
        return 0
    lost = _asked(centre, unshown)
    journal.sending.send_again(lost)
    return journal.sending.confirm([entry for entry in unshown if entry not in lost])


def _lacking(journal: Journal, centre: PushCentre, hello: Hello) -> frozenset[str]:
    """Of the entries that a centre has taken, those that this one has not."""
    taken = journal.sending.taken()
    if not hello.epoch:
        return frozenset(entry for entry, change_no in taken.items() if change_no > hello.newest_change)
    return _asked(centre, list(taken))


def _asked(centre: PushCentre, ids: list[str]) -> frozenset[str]:
    some = (tuple(ids[start : start + MOST_ASKED]) for start in range(0, len(ids), MOST_ASKED))
    return frozenset(one for asked in some for one in centre.lacking(asked))
