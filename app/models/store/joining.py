"""Rows of a file over the records that are stored under their names, field by field."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING

from app.models.kinds.joining import joined
from app.models.kinds.packing import pack, unpack
from app.models.kinds.spec import Kind
from app.models.store.kinds import Cursor, packed_of

if TYPE_CHECKING:
    import pyarrow as pa


def over_stored(cursor: Cursor, kind: Kind, incoming: pa.Table) -> pa.Table:
    """`incoming` has its ids. The same rows; what they do not name is as it is stored."""
    assert kind.packed is not None, "what joins keeps its fields in one column"
    ids = incoming.column("id").to_pylist()
    known = packed_of(cursor, kind, ids)
    if not known:
        return incoming
    bodies, ends = [], []
    until = _column(incoming, kind.until)
    for name, body, end in zip(ids, incoming.column(kind.packed).to_pylist(), until, strict=True):
        if name in known:
            kept, known_end = known[name]
            values = joined(unpack(kind, kept), unpack(kind, json.loads(body)))
            body = json.dumps(pack(kind, values, kept), ensure_ascii=False)
            end = known_end if end is None else end
        bodies.append(body)
        ends.append(end)
    return _with(incoming, kind, bodies, ends)


def _column(table: pa.Table, name: str | None) -> list[datetime | None]:
    if name is None or name not in table.column_names:
        return [None] * table.num_rows
    return [None if value is None else value.replace(tzinfo=None) for value in table.column(name).to_pylist()]


def _with(table: pa.Table, kind: Kind, bodies: list[str], ends: list[datetime | None]) -> pa.Table:
    import pyarrow as pa

    changed = {str(kind.packed): pa.array(bodies, pa.string())}
    if kind.until:
        changed[kind.until] = pa.array(ends, pa.timestamp("us"))
    for name, column in changed.items():
        if name in table.column_names:
            table = table.set_column(table.column_names.index(name), name, column)
        else:
            table = table.append_column(name, column)
    return table
