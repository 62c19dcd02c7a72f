"""What a format's reader gives back: tables and records as the file has them. Readers are pure and know no
store.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from app.core.errors import KnownError, Remark
from app.core.plain import JsonObject
from app.importers.sheets import Layout, Sheet
from app.importers.vocabulary import Vocabulary

LARGEST_WHOLE = 512 * 1024 * 1024
"""A file that must be held whole. Text tables are streamed and may be longer."""

HEAD = 65_536


@dataclass(frozen=True)
class Order:
    """What is asked of a reader. `layouts` by sheet, where a person has moved the header; `preview`: the
    first block will do; `formats`: what the members of an archive may be.
    """

    words: Vocabulary
    layouts: Mapping[str, Layout] = field(default_factory=dict)
    preview: bool = False
    formats: Iterable[Importer] = ()


@dataclass(frozen=True)
class Thing:
    """One JSON object that is no table: a card or a well test in our format, checked by its own parser
    afterwards.
    """

    importer: str
    data: JsonObject
    file: str


@dataclass(frozen=True)
class Contents:
    """`close` lets go of a file that is still being read; to be called whatever happens."""

    sheets: tuple[Sheet, ...] = ()
    things: tuple[Thing, ...] = ()
    remarks: tuple[Remark, ...] = ()
    close: Callable[[], None] = lambda: None


@dataclass(frozen=True)
class Importer:
    """`recognises` looks at the name and the first 64 KiB; `read` raises KnownError with the place of what is
    wrong.

    `path` is for its suffix and for messages: what is read is `stream`. A format that is no data (a picture,
    a PDF) has no reader: such a file can only be attached.
    """

    key: str
    suffixes: tuple[str, ...]
    recognises: Callable[[Path, bytes], bool]
    read: Callable[[Path, BinaryIO, Order], Contents] | None


def head_of(path: Path) -> bytes:
    """The first 64 KiB, after the checks that hold for every file. Raises KnownError."""
    if not path.exists():
        raise KnownError("file_missing", file=str(path))
    if path.is_dir():
        raise KnownError("file_is_folder", file=str(path))
    try:
        if path.stat().st_size == 0:
            raise KnownError("file_empty", file=str(path))
        with path.open("rb") as file:
            head = file.read(HEAD)
    except PermissionError as error:
        raise KnownError("file_locked", file=str(path), reason=str(error), retry=True) from error
    except OSError as error:
        raise KnownError("file_unreadable", file=str(path), reason=str(error)) from error
    if not head.strip(b"\0"):
        raise KnownError("file_only_zeros", file=str(path))
    return head


def content_of(path: Path) -> bytes:
    """Raises KnownError, also for a file too large to be held whole."""
    try:
        with path.open("rb") as file:
            return whole(path, file)
    except PermissionError as error:
        raise KnownError("file_locked", file=str(path), reason=str(error), retry=True) from error
    except OSError as error:
        raise KnownError("file_unreadable", file=str(path), reason=str(error)) from error


def whole(path: Path, stream: BinaryIO, largest: int = LARGEST_WHOLE) -> bytes:
    """Raises KnownError (file_too_large)."""
    content = stream.read(largest + 1)
    if len(content) > largest:
        limit = largest // 2**20
        raise KnownError("file_too_large", file=str(path), size=f">{limit}", limit=limit)
    return content


ZEROS = re.compile(rb"\0{4,}")
"""Where a disk was full or its power gone: a text with such runs is a text."""


def looks_binary(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or utf16_of(head):
        return False
    head = ZEROS.sub(b"", head)
    return b"\0" in head or sum(byte < 9 or 13 < byte < 32 for byte in head[:4096]) > 20


def utf16_of(head: bytes) -> str:
    """utf-16-le or -be of a text without a mark, empty when it is none: every other byte of separators,
    digits and line ends is zero, and what comes out is text.
    """
    cut = head[:4096]
    cut = cut[: len(cut) // 2 * 2]
    zeros = {"utf-16-le": cut[1::2].count(0), "utf-16-be": cut[::2].count(0)}
    encoding = max(zeros, key=lambda name: zeros[name])
    if len(cut) < 8 or zeros[encoding] < len(cut) // 20:
        return ""
    text = cut.decode(encoding, "replace")
    plain = sum(ch in "\t\r\n" or " " <= ch < "\u0530" or "\u2000" <= ch < "\u2300" for ch in text)
    return encoding if plain >= 0.98 * len(text) else ""
