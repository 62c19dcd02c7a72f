"""Readings of a stream, each by the wells of the fields that its topic speaks for. Where no topic is bound,
all wells of the site are meant; where one is, a topic that is not is nobody's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from central.names.globs import Glob, parse
from central.names.tags import speaks_of
from central.stores.bindings import Binding
from central.streams.clean import Cleaned, Known, clean

TOPIC_UNBOUND = "topic_unbound"
Fields = tuple[str, ...] | None
"""None: every field of the site."""


@dataclass
class Bound:
    """The bindings of one source. The row that says most of a topic speaks; rows that say as much speak
    together.
    """

    bindings: tuple[Binding, ...]
    source: str
    _globs: list[tuple[Glob, tuple[str, ...]]] = field(default_factory=list)
    _found: dict[str | None, Fields] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._globs = [
            (parse(one.pattern), one.fields) for one in self.bindings if speaks_of(one.source, self.source)
        ]

    def fields_of(self, topic: str | None) -> Fields:
        """Empty for a topic that speaks for nobody."""
        if not self._globs:
            return None
        if topic not in self._found:
            fits = [
                (glob.weight, fields) for glob, fields in self._globs if glob.match(topic or "") is not None
            ]
            most = max((weight for weight, _ in fits), default=None)
            spoken = dict.fromkeys(one for weight, said in fits if weight == most for one in said)
            self._found[topic] = tuple(spoken)
        return self._found[topic]

    def parts(self, table: pa.Table) -> Iterator[tuple[Fields, np.ndarray]]:
        """(the fields, which rows speak for them)."""
        if not self._globs:
            yield None, np.arange(len(table))
            return
        topics = table.column("topic").combine_chunks()
        by_fields: dict[Fields, list[str | None]] = {}
        for topic in pc.unique(topics).to_pylist():
            by_fields.setdefault(self.fields_of(topic), []).append(topic)
        for fields, own in by_fields.items():
            theirs = pc.is_in(topics, pa.array(own, topics.type))
            yield fields, np.flatnonzero(theirs.to_numpy(zero_copy_only=False))


def cleaned(table: pa.Table, bound: Bound, known: Callable[[Fields], Known], now: datetime) -> Cleaned:
    """`table`: as clean() takes it; `known`: what the names of these fields mean."""
    found: list[Cleaned] = []
    dead: dict[str, list[pa.Table]] = {}
    for fields, rows in bound.parts(table):
        part = table if len(rows) == len(table) else table.take(pa.array(rows))
        if fields == ():
            dead.setdefault(TOPIC_UNBOUND, []).append(part)
            continue
        one = clean(part, known(fields), now)
        found.append(replace(one, rows=rows[one.rows]))
        for reason, those in one.dead:
            dead.setdefault(reason, []).append(those)
    if not found:
        found = [clean(table.slice(0, 0), known(()), now)]
    return Cleaned(
        pa.concat_tables(one.readings for one in found),
        [(why, pa.concat_tables(parts)) for why, parts in dead.items()],
        np.concatenate([one.rows for one in found]),
    )
