"""Who did what at the centre, in a chain: each row has a number and the SHA-256 of itself and of the row
before it, and one row knows where the chain ends. What was changed, taken out or moved is found and named.

Who may write to the database can make all of it anew. Against that the end of the chain is told in the
centre's log, and `verify` holds the chain against an end that was noted elsewhere.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app.core.clock import iso
from app.core.plain import JsonObject
from central.stores.engine import known_in_turn, put
from central.stores.tables import AUDIT, AUDIT_END

_BEGIN = "0" * 64
_END = ("audit end",)
LONGEST_ABOUT = 4_000


@dataclass(frozen=True)
class Row:
    no: int
    at: str
    actor: str
    act: str
    about: str
    """JSON, as it was hashed."""
    before: str
    own: str

    def hashed(self) -> str:
        said = json.dumps([self.no, self.at, self.actor, self.act, self.about, self.before])
        return hashlib.sha256(said.encode()).hexdigest()

    def told(self) -> JsonObject:
        return {"no": self.no, "at": self.at, "actor": self.actor, "act": self.act, **json.loads(self.about)}


@dataclass(frozen=True)
class End:
    """Where a chain ends."""

    no: int
    own: str


def add(connection: Connection, actor: str, act: str, about: Mapping[str, object], now: datetime) -> Row:
    """Only inside a writer's turn, with what it tells of in one transaction, and at the end of it: the others
    wait from here on.
    """
    before: End = known_in_turn(connection).get(_END) or end(connection, held=True) or End(0, _BEGIN)
    text = json.dumps(about, ensure_ascii=False, sort_keys=True, default=str)
    if len(text) > LONGEST_ABOUT:
        text = json.dumps({"sha256": hashlib.sha256(text.encode()).hexdigest(), "length": len(text)})
    row = Row(before.no + 1, iso(now), actor[:200] or "-", act, text, before.own, "")
    row = replace(row, own=row.hashed())
    connection.execute(
        sa.insert(AUDIT).values(
            row_no=row.no,
            done_at=row.at,
            actor=row.actor,
            act=row.act,
            about=row.about,
            hash_before=row.before,
            row_hash=row.own,
        )
    )
    put(connection, AUDIT_END, {"id": 1}, {"row_no": row.no, "row_hash": row.own})
    known_in_turn(connection)[_END] = End(row.no, row.own)
    return row


def end(connection: Connection, *, held: bool = False) -> End | None:
    """As it was written down with the last row; None before the first. `held`: nobody adds one until this
    transaction is over.
    """
    query = sa.select(AUDIT_END.c.row_no, AUDIT_END.c.row_hash)
    row = connection.execute(query.with_for_update() if held else query).first()
    return End(int(row[0]), str(row[1])) if row else None


def rows(connection: Connection, after: int = 0) -> Iterator[Row]:
    """In their order, a thousand at a time."""
    columns = ("row_no", "done_at", "actor", "act", "about", "hash_before", "row_hash")
    while True:
        asked = sa.select(*(AUDIT.c[name] for name in columns)).where(AUDIT.c.row_no > after)
        found = connection.execute(asked.order_by(AUDIT.c.row_no).limit(1_000)).all()
        yield from (Row(int(one[0]), *map(str, one[1:])) for one in found)
        if len(found) < 1_000:
            return
        after = int(found[-1][0])


@dataclass(frozen=True)
class Fault:
    """`what`: changed, missing, moved, added (under a number that no row has), cut (the end is gone),
    rewritten (a noted end is another now).
    """

    no: int
    what: str


def verify(connection: Connection, noted: End | None = None) -> tuple[int, list[Fault]]:
    """(rows looked at, what is wrong with them)."""
    outside = connection.execute(sa.select(AUDIT.c.row_no).where(AUDIT.c.row_no < 1)).scalars()
    faults = [Fault(int(no), "added") for no in outside]
    count, before = 0, End(0, _BEGIN)
    seen: dict[str, int] = {_BEGIN: 0}
    broken: list[Row] = []
    for row in rows(connection):
        count += 1
        faults += [Fault(no, "missing") for no in range(before.no + 1, min(row.no, before.no + 1_001))]
        follows = row.no != before.no + 1 or row.before == before.own
        if row.hashed() != row.own or not follows:
            broken.append(row)
        if noted is not None and row.no == noted.no and row.own != noted.own:
            faults.append(Fault(row.no, "rewritten"))
        seen[row.own] = row.no
        before = End(row.no, row.own)
    faults += [Fault(row.no, _kind_of(row, seen)) for row in broken]
    last = end(connection) or End(0, _BEGIN)
    if last.no > before.no:
        faults.append(Fault(last.no, "cut"))
    elif last != before:
        faults.append(Fault(before.no, "changed"))
    if noted is not None and noted.no > before.no:
        faults.append(Fault(noted.no, "cut"))
    return count, sorted(set(faults), key=lambda fault: (fault.no, fault.what))


def _kind_of(row: Row, seen: dict[str, int]) -> str:
    """A row that is whole under another number was moved from there; any other was changed."""
    place = seen.get(row.before)
    if place is None or place + 1 == row.no:
        return "changed"
    return "moved" if replace(row, no=place + 1).hashed() == row.own else "changed"
