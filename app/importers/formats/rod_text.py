"""Text reports of rod string programs (RODSTAR, QRod, RP 11L): told from tables and refused by name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import BinaryIO

from app.core.errors import KnownError
from app.importers.base import Contents, Importer, Order, looks_binary

_PROGRAMS = (
    (re.compile(r"\brodstar\b", re.IGNORECASE), "RODSTAR"),
    (re.compile(r"\bqrod\b", re.IGNORECASE), "QRod"),
    (re.compile(r"\b(?:api\s+)?rp[\s-]*11\s*-?l\b", re.IGNORECASE), "RP 11L"),
    (re.compile(r"\bsrod\b", re.IGNORECASE), "SROD"),
)
_STRING = re.compile(r"\brod\s+string\b|\btaper\b|\bsucker\s+rod|штангов|ступен", re.IGNORECASE)
_TABLE = re.compile(r"^[^\n]*([;\t,])[^\n]*\1", re.MULTILINE)
LOOKED_AT = 4096


def recognises(path: Path, head: bytes) -> bool:
    return not looks_binary(head) and head[:1] not in (b"{", b"[", b"<") and bool(_program(head))


def _program(head: bytes) -> str:
    """Which program's report it is; empty for a table with separators, whoever wrote it."""
    text = head[:LOOKED_AT].decode("utf-8", "replace")
    named = next((name for pattern, name in _PROGRAMS if pattern.search(text[:600])), "")
    return named if named and _STRING.search(text) and not _TABLE.search(text[:600]) else ""


def read(path: Path, stream: BinaryIO, order: Order) -> Contents:
    raise KnownError("rod_text", file=str(path), program=_program(stream.read(LOOKED_AT)))


IMPORTER = Importer("rod_text", (".rst", ".rsp"), recognises, read)
