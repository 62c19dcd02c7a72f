"""One file packed by gzip: read as a stream, as if it came unpacked. Other packers are refused by name."""

from __future__ import annotations

import gzip
import io
import zlib
from pathlib import Path
from typing import Any, BinaryIO

from app.core.errors import KnownError
from app.importers.archive_checks import MOST_RATIO, SMALL
from app.importers.base import HEAD, Contents, Importer, Order

_GZIP = b"\x1f\x8b"
_OTHERS = {
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"Rar!\x1a\x07": "rar",
    b"BZh91AY": "bzip2",
    b"\xfd7zXZ\0": "xz",
    b"\x28\xb5\x2f\xfd": "zstd",
    b"MSCF\0": "cab",
}
_TAR = slice(257, 262)
MOST_BYTES = 4 * 1024**3
"""Unpacked. A text is streamed, so this is no matter of memory; other formats have their own limit."""


def recognises(path: Path, head: bytes) -> bool:
    return head.startswith((_GZIP, *_OTHERS)) or head[_TAR] == b"ustar"


def read(path: Path, stream: BinaryIO, order: Order) -> Contents:
    packed = _Counted(stream)
    start = packed.peek()
    if not start.startswith(_GZIP):
        kind = next((kind for mark, kind in _OTHERS.items() if start.startswith(mark)), "tar")
        raise KnownError("file_packed", file=str(path), kind=kind)
    source = io.BufferedReader(_Unpacked(path, packed), HEAD)
    head = source.peek(HEAD)
    inner = path.with_suffix("") if path.suffix.lower() in (".gz", ".gzip") else path
    if head[_TAR] == b"ustar":
        raise KnownError("file_packed", file=str(path), kind="tar")
    importer = next((one for one in order.formats if one.recognises(inner, head)), None) if head else None
    if importer is None or importer.read is None or importer.key in ("packed", "zip"):
        raise KnownError("archive_nothing", file=str(path))
    return importer.read(inner, source, order)


class _Counted(io.RawIOBase):
    """The packed bytes, and how many of them were taken."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._head = stream.read(HEAD)
        self.taken = 0

    def peek(self) -> bytes:
        return self._head

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self._head:
            piece, self._head = self._head[: len(buffer)], self._head[len(buffer) :]
        else:
            piece = self._stream.read(len(buffer))
        buffer[: len(piece)] = piece
        self.taken += len(piece)
        return len(piece)


class _Unpacked(io.RawIOBase):
    """What comes out, as long as it is in proportion to what went in."""

    def __init__(self, path: Path, packed: _Counted) -> None:
        self._path, self._packed, self._given = path, packed, 0
        self._file = gzip.GzipFile(fileobj=io.BufferedReader(packed, HEAD))

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            piece = self._file.read(len(buffer))
        except (OSError, EOFError, zlib.error) as error:
            raise KnownError("packed_broken", file=str(self._path)) from error
        buffer[: len(piece)] = piece
        self._given += len(piece)
        out_of_proportion = self._given > 16 * SMALL and self._given > MOST_RATIO * max(self._packed.taken, 1)
        if self._given > MOST_BYTES or out_of_proportion:
            reason = f"{self._packed.taken // 1024} KiB → {self._given // 2**20} MiB"
            raise KnownError("archive_bomb", file=str(self._path), reason=reason)
        return len(piece)


IMPORTER = Importer("packed", (".gz",), recognises, read)
