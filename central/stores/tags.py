"""The table of tags, as it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app.core.ids import new_id
from central.stores.engine import next_numbers
from central.stores.tables import TAGS


@dataclass(frozen=True)
class Tag:
    """`source` is empty for all of them. `well` is None, and `sensor` empty, where the pattern has them.
    A value is `value * scale + shift` in `unit`, or in SI without one; `zone` is that of clocks that name
    none.
    """

    pattern: str
    well: int | None = None
    sensor: str = ""
    source: str = ""
    field: str = ""
    unit: str = ""
    scale: float = 1.0
    shift: float = 0.0
    zone: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What there is one row of."""
        return self.source, self.pattern.lower()


def all_tags(connection: Connection) -> tuple[Tag, ...]:
    rows = connection.execute(sa.select(TAGS).order_by(TAGS.c.pattern, TAGS.c.id)).mappings()
    return tuple(
        Tag(
            row["pattern"],
            row["well_id"],
            row["sensor"],
            row["source"],
            row["field_name"],
            row["unit"],
            row["scale"],
            row["shift"],
            row["time_zone"],
        )
        for row in rows
    )


def put(connection: Connection, tags: tuple[Tag, ...], now: datetime, author: str) -> tuple[int, int]:
    """Only inside changing(): the streams look at the number of the last change. Returns how many rows were
    added, and how many changed.
    """
    known = {_key(row): row for row in connection.execute(sa.select(TAGS)).mappings()}
    added = changed = 0
    for tag in tags:
        row = _row(tag)
        before = known.get(tag.key)
        if before is None:
            made = {"id": new_id(), "made_at": now, "author": author}
            connection.execute(sa.insert(TAGS).values(**row, **made))
            added += 1
        elif any(before[name] != value for name, value in row.items()):
            saved = sa.update(TAGS).where(TAGS.c.id == before["id"])
            connection.execute(saved.values(**row, made_at=now, author=author))
            changed += 1
    if added or changed:
        next_numbers(connection, 1)
    return added, changed


def remove(connection: Connection, pattern: str, source: str) -> int:
    """Only inside changing(). Returns how many rows went."""
    gone = [
        row["id"]
        for row in connection.execute(sa.select(TAGS)).mappings()
        if _key(row) == (source, pattern.lower())
    ]
    if gone:
        connection.execute(sa.delete(TAGS).where(TAGS.c.id.in_(gone)))
        next_numbers(connection, 1)
    return len(gone)


def _key(row: Any) -> tuple[str, str]:
    return row["source"], row["pattern"].lower()


def _row(tag: Tag) -> dict[str, object]:
    return {
        "source": tag.source,
        "pattern": tag.pattern,
        "field_name": tag.field,
        "well_id": tag.well,
        "sensor": tag.sensor,
        "unit": tag.unit,
        "scale": tag.scale,
        "shift": tag.shift,
        "time_zone": tag.zone,
    }
