"""Files that hold no table: documents, pictures. They are kept with a well, not read."""

from __future__ import annotations

from pathlib import Path

from app.importers.base import Importer

SUFFIXES = (
    ".pdf",
    ".docx",
    ".doc",
    ".odt",
    ".rtf",
    ".pptx",
    ".jpg",
    ".jpeg",
    ".png",
    ".webp",
    ".bmp",
    ".tif",
    ".tiff",
    ".dwg",
    ".dxf",
    ".msg",
    ".eml",
)
_MARKS = (b"%PDF", b"\xff\xd8\xff", b"\x89PNG", b"II*\0", b"MM\0*", b"GIF8", b"{\\rtf")


def recognises(path: Path, head: bytes) -> bool:
    return path.suffix.lower() in SUFFIXES or head.startswith(_MARKS)


IMPORTER = Importer("document", SUFFIXES, recognises, None)
