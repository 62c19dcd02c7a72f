"""What differed, was read again and differs still is not read again at every sync, but never given up either:
one answer that was wrong once would stand for ever.
"""

from __future__ import annotations

from app.models.store import central
from app.models.store.database import Database

EVERY = 8
_SOURCE = "standing"


def is_due(store: Database, part: str) -> bool:
    """Called at each sync at which something stands: at every EVERY-th it is read and said again. Counted in
    syncs: no clock has a say.
    """
    passed = (int(central.mark(store, _SOURCE, part) or 0) + 1) % EVERY
    with store.writing() as cursor:
        central.set_mark(cursor, _SOURCE, part, str(passed))
    return passed == 0
