"""A table in Arrow, as files of programs hold it, as a Sheet: numbers, moments and texts of its own types."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from app.importers.cards_down import points_down
from app.importers.sheets import LINE, Layout, Sheet, column_name

if TYPE_CHECKING:
    import pyarrow as pa


def sheet_of_arrow(path: Path, table: pa.Table) -> Sheet:
    """Of a table that Arrow has checked whole."""
    import pyarrow as pa

    columns = {column_name(index): _plain(column) for index, column in enumerate(table.columns)}
    columns[LINE] = pa.array(np.arange(1, table.num_rows + 1))
    headers = tuple(table.column_names)
    sheet = Sheet(path.stem, Layout(0, 1, None, 0), headers, ("",) * len(headers), pa.table(columns))
    return points_down(sheet)


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    import pyarrow as pa
    import pyarrow.compute as pc

    type_ = column.type
    try:
        if pa.types.is_timestamp(type_) or pa.types.is_date(type_):
            # Of times that name their zone the instant is kept: they are no clocks of the field.
            return pc.cast(column, pa.timestamp("us", "UTC" if getattr(type_, "tz", None) else None))
        if pa.types.is_integer(type_) or pa.types.is_floating(type_) or pa.types.is_decimal(type_):
            return pc.cast(column, pa.float64())
        return pc.cast(column, pa.string())
    except pa.ArrowException:
        return pa.chunked_array([pa.nulls(len(column), pa.string())])  # a nested column is nothing we know
