"""SQLite's own writes, noted below its cipher: a VFS that does what the system's does and tells of it."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import apsw
import pytest

from tests.faults.power.disk import Recording

_JOURNALS = ("-journal", "-wal")


class _File(apsw.VFSFile):
    def __init__(self, recording: Recording, base: str, name: Any, flags: list[int]) -> None:
        self._path = _path_of(name)
        new = not self._path.exists()
        super().__init__(base, name, flags)
        self._recording = recording
        self._number = recording.number(self._path, new=new)
        self._name_is_new = new and self._path.name.endswith(_JOURNALS)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 - SQLite's name
        super().xWrite(data, offset)
        self._recording.wrote(self._number, offset, data)

    def xTruncate(self, size: int) -> None:  # noqa: N802 - SQLite's name
        super().xTruncate(size)
        self._recording.cut(self._number, size)

    def xSync(self, flags: int) -> None:  # noqa: N802 - SQLite's name
        """Nothing waits for the real disk. The system's VFS syncs the folder with the first sync of a journal
        that it has made.
        """
        self._recording.synced(self._number)
        if self._name_is_new:
            self._recording.folder_synced(self._path.parent)
            self._name_is_new = False


class _Quiet(apsw.VFSFile):
    """Nothing waits for the real disk."""

    def xSync(self, flags: int) -> None:  # noqa: N802 - SQLite's name
        """It is not that disk whose power fails."""


class _Vfs(apsw.VFS):
    """One for the process: the cipher's layer over it stays as long as SQLite does."""

    def __init__(self) -> None:
        self.recording: Recording | None = None
        self._base = next(one for one in apsw.vfs_names() if one in ("unix", "win32"))
        super().__init__("recorded", self._base)

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:  # noqa: N802 - SQLite's name
        if self._is_recorded(name):
            assert self.recording is not None
            return _File(self.recording, self._base, name, flags)
        return _Quiet(self._base, name, flags)

    def xDelete(self, name: str, sync_folder: bool) -> None:  # noqa: N802 - SQLite's name
        super().xDelete(name, False)
        if self._is_recorded(name):
            assert self.recording is not None
            self.recording.removed(name)
            if sync_folder:
                self.recording.folder_synced(Path(name).parent)

    def _is_recorded(self, name: Any) -> bool:
        return (
            self.recording is not None
            and name is not None
            and _path_of(name).is_relative_to(self.recording.root)
        )


_VFS: list[_Vfs] = []


def _path_of(name: Any) -> Path:
    return Path(name.filename() if isinstance(name, apsw.URIFilename) else name)


@contextmanager
def recorded(recording: Recording | None = None) -> Iterator[None]:
    """What SQLite writes through apsw is noted, under the cipher; without a recording nothing is, and nothing
    waits for the disk.
    """
    if not _VFS:
        _VFS.append(_Vfs())
    _VFS[0].recording = recording
    opened = functools.partial(apsw.Connection, vfs="multipleciphers-recorded")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(apsw, "Connection", opened)
        yield
    _VFS[0].recording = None
