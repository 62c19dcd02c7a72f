"""A well follows its passport: the record says what it is called, its line among the wells is what pages and
files find it by.
"""

from __future__ import annotations

from app.models.kinds import KINDS
from app.models.records import Record
from app.models.store.records import Cursor, put_wells, wells_in

KIND = "well_passport"


def apply(cursor: Cursor, record: Record) -> None:
    well = next(well for well in wells_in(cursor) if well.id == record.well_id)
    put_wells(cursor, [well.as_told(record.values)])


def taken_back(cursor: Cursor, record: Record) -> None:
    """A well that was made by mistake goes with its passport; one that holds anything stays."""
    tables = ("cards", "well_tests", "readings", *(kind.table for kind in KINDS))
    holds = " UNION ALL ".join(f"SELECT well FROM {table}" for table in tables)
    holds += " UNION ALL SELECT into_well FROM merged_wells"
    cursor.execute(
        f"DELETE FROM wells WHERE id = ? AND NOT EXISTS (SELECT 1 FROM ({holds}) WHERE well = ?)",
        [record.well_id, record.well_id],
    )
