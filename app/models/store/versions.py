"""What a record was after each change, and the files that belong to it."""

from __future__ import annotations

import json

from app.core.clock import from_us
from app.core.plain import JsonObject
from app.models.kinds import KINDS
from app.models.records import AttachedFile, Version
from app.models.store import merged
from app.models.store.database import Database
from app.models.store.records import Cursor, naive


def add_version(cursor: Cursor, version: Version) -> None:
    cursor.execute(
        "INSERT OR REPLACE INTO record_versions VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            version.record,
            version.number,
            version.entry,
            naive(version.saved_at),
            version.author,
            version.action,
            json.dumps(version.body, ensure_ascii=False),
        ],
    )


def versions(database: Database, record_id: str) -> list[Version]:
    """Oldest first."""
    with database.reading() as cursor:
        return versions_in(cursor, record_id)


def versions_in(cursor: Cursor, record_id: str) -> list[Version]:
    rows = cursor.execute(
        """SELECT record, version, entry, epoch_us(saved_at), author, action, body FROM record_versions
           WHERE record = ? ORDER BY version""",
        [record_id],
    ).fetchall()
    return [Version(r[0], r[1], r[2], from_us(r[3]), r[4], r[5], json.loads(r[6])) for r in rows]


def import_of(database: Database, record_id: str) -> AttachedFile | None:
    """The file that a record came from; its content lies with the journal."""
    with database.reading() as cursor:
        row = cursor.execute(
            "SELECT i.sha256, i.file_name FROM import_records r JOIN imports i ON i.id = r.import_id WHERE "
            "r.id = ? ORDER BY i.id DESC LIMIT 1",
            [record_id],
        ).fetchone()
    return AttachedFile(record_id, row[0], row[1], 0) if row else None


def import_behind(database: Database, record_id: str) -> str | None:
    """The import that a record stands here as, not taken back since."""
    with database.reading() as cursor:
        row = cursor.execute(
            "SELECT i.id FROM import_records r JOIN imports i ON i.id = r.import_id WHERE r.id = ? AND NOT "
            "i.undone ORDER BY i.id DESC LIMIT 1",
            [record_id],
        ).fetchone()
    return str(row[0]) if row else None


def as_imported(database: Database, record_id: str) -> JsonObject | None:
    """What a file brought, before the first change of it here; None for a record that no file brought."""
    with database.reading() as cursor:
        row = cursor.execute(
            "SELECT body FROM record_versions WHERE record = ? AND action = 'imported' ORDER BY version "
            "LIMIT 1",
            [record_id],
        ).fetchone()
    return dict(json.loads(row[0])) if row else None


def attach(cursor: Cursor, files: list[AttachedFile]) -> None:
    for file in files:
        cursor.execute(
            "INSERT OR REPLACE INTO attachments VALUES (?, ?, ?, ?)",
            [file.record, file.sha256, file.name, file.size],
        )


def attached(database: Database, well: int) -> dict[str, list[AttachedFile]]:
    """Files of a well's documents, notes, workovers and analyses, by record."""
    owners = " UNION ALL ".join(f"SELECT id, well FROM {kind.table}" for kind in KINDS if kind.attaches)
    with database.reading() as cursor:
        wells = merged.parts(cursor, well)
        places = merged.places(wells)
        rows = cursor.execute(
            f"SELECT a.record, a.sha256, a.name, a.size FROM attachments a JOIN ({owners}) o ON o.id = "
            f"a.record WHERE o.well IN ({places}) ORDER BY a.name",
            wells,
        ).fetchall()
    found: dict[str, list[AttachedFile]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(AttachedFile(*row))
    return found
