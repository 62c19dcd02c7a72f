"""What stands in the documents that are kept, by their content's hash: read again when it is lost."""

from __future__ import annotations

from app.models.store.database import Database


def known(database: Database, sha256: str) -> str | None:
    with database.reading() as cursor:
        row = cursor.execute("SELECT words FROM document_texts WHERE sha256 = ?", [sha256]).fetchone()
    return None if row is None else str(row[0])


def put(database: Database, sha256: str, words: str) -> None:
    with database.writing() as cursor:
        cursor.execute("INSERT OR REPLACE INTO document_texts VALUES (?, ?)", [sha256, words])
