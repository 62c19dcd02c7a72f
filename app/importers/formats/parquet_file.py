"""Tables in Parquet."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import numpy as np

from app.core.errors import KnownError
from app.importers.base import Contents, Importer, Order, whole
from app.importers.cards_down import points_down
from app.importers.sheets import LINE, MOST_COLUMNS, Layout, Sheet, column_name


def recognises(path: Path, head: bytes) -> bool:
    return head.startswith(b"PAR1") or path.suffix.lower() == ".parquet"


def read(path: Path, stream: BinaryIO, order: Order) -> Contents:
    import pyarrow as pa
    import pyarrow.compute as pc
    from pyarrow import parquet

    content = whole(path, stream)
    try:
        table = parquet.read_table(pa.BufferReader(content), use_threads=False)
        table.validate(full=True)  # texts that are no UTF-8 are found here, not where they are shown
        headers = tuple(table.column_names)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise KnownError("parquet_broken", file=str(path)) from error
    if table.num_columns > MOST_COLUMNS:
        raise KnownError(
            "too_many_columns", file=str(path), sheet=path.name, count=table.num_columns, limit=MOST_COLUMNS
        )
    columns = {}
    for index, column in enumerate(table.columns):
        type_ = column.type
        try:
            if pa.types.is_timestamp(type_) or pa.types.is_date(type_):
                # Of times that name their zone the instant is kept: they are no clocks of the field.
                column = pc.cast(column, pa.timestamp("us", "UTC" if getattr(type_, "tz", None) else None))
            elif pa.types.is_integer(type_) or pa.types.is_floating(type_) or pa.types.is_decimal(type_):
                column = pc.cast(column, pa.float64())
            else:
                column = pc.cast(column, pa.string())
        except pa.ArrowException:
            column = pa.nulls(table.num_rows, pa.string())  # a nested column is nothing that we know
        columns[column_name(index)] = column
    columns[LINE] = pa.array(np.arange(1, table.num_rows + 1))
    sheet = Sheet(path.stem, Layout(0, 1, None, 0), headers, ("",) * len(headers), pa.table(columns))
    return Contents((points_down(sheet),))


IMPORTER = Importer("parquet", (".parquet",), recognises, read)
