"""Wells that an import made or gave another name, and how they go with it."""

from __future__ import annotations

from dataclasses import replace

from app.models.kinds import KINDS
from app.models.store.records import Cursor, put_wells, wells_in
from app.models.wells import Well

_BY_IMPORT = {"cards": "import_id = ?", "well_tests": "import_id = ?"}


def made(cursor: Cursor, import_id: str, well: Well) -> None:
    put_wells(cursor, [well])
    cursor.execute("INSERT INTO import_wells (import_id, well) VALUES (?, ?)", [import_id, well.id])


def named(cursor: Cursor, import_id: str, well: Well, alias: str) -> None:
    put_wells(cursor, [replace(well, aliases=(*well.aliases, alias))])
    cursor.execute(
        "INSERT INTO import_wells (import_id, well, alias) VALUES (?, ?, ?)", [import_id, well.id, alias]
    )


def placed(cursor: Cursor, import_id: str, well: Well, place: dict[str, str]) -> None:
    """The field and the pad of a well of which nobody had said them; its uid stays."""
    field, pad = place.get("field_name", well.field_name), place.get("pad", well.pad)
    put_wells(cursor, [replace(well, field_name=field, pad=pad)])
    for name in place:
        cursor.execute(
            "INSERT INTO import_wells (import_id, well, filled) VALUES (?, ?, ?)", [import_id, well.id, name]
        )


def used_by_others(cursor: Cursor, import_id: str) -> str | None:
    """The name of a well that this import made and that holds more than what it brought."""
    rows = cursor.execute(
        "SELECT w.id, w.name FROM import_wells i JOIN wells w ON w.id = i.well WHERE import_id = ? AND "
        "alias IS NULL AND filled IS NULL",
        [import_id],
    ).fetchall()
    for number, name in rows:
        if _is_merged(cursor, number) or _holds_more(cursor, import_id, number):
            return str(name)
    return None


def _is_merged(cursor: Cursor, number: int) -> bool:
    """With another well, that would lose the one that it is seen under."""
    row = cursor.execute("SELECT count(*) FROM merged_wells WHERE into_well = ?", [number]).fetchone()
    return bool(row and row[0])


def _holds_more(cursor: Cursor, import_id: str, number: int) -> bool:
    for table in ("cards", "well_tests", *(kind.table for kind in KINDS)):
        own = _BY_IMPORT.get(table, "id IN (SELECT id FROM import_records WHERE import_id = ?)")
        row = cursor.execute(
            f"SELECT count(*) FROM {table} WHERE well = ? AND NOT coalesce({own}, false)", [number, import_id]
        ).fetchone()
        if row and row[0]:
            return True
    row = cursor.execute(
        """SELECT count(*) FROM readings r WHERE r.well = ? AND NOT EXISTS (SELECT 1 FROM import_rows i
           WHERE i.import_id = ? AND i.well = r.well AND i.sensor = r.sensor AND i.ts = r.ts)""",
        [number, import_id],
    ).fetchone()
    return bool(row and row[0])


def undo(cursor: Cursor, import_id: str) -> None:
    rows = cursor.execute(
        "SELECT well, alias, filled FROM import_wells WHERE import_id = ?", [import_id]
    ).fetchall()
    by_id = {int(well.id): well for well in wells_in(cursor)}
    for number, alias, filled in rows:
        if alias is None and filled is None:
            cursor.execute("DELETE FROM wells WHERE id = ?", [number])
        elif number in by_id:
            well = by_id[number]
            known = tuple(one for one in well.aliases if one != alias)
            by_id[number] = replace(
                well,
                aliases=known,
                field_name="" if filled == "field_name" else well.field_name,
                pad="" if filled == "pad" else well.pad,
            )
            put_wells(cursor, [by_id[number]])
    cursor.execute("DELETE FROM import_wells WHERE import_id = ?", [import_id])
