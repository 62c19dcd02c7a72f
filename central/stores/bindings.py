"""Topics of streams and the fields that they speak for. Which account may publish on which topic is for the
broker to say; what a topic may write to is said here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central.stores.engine import next_numbers, put
from central.stores.tables import BINDINGS


@dataclass(frozen=True)
class Binding:
    """`source` is mqtt, kafka or opcua; `pattern` a topic, or many: `north/#`."""

    source: str
    pattern: str
    fields: tuple[str, ...]


def every(connection: Connection) -> tuple[Binding, ...]:
    rows = connection.execute(sa.select(BINDINGS).order_by(BINDINGS.c.source, BINDINGS.c.pattern)).mappings()
    return tuple(Binding(row["source"], row["pattern"], tuple(row["fields"])) for row in rows)


def bind(connection: Connection, binding: Binding, now: datetime, author: str) -> None:
    """Only inside changing(): the streams look at the number of the last change."""
    key = {"source": binding.source, "pattern": binding.pattern}
    put(connection, BINDINGS, key, {"fields": list(binding.fields), "made_at": now, "author": author})
    next_numbers(connection, 1)


def unbind(connection: Connection, source: str, pattern: str) -> int:
    """Only inside changing(). Returns how many rows went."""
    meant = sa.and_(BINDINGS.c.source == source, BINDINGS.c.pattern == pattern)
    next_numbers(connection, 1)
    return connection.execute(sa.delete(BINDINGS).where(meant)).rowcount
