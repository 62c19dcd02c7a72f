"""What a parser gives back: rows and remarks, nothing written. Parsers are pure and know no store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.core.errors import KnownError
from app.models.cards import Card
from app.models.readings import Readings
from app.models.well_tests import RecordedTest

LARGEST_FILE = 512 * 1024 * 1024


@dataclass(frozen=True)
class ImportOptions:
    """`mapping` is column header → field ("time", "well", "value", "sensor" or a sensor code)."""

    well: str | None = None
    mapping: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class WellReadings:
    """Readings of one well as the file calls it; `readings.well` is 0 until the well is found."""

    well_name: str | None
    readings: Readings


@dataclass(frozen=True)
class ParseResult:
    """`remarks` are (code, details) of the texts: what was guessed, converted or marked."""

    kind: str
    readings: tuple[WellReadings, ...] = ()
    cards: tuple[Card, ...] = ()
    well_tests: tuple[RecordedTest, ...] = ()
    remarks: tuple[tuple[str, dict[str, Any]], ...] = ()

    @property
    def rows(self) -> int:
        return sum(len(part.readings) for part in self.readings) + len(self.cards) + len(self.well_tests)


@dataclass(frozen=True)
class Importer:
    """`recognises` looks at the name and the first 64 KiB; `parse` works on the content (the path is for messages)
    and raises KnownError with the place of what is wrong."""

    key: str
    suffixes: tuple[str, ...]
    recognises: Callable[[Path, bytes], bool]
    parse: Callable[[Path, bytes, ImportOptions], ParseResult]


def head_of(path: Path) -> bytes:
    """The first 64 KiB, after the checks that hold for every file. Raises KnownError."""
    if not path.exists():
        raise KnownError("file_missing", file=str(path))
    if path.is_dir():
        raise KnownError("file_is_folder", file=str(path))
    try:
        size = path.stat().st_size
        if size == 0:
            raise KnownError("file_empty", file=str(path))
        if size > LARGEST_FILE:
            raise KnownError(
                "file_too_large", file=str(path), size=size // 2**20, limit=LARGEST_FILE // 2**20
            )
        with path.open("rb") as file:
            head = file.read(65_536)
    except OSError as error:
        raise KnownError("file_unreadable", file=str(path), reason=str(error)) from error
    if not head.strip(b"\0"):
        raise KnownError("file_only_zeros", file=str(path))
    return head


def content_of(path: Path) -> bytes:
    """Raises KnownError."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise KnownError("file_unreadable", file=str(path), reason=str(error)) from error


def looks_binary(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    return b"\0" in head or sum(byte < 9 or 13 < byte < 32 for byte in head[:4096]) > 20
