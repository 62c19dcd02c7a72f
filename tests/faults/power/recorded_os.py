"""The module `os` as the program's own files see it, with every write, sync and rename noted."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

from tests.faults.power.disk import Recording

FOLDER = 1 << 40
"""Handles of folders are numbers above this: they are opened for nothing but to be synced."""


class _Raw(io.RawIOBase):
    def __init__(self, recording: Recording, handle: int, file: int) -> None:
        self._recording, self._handle, self._file = recording, handle, file

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        at = os.lseek(self._handle, 0, os.SEEK_CUR)
        written = os.write(self._handle, content)
        self._recording.wrote(self._file, at, bytes(content)[:written])
        return written

    def fileno(self) -> int:
        return self._handle

    def close(self) -> None:
        if not self.closed:
            super().close()
            os.close(self._handle)


class RecordedOs:
    """In place of `os` in a module: `monkeypatch.setattr(files, "os", RecordedOs(recording))`."""

    name = "posix"
    """On Windows too: what must survive there is written in the same order."""

    def __init__(self, recording: Recording) -> None:
        self._recording = recording
        self._folders: list[Path] = []
        self._files: dict[int, int] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)

    def open(self, path: Path, flags: int, mode: int = 0o777) -> int:
        if path.is_dir():
            self._folders.append(path)
            return FOLDER + len(self._folders) - 1
        new = not path.exists()
        handle = os.open(path, flags | getattr(os, "O_BINARY", 0), mode)
        self._files[handle] = self._recording.number(path, new=new)
        if flags & os.O_TRUNC and not new:
            self._recording.cut(self._files[handle], 0)
        return handle

    def fdopen(self, handle: int, _: str) -> io.BufferedWriter:
        return io.BufferedWriter(_Raw(self._recording, handle, self._files[handle]))

    def write(self, handle: int, content: bytes) -> int:
        at = os.lseek(handle, 0, os.SEEK_CUR)
        written = os.write(handle, content)
        self._recording.wrote(self._files[handle], at, content[:written])
        return written

    def fsync(self, handle: int) -> None:
        if handle >= FOLDER:
            self._recording.folder_synced(self._folders[handle - FOLDER])
        else:
            self._recording.synced(self._file_of(handle))

    def close(self, handle: int) -> None:
        if handle < FOLDER:
            os.close(handle)

    def replace(self, path: Path, to: Path) -> None:
        whole = path.is_dir()
        os.replace(path, to)
        if not whole:
            self._recording.renamed(path, to)

    def _file_of(self, handle: int) -> int:
        """One that was not opened here is known by what it is."""
        if handle in self._files:
            return self._files[handle]
        about = os.fstat(handle)
        paths = (path for path in self._recording.root.rglob("*") if path.is_file())
        return self._recording.number(next(p for p in paths if os.path.samestat(p.stat(), about)))
