"""Wells that leave the cache with everything that was kept of them."""

from __future__ import annotations

from app.models.store.records import Cursor

_BY_RECORD = (
    ("record_versions", "record"),
    ("attachments", "record"),
    ("import_records", "id"),
    ("record_digests", "id"),
)
"""Rows that name a record, not a well: they go with the records of the wells."""


def remove(cursor: Cursor, wells: list[int], imports: list[str]) -> None:
    """Whatever table has a well, by this version or a later one; of `imports` nothing else stays."""
    tables = cursor.execute(
        """SELECT table_name, bool_or(column_name = 'id') FROM duckdb_columns()
           WHERE schema_name = 'main' AND database_name = current_database()
           GROUP BY table_name HAVING bool_or(column_name = 'well')"""
    ).fetchall()
    for table, has_id in tables:
        if has_id:
            for owned, column in _BY_RECORD:
                cursor.execute(
                    f"DELETE FROM {owned} WHERE {column} IN "
                    f"(SELECT CAST(id AS VARCHAR) FROM {table} WHERE list_contains(?, well))",
                    [wells],
                )
        cursor.execute(f"DELETE FROM {table} WHERE list_contains(?, well)", [wells])
    cursor.execute("DELETE FROM imports WHERE list_contains(?, id)", [imports])
    cursor.execute("DELETE FROM wells WHERE list_contains(?, id)", [wells])
