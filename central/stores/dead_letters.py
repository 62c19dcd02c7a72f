"""What was set aside: kept whole, in compressed blocks of one source and reason, until it is replayed or too
old.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa
import pyarrow.compute as pc
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app.core.ids import new_id
from app.models.values import count_of
from central.stores.letters import packed, unpacked
from central.stores.tables import DEAD_BLOCKS as BLOCKS

_NAMES = uuid.UUID("6d0b7f9e-58a1-5d42-9f6c-1d6a0c4b2e83")
CLICKHOUSE_REFUSED = "clickhouse_refused"
SMALL, MOST_SMALL = 2_000, 32
"""A block of fewer letters is small; so many of them are joined into one."""
_HEAD = (
    BLOCKS.c.id,
    BLOCKS.c.source,
    BLOCKS.c.reason,
    BLOCKS.c.first_at,
    BLOCKS.c.last_at,
    BLOCKS.c.letters,
    BLOCKS.c.content_size,
)


@dataclass(frozen=True)
class Chosen:
    """Which letters: of a source (`rest`: of every device of it), of a reason, received from, until."""

    source: str = ""
    reason: str = ""
    since: datetime | None = None
    until: datetime | None = None

    def where(self) -> list[sa.ColumnElement[bool]]:
        """Blocks that may hold some."""
        found: list[sa.ColumnElement[bool]] = []
        if self.source:
            under = BLOCKS.c.source.startswith(self.source + "/", autoescape=True)
            found.append(sa.or_(BLOCKS.c.source == self.source, under))
        if self.reason:
            found.append(BLOCKS.c.reason == self.reason)
        if self.since is not None:
            found.append(BLOCKS.c.last_at >= self.since)
        if self.until is not None:
            found.append(BLOCKS.c.first_at <= self.until)
        return found

    def mask(self, letters: pa.Table) -> pa.ChunkedArray | None:
        """Which letters of a block are meant; None: all."""
        received = letters.column("received")
        masks = []
        if self.since is not None:
            masks.append(pc.greater_equal(received, pa.scalar(self.since, received.type)))
        if self.until is not None:
            masks.append(pc.less_equal(received, pa.scalar(self.until, received.type)))
        if not masks:
            return None
        return masks[0] if len(masks) == 1 else pc.and_(masks[0], masks[1])


EVERY = Chosen()


@dataclass(frozen=True)
class Block:
    id: str
    source: str
    reason: str
    first_at: datetime
    last_at: datetime
    letters: int
    size: int


@dataclass(frozen=True)
class Held:
    letters: int
    size: int


def name_of(token: str, reason: str) -> str:
    """A batch that comes again after a lost acknowledgement has the same blocks."""
    return str(uuid.uuid5(_NAMES, f"{token}/{reason}"))


def add(connection: Connection, name: str, source: str, reason: str, letters: pa.Table) -> int:
    """Only inside changing(). Returns the bytes that it takes; the same block again is nothing."""
    there = sa.select(sa.func.count()).select_from(BLOCKS).where(BLOCKS.c.id == name)
    if connection.execute(there).scalar_one():
        return 0
    body = _body(letters)
    connection.execute(sa.insert(BLOCKS).values(id=name, source=source, reason=reason, **body))
    return count_of(body, "content_size")


def replace(connection: Connection, block: Block, letters: pa.Table) -> None:
    """What is left of a block. Only inside changing()."""
    if len(letters):
        changed = sa.update(BLOCKS).where(BLOCKS.c.id == block.id).values(**_body(letters))
        connection.execute(changed)
    else:
        connection.execute(sa.delete(BLOCKS).where(BLOCKS.c.id == block.id))


def _body(letters: pa.Table) -> dict[str, object]:
    content, span = packed(letters), pc.min_max(letters.column("received")).as_py()
    return {
        "first_at": span["min"],
        "last_at": span["max"],
        "letters": len(letters),
        "content_size": len(content),
        "content": content,
    }


def join_small(connection: Connection, source: str, reason: str) -> None:
    """A stream that sets one reading aside a second makes no block a second. Only inside changing()."""
    small = connection.execute(
        sa.select(BLOCKS.c.id).where(
            BLOCKS.c.source == source, BLOCKS.c.reason == reason, BLOCKS.c.letters < SMALL
        )
    ).scalars()
    names = list(small)
    if len(names) < MOST_SMALL:
        return
    parts = [found for name in names if (found := content(connection, name)) is not None]
    connection.execute(sa.delete(BLOCKS).where(BLOCKS.c.id.in_(names)))
    joined = pa.concat_tables(parts).sort_by("received")
    connection.execute(sa.insert(BLOCKS).values(id=new_id(), source=source, reason=reason, **_body(joined)))


def blocks(connection: Connection, chosen: Chosen = EVERY) -> list[Block]:
    """Without their letters, the oldest first."""
    query = sa.select(*_HEAD).where(*chosen.where()).order_by(BLOCKS.c.first_at, BLOCKS.c.id)
    return [Block(*row) for row in connection.execute(query)]


def block(connection: Connection, name: str) -> Block | None:
    row = connection.execute(sa.select(*_HEAD).where(BLOCKS.c.id == name)).first()
    return Block(*row) if row is not None else None


def content(connection: Connection, name: str) -> pa.Table | None:
    """None for a block that is gone: replayed by somebody else, or joined to others."""
    found = connection.execute(sa.select(BLOCKS.c.content).where(BLOCKS.c.id == name)).scalar()
    return unpacked(bytes(found)) if found is not None else None


def held(connection: Connection) -> Held:
    row = connection.execute(
        sa.select(
            sa.func.coalesce(sa.func.sum(BLOCKS.c.letters), 0),
            sa.func.coalesce(sa.func.sum(BLOCKS.c.content_size), 0),
        )
    ).one()
    return Held(int(row[0]), int(row[1]))


def forget_before(connection: Connection, moment: datetime) -> int:
    """Blocks whose last letter is older. Returns how many letters went."""
    old = BLOCKS.c.last_at < moment
    gone = connection.execute(
        sa.select(sa.func.coalesce(sa.func.sum(BLOCKS.c.letters), 0)).where(old)
    ).scalar_one()
    connection.execute(sa.delete(BLOCKS).where(old))
    return int(gone)
