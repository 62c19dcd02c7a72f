"""Rows of a file over the records that are stored of their moment, field by field."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from app.core.plain import object_in
from app.models.kinds.joining import corrected, joined
from app.models.kinds.packing import pack, unpack
from app.models.kinds.spec import Kind
from app.models.store.kinds import Cursor, of_files, packed_of
from app.models.values import Values, needed_text

if TYPE_CHECKING:
    import pyarrow as pa

Row = dict[str, object]


def over_stored(cursor: Cursor, kind: Kind, incoming: pa.Table) -> pa.Table:
    """`incoming` has its ids. The same rows; what they do not name is as it is stored. A row more for each
    other record of their moment that said otherwise: a workbook has a pump and its tubing on two sheets.
    """
    import pyarrow as pa

    assert kind.packed is not None, "what joins keeps its fields in one column"
    rows: list[Row] = incoming.to_pylist()
    ids, wells, moments = (incoming.column(name).to_pylist() for name in ("id", "well", kind.at))
    known = packed_of(cursor, kind, ids)
    if not known:
        return incoming
    others = of_files(cursor, kind, set(wells), set(ids))
    put_right: dict[str, Row] = {}
    for row, own, well, at in zip(rows, ids, wells, moments, strict=True):
        if own not in known:
            continue
        said = unpack(kind, object_in(needed_text(row, kind.packed)))
        kept, end = known[own]
        _keep(kind, row, kept, joined(unpack(kind, kept), said))
        if kind.until:
            row[kind.until] = row.get(kind.until) or end
        for name, body, its_end in others.get((well, at), ()):
            values = corrected(unpack(kind, body), said)
            if values is not None:
                put_right[name] = {**row, "id": name} | ({kind.until: its_end} if kind.until else {})
                _keep(kind, put_right[name], body, values)
    schema = incoming.schema
    if kind.until and kind.until not in schema.names:
        schema = schema.append(pa.field(kind.until, pa.timestamp("us")))
    return pa.Table.from_pylist([*rows, *put_right.values()], schema=schema)


def _keep(kind: Kind, row: Row, kept: Values, values: Values) -> None:
    row[str(kind.packed)] = json.dumps(pack(kind, values, kept), ensure_ascii=False)
