"""Which fields this laptop may see, told at every greeting: one that was taken away leaves, one that was
added brings its history, read field by field from its beginning.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from app.models.store import central, central_fields
from app.models.store.database import Database
from app.sync.pull import CATCHING, CHANGE_NO, RECORDS
from app.sync.wire import Hello

_FIELDS = "fields"


@dataclass(frozen=True)
class Rights:
    """What changed of them: names of fields, and how many wells left."""

    added: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()
    wells_left: int = 0


def fields_of(store: Database) -> tuple[str, ...] | None:
    """That this laptop may see and write to, as it was last told; None before any centre told it."""
    known = central.mark(store, RECORDS, _FIELDS)
    return None if known is None else tuple(json.loads(known))


def changed(store: Database, hello: Hello) -> Rights:
    """The marks of what is to be read go with what leaves, in one transaction."""
    known = central.mark(store, RECORDS, _FIELDS)
    now = list(dict.fromkeys(hello.fields))
    told = bool(now or hello.roles)  # with roles that let nothing be seen, none is a word too
    if not told or known == json.dumps(now):
        return Rights()
    before = json.loads(known) if known else now
    added = tuple(field for field in now if field not in before)
    taken = tuple(field for field in before if field not in now)
    read_to = int(central.mark(store, RECORDS, CHANGE_NO) or 0)
    with store.writing() as cursor:
        left = central_fields.leave_fields(cursor, list(taken)) if taken else 0
        if taken and 0 < hello.newest_change < read_to:  # of what is seen still, all up to there was read
            central.set_mark(cursor, RECORDS, CHANGE_NO, str(hello.newest_change))
        for field in taken:
            central.drop_marks(cursor, RECORDS, CATCHING + field)
        for field in added:
            central.set_mark(cursor, RECORDS, CATCHING + field, "0")
        central.set_mark(cursor, RECORDS, _FIELDS, json.dumps(now))
    return Rights(added, taken, left)
