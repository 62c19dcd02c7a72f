"""Wells that leave the cache with everything that was kept of them."""

from __future__ import annotations

from app.models.store import merging
from app.models.store.records import Cursor

_BY_RECORD = (
    ("record_versions", "record"),
    ("attachments", "record"),
    ("import_records", "id"),
    ("record_digests", "id"),
)
"""Rows that name a record, not a well: they go with the records of the wells."""


_TABLES = """SELECT t.table_name, bool_or(c.column_name = 'id')
    FROM duckdb_tables() t JOIN duckdb_columns() c USING (table_oid)
    WHERE t.database_name = 'cache' AND NOT t.temporary
    GROUP BY t.table_name HAVING bool_or(c.column_name = 'well') ORDER BY 1"""
"""Whatever table has a well, by this version or a later one; and whether its rows have names."""


def remove(cursor: Cursor, wells: list[int], imports: list[str]) -> None:
    """With all that speaks of their records; of `imports` nothing else stays."""
    for table, has_id in cursor.execute(_TABLES).fetchall():
        for owned, column in _BY_RECORD if has_id else ():
            cursor.execute(
                f"DELETE FROM {owned} WHERE {column} IN "
                f"(SELECT CAST(id AS VARCHAR) FROM {table} WHERE list_contains(?, well))",
                [wells],
            )
    take_out(cursor, wells)
    cursor.execute("DELETE FROM imports WHERE list_contains(?, id)", [imports])


def is_bare(cursor: Cursor, well: int) -> bool:
    """Nothing stands at it."""
    return not any(
        cursor.execute(f"SELECT 1 FROM {table} WHERE well = ? LIMIT 1", [well]).fetchone()
        for table, _ in cursor.execute(_TABLES).fetchall()
    )


def take_out(cursor: Cursor, wells: list[int]) -> None:
    """Every row of the wells. What was merged is parted first: the well that stays keeps what is its own."""
    cursor.execute("DELETE FROM well_merges WHERE list_contains(?, well)", [wells])
    merging.settle(cursor)
    for table, _ in cursor.execute(_TABLES).fetchall():
        cursor.execute(f"DELETE FROM {table} WHERE list_contains(?, well)", [wells])
    cursor.execute("DELETE FROM wells WHERE list_contains(?, id)", [wells])
    merging.settle(cursor)
