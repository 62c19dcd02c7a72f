"""Marks of files of offices, and what is refused before a book is taken apart."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from app.core.errors import KnownError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What an older file begins with, and a newer one under a password."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_NO_BOOKS = (".doc", ".ppt", ".msg")


def is_no_book(path: Path) -> bool:
    """Of a file that begins with OLE: its name alone tells a text from a workbook."""
    return path.suffix.lower() in _NO_BOOKS


def refuse_encrypted(path: Path, content: bytes) -> None:
    """Raises KnownError (file_password)."""
    if content.startswith(OLE) and _ENCRYPTED in content:
        raise KnownError("file_password", file=str(path))


def refuse_large(path: Path, sheet: Any, most: int) -> None:
    """Raises KnownError (too_many_cells) before a cell is read."""
    count = sheet.total_height * sheet.total_width
    if count > most:
        raise KnownError("too_many_cells", file=str(path), sheet=sheet.name, count=count, limit=most)
