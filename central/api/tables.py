"""Tables that strangers send, whole (`models/whole_tables`) and within their limits."""

from __future__ import annotations

import io
from collections.abc import Iterable

import pyarrow as pa
import pyarrow.parquet as pq
from fastapi import HTTPException

from app.models.whole_tables import is_text, whole
from central.api.limits import MOST_UNPACKED_BYTES
from central.stores.letters import INCOMING

MOST_ROWS = 5_000_000
ROWS_AT_ONCE = 1 << 16


def of_stream(body: bytes) -> pa.Table:
    """Raises HTTPException (413), ValueError, OSError or pa.ArrowException."""
    reader = pa.ipc.open_stream(body)
    return _counted(reader, reader.schema)


def of_parquet(body: bytes) -> pa.Table:
    """Our columns of it. Texts stay in their dictionaries, as they came, until it is known how long they are;
    what is nested, or has its length in its type, is none of ours. Raises as `of_stream`.
    """
    file = pq.ParquetFile(io.BytesIO(body))
    told = file.metadata
    groups = [told.row_group(number).total_byte_size for number in range(file.num_row_groups)]
    _refuse_more(told.num_rows, sum(groups))
    ours = [one for one in file.schema_arrow if one.name in INCOMING.names]
    for one in ours:
        if pa.types.is_nested(one.type) or pa.types.is_fixed_size_binary(one.type):
            raise ValueError(f"column {one.name}: {one.type}")
    texts = [one.name for one in ours if is_text(one.type)]
    file = pq.ParquetFile(io.BytesIO(body), read_dictionary=texts, metadata=told)
    names = [one.name for one in ours]
    return _counted(file.iter_batches(ROWS_AT_ONCE, columns=names), pa.schema(ours))


def _counted(batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> pa.Table:
    taken, rows, size = [], 0, 0
    for batch, bytes_ in whole(batches):
        rows, size = rows + batch.num_rows, size + bytes_
        _refuse_more(rows, size)
        taken.append(batch)
    return pa.Table.from_batches(taken, taken[0].schema if taken else schema)


def _refuse_more(rows: int, size: int) -> None:
    if rows > MOST_ROWS:
        raise HTTPException(413, "too_many_rows")
    if size > MOST_UNPACKED_BYTES:
        raise HTTPException(413, "body_too_large")
