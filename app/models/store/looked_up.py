"""What differs from well to well when anything of its records does, without reading them."""

from __future__ import annotations

from app.models.kinds.spec import Kind
from app.models.records import AttachedFile
from app.models.store import merged
from app.models.store.database import Database


def marks(database: Database, kind: Kind, where: str) -> dict[int, str]:
    """Well → a mark of its records of this kind for which `where` holds, and of their files."""
    with database.reading() as cursor:
        rows = cursor.execute(
            f"SELECT well, count(*), bit_xor(hash(t)) FROM (SELECT * FROM {kind.table} WHERE {where}) t "
            "GROUP BY well"
        ).fetchall()
        found = {int(well): f"{count}:{mark}" for well, count, mark in rows}
        if kind.attaches:
            rows = cursor.execute(
                f"SELECT o.well, bit_xor(hash(a)) FROM attachments a JOIN {kind.table} o ON o.id = a.record "
                "GROUP BY o.well"
            ).fetchall()
            for well, mark in rows:
                if well in found:
                    found[well] += f":{mark}"
    return found


def files(database: Database, kind: Kind, well: int) -> dict[str, list[AttachedFile]]:
    """Record → its files, of the records that are this well's own."""
    with database.reading() as cursor:
        rows = cursor.execute(
            f"SELECT a.record, a.sha256, a.name, a.size FROM attachments a JOIN {kind.table} o "
            "ON o.id = a.record WHERE o.well = ? ORDER BY a.name",
            [well],
        ).fetchall()
    found: dict[str, list[AttachedFile]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(AttachedFile(*row))
    return found


def seen_as(database: Database) -> dict[int, int]:
    """Merged well → the well that people see."""
    with database.reading() as cursor:
        return merged.relation(cursor)
