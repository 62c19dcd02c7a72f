"""How far the journal has come, told in a file beside it after each of its transactions.

SQLite reads a log up to the first place that is damaged, and a log that is gone as an empty one, without a
word. This file is not waited for: it is written when the transaction is on the disk, so that it is never
ahead of it. After a power cut it may be behind, which says nothing; a journal that is behind it has lost what
was saved.
"""

from __future__ import annotations

import os
import struct
import zlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_FORM, _SUM = struct.Struct(">8sQQ"), struct.Struct(">I")
_BEGINS = b"reached1"


@dataclass(frozen=True)
class Reached:
    """`steps`: what was noted of entries, one after the other; `saved`: entries that are not drafts. Neither
    ever becomes less.
    """

    steps: int
    saved: int


class JournalMark:
    """One thread at a time. A disk that does not take it keeps nobody from saving: it stays behind."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None
        self._last: Reached | None = None

    def read(self) -> Reached | None:
        """None when there is none, or none that is whole."""
        try:
            content = self._path.read_bytes()
        except OSError:
            return None
        body, told = content[: _FORM.size], content[_FORM.size :]
        if len(content) != _FORM.size + _SUM.size or told != _SUM.pack(zlib.crc32(body)):
            return None
        begins, steps, saved = _FORM.unpack(body)
        return Reached(steps, saved) if begins == _BEGINS else None

    def put(self, reached: Reached) -> None:
        """After the transaction is on the disk, and never before."""
        if reached == self._last:
            return
        body = _FORM.pack(_BEGINS, reached.steps, reached.saved)
        with suppress(OSError):
            if self._handle is None:
                self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
            os.lseek(self._handle, 0, os.SEEK_SET)
            os.write(self._handle, body + _SUM.pack(zlib.crc32(body)))
            self._last = reached

    def close(self) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
