"""Rows into a table through Arrow: a hundred times faster than one bound statement a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb


def put(
    cursor: duckdb.DuckDBPyConnection,
    table: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    keyed: bool = True,
) -> None:
    """Insert, or replace by primary key where the table has one (`keyed`). `table` and `columns` are ours,
    the values may be anything.
    """
    if not rows:
        return
    mode = "OR REPLACE" if keyed else ""
    import pyarrow as pa  # 65 ms that a start need not wait for

    incoming = pa.table({name: pa.array([row[i] for row in rows]) for i, name in enumerate(columns)})
    cursor.register("incoming", incoming)
    try:
        cursor.execute(f"INSERT {mode} INTO {table} BY NAME SELECT * FROM incoming")
    finally:
        cursor.unregister("incoming")
