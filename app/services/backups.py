"""A profile in one file under a passphrase, and a profile out of it on another laptop.

It holds everything: journal, attachments, cache, settings, templates, secrets and the key they are under; so
the restored one is the same laptop to the centre. What was sent since the copy was made is sent again under
the same ids, and the centre answers that it has it: nothing is there twice.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from app.core import versioned
from app.core.errors import KnownError
from app.core.files import leads_elsewhere, sync_folder
from app.core.jobs import Job
from app.core.paths import Paths
from app.models import keys, sealed_stream
from app.models.journal_file import files_of
from app.models.store import records
from app.models.store.database import wal_of
from app.services import broken_off
from app.services.workspace import Workspace

VERSION = 1
_LONGEST_HEAD = 10_000
_PIECE = 1 << 20
_NOT_COPIED = ("logs", "reading", "pasted", "demo")
"""Folders of the profile that hold nothing of one's own."""


@dataclass(frozen=True)
class Made:
    """What was written and read back: files and their bytes."""

    path: Path
    files: int
    size: int


def back_up(workspace: Workspace, passphrase: str, out: Path, job: Job | None = None) -> Made:
    """Written beside, read back with the passphrase and compared, then given its name. Raises KnownError
    (passphrase_short, file_not_written, backup_differs).
    """
    said: dict[str, str] = {}
    beside = out.with_name(f"{out.name}.{os.getpid()}.tmp")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            sealed_stream.seal(file, passphrase, _written(workspace, said, job))
            file.flush()
            os.fsync(file.fileno())
        found = {name: digest for name, _, digest in _unpacked(beside, passphrase, None, job)}
        if found != said:
            raise KnownError("backup_differs", file=str(out))
        os.replace(beside, out)
        sync_folder(out.parent)
    except OSError as error:
        raise KnownError("file_not_written", file=str(out), reason=str(error)) from error
    finally:
        beside.unlink(missing_ok=True)
    return Made(out, len(said) - 1, out.stat().st_size)


def is_unused(workspace: Workspace) -> bool:
    """Nothing is lost when another profile takes its place."""
    return not workspace.journal.entries() and not records.wells(workspace.store)


def look(workspace: Workspace, backup: Path, passphrase: str, job: Job | None = None) -> int:
    """Reads the whole of it; the files there are. Raises KnownError (backup_…, restore_not_empty)."""
    if not is_unused(workspace):
        raise KnownError("restore_not_empty", folder=str(workspace.paths.folder))
    return sum(1 for _ in _unpacked(backup, passphrase, None, job)) - 1


def restore(backup: Path, passphrase: str, paths: Paths, job: Job | None = None, *, unused: bool) -> int:
    """Into a profile that is not there, or that is said to be unused (and is closed); returns the files. All
    is unpacked and checked before anything takes its place; what was broken off before its end begins anew.
    Raises KnownError (restore_not_empty, backup_…, file_not_written).
    """
    staging = paths.restoring
    broken_off.cleared(paths)
    if not unused and (paths.journal.exists() or paths.store.exists()):
        raise KnownError("restore_not_empty", folder=str(paths.folder))
    try:
        staging.mkdir(mode=0o700)
        unpacked = [name for name, _, _ in _unpacked(backup, passphrase, staging, job)]
        about = json.loads((staging / "about").read_text(encoding="utf-8"))
        if "journal" not in unpacked or about["version"] > VERSION:
            raise KnownError("backup_damaged", file=str(backup))
        _put_in_place(staging, paths, str(about["folder"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise KnownError("file_not_written", file=str(paths.folder), reason=str(error)) from error
    finally:
        broken_off.cleared(paths)
    return len(unpacked) - 1


# ---- what is in it -----------------------------------------------------------------------------------------


def _written(workspace: Workspace, said: dict[str, str], job: Job | None) -> Iterator[bytes]:
    """Each file as a head (length, JSON) and its bytes; `said` hears the hash of each."""
    paths = workspace.paths
    about = {"version": VERSION, "folder": str(paths.folder)}
    yield from _bytes_of("about", json.dumps(about).encode(), said)
    yield from _bytes_of("key", workspace.key.secret, said)
    with workspace.store.held_still() as files:
        for path in files:
            name = "store.wal" if path.suffix == ".wal" else "store"
            yield from _file(name, path, said, job, workspace.store.read_still)
    with workspace.journal.held_still() as journal:
        yield from _file("journal", journal, said, job)
    for name, path in (("secrets", paths.secrets), ("recovery", paths.recovery)):
        if path.exists():
            yield from _file(name, path, said, job)
    for path in sorted(paths.blobs.iterdir()) if paths.blobs.is_dir() else ():
        if not path.name.startswith("."):
            yield from _file(f"blobs/{path.name}", path, said, job)
    for path in _own_files(paths):
        yield from _file(f"folder/{path.relative_to(paths.folder).as_posix()}", path, said, job)


def _own_files(paths: Paths) -> Iterator[Path]:
    """Settings, templates, views, words: what stands in the folder beside the files that have a place."""
    for path in sorted(paths.folder.iterdir()):
        if path.name in _NOT_COPIED or path.name.startswith(f"{paths.store.stem}.") or path.suffix == ".tmp":
            continue
        found = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from (one for one in found if one.is_file() and not one.is_symlink())


def _bytes_of(name: str, content: bytes, said: dict[str, str]) -> Iterator[bytes]:
    yield _head(name, len(content))
    yield content
    said[name] = hashlib.sha256(content).hexdigest()


def _opened(path: Path) -> AbstractContextManager[BinaryIO]:
    return path.open("rb")


def _file(
    name: str,
    path: Path,
    said: dict[str, str],
    job: Job | None,
    opened: Callable[[Path], AbstractContextManager[BinaryIO]] = _opened,
) -> Iterator[bytes]:
    """No longer than it was when it was begun: a log may grow."""
    left, digest = path.stat().st_size, hashlib.sha256()
    yield _head(name, left)
    with opened(path) as file:
        while left:
            if job is not None:
                job.check()
            piece = file.read(min(left, _PIECE))
            if not piece:
                raise OSError(f"{path}: shorter than it was")
            digest.update(piece)
            left -= len(piece)
            yield piece
    said[name] = digest.hexdigest()


def _head(name: str, size: int) -> bytes:
    told = json.dumps({"name": name, "size": size}).encode()
    return len(told).to_bytes(4, "big") + told


# ---- out of it ---------------------------------------------------------------------------------------------


class _Stream:
    """Bytes of a size out of pieces of another."""

    def __init__(self, pieces: Iterator[bytes], backup: Path) -> None:
        self._pieces, self._rest, self._backup = pieces, b"", backup

    def ended(self) -> bool:
        while not self._rest:
            following = next(self._pieces, None)
            if following is None:
                return True
            self._rest = following
        return False

    def some(self, most: int) -> bytes:
        if self.ended():
            raise KnownError("backup_damaged", file=str(self._backup))
        taken, self._rest = self._rest[:most], self._rest[most:]
        return taken

    def exactly(self, size: int) -> bytes:
        taken = b""
        while len(taken) < size:
            taken += self.some(size - len(taken))
        return taken


def _unpacked(
    backup: Path, passphrase: str, into: Path | None, job: Job | None
) -> Iterator[tuple[str, int, str]]:
    """Each file: (name, size, hash); into a folder, or only looked at."""
    stream = _Stream(sealed_stream.opened(backup, passphrase), backup)
    while not stream.ended():
        length = int.from_bytes(stream.exactly(4), "big")
        if length > _LONGEST_HEAD:
            raise KnownError("backup_damaged", file=str(backup))
        told = json.loads(stream.exactly(length))
        name, left, digest = str(told["name"]), int(told["size"]), hashlib.sha256()
        if leads_elsewhere(name):
            raise KnownError("backup_damaged", file=str(backup))
        with contextlib.ExitStack() as closing:
            out = None
            if into is not None:
                target = into / name
                target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                out = closing.enter_context(os.fdopen(handle, "wb"))
            while left:
                if job is not None:
                    job.check()
                piece = stream.some(min(left, _PIECE))
                digest.update(piece)
                left -= len(piece)
                if out is not None:
                    out.write(piece)
            if out is not None:
                out.flush()
                os.fsync(out.fileno())
        yield name, int(told["size"]), digest.hexdigest()


def _put_in_place(staging: Path, paths: Paths, folder_before: str) -> None:
    """The journal last: with it a profile is there."""
    for old in (*files_of(paths.journal), paths.store, wal_of(paths.store), paths.key_file):
        old.unlink(missing_ok=True)
    keys.put_key(paths, (staging / "key").read_bytes())
    for path in sorted((staging / "folder").rglob("*")) if (staging / "folder").is_dir() else ():
        if path.is_file():
            target = paths.folder / path.relative_to(staging / "folder")
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.replace(path, target)
    _follow_the_folder(paths, folder_before)
    _was_no_crash(paths)
    if (staging / "blobs").is_dir():
        paths.blobs.mkdir(mode=0o700, exist_ok=True)
        for path in (staging / "blobs").iterdir():
            os.replace(path, paths.blobs / path.name)
    places = {
        "secrets": paths.secrets,
        "recovery": paths.recovery,
        "store": paths.store,
        "store.wal": wal_of(paths.store),
        "journal": paths.journal,
    }
    for name, place in places.items():
        if (staging / name).exists():
            os.replace(staging / name, place)
    sync_folder(paths.folder)


def _follow_the_folder(paths: Paths, before: str) -> None:
    """Settings that name a file of the profile name it where it lies now."""
    if not paths.settings.exists() or before == str(paths.folder):
        return
    stored = versioned.read(paths.settings)
    moved = {
        key: value.replace(before, str(paths.folder), 1)
        if isinstance(value, str) and value.startswith(before + os.sep)
        else value
        for key, value in stored.items()
    }
    versioned.write(paths.settings, moved)


def _was_no_crash(paths: Paths) -> None:
    """The profile was copied while its program ran; a damaged note of what was open is a fresh one."""
    with contextlib.suppress(OSError, ValueError):
        versioned.write(paths.session, {**versioned.read(paths.session), "clean": True})
