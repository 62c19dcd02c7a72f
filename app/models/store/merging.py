"""Which wells of the cache are one. A merged well stays here whole, under its own number, as the centre and
every import know it; what people see of it is read under the well that it went into. Its readings are written
there too (merged_readings), for charts read them by the million.
"""

from __future__ import annotations

import json

from app.models.merged_wells import winners
from app.models.store import merged_readings
from app.models.store.merged import relation
from app.models.store.records import Cursor, wells_in

KIND = "well_merge"


def settle(cursor: Cursor) -> bool:
    """What the records of merges say becomes so, and what they say no more is undone. Whoever writes a record
    of one, or a well that one may speak of, calls this in the same transaction. Returns whether anything
    changed.
    """
    said = dict(cursor.execute("SELECT well, body FROM well_merges").fetchall())
    before = relation(cursor)
    after = _relation(cursor, said) if said else {}
    if after == before:
        return False
    merged_readings.take_out(cursor, _concerned(before, after))
    cursor.execute("DELETE FROM merged_wells")
    if after:
        cursor.executemany("INSERT INTO merged_wells VALUES (?, ?)", [list(pair) for pair in after.items()])
    merged_readings.put_back(cursor, _concerned(before, after))
    return True


def _concerned(before: dict[int, int], after: dict[int, int]) -> list[int]:
    changed = set(before.items()) ^ set(after.items())
    return sorted({into for _, into in changed})


def _relation(cursor: Cursor, said: dict[int, str]) -> dict[int, int]:
    """By numbers here; a well that is not known here is no well that another one could go into."""
    uids = {int(well.id): well.key["uid"] for well in wells_in(cursor)}
    numbers = {uid: number for number, uid in uids.items()}
    into = {
        uids[number]: target
        for number, body in said.items()
        if number in uids and (target := str(json.loads(body).get("into_uid"))) in numbers
    }
    return {numbers[well]: numbers[end] for well, end in winners(into).items()}
