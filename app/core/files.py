"""Small files that must never be half written."""

from __future__ import annotations

import os
import re
from pathlib import Path, PurePosixPath

from app.core.errors import KnownError


def plain_name(text: str) -> str:
    """What people call a thing, as a file may be called on any system; empty for what leaves nothing."""
    return re.sub(r"[^\w\- .()№]", "_", text.strip())[:80].strip(". ")


def leads_elsewhere(name: str) -> bool:
    """Whether a file that an archive calls so may land outside of the folder it is unpacked into, on any
    system.
    """
    place = PurePosixPath(name)
    return place.is_absolute() or ".." in place.parts or "\\" in name or ":" in name


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` survive a power cut (Windows does this by itself)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def hand_over(path: Path, content: bytes) -> Path:
    """A file for somebody else, wherever it was asked for: whole or not there. Raises KnownError
    (file_not_written).
    """
    try:
        write_atomically(path, content, mode=0o644)
    except OSError as error:
        raise KnownError("file_not_written", file=str(path), reason=str(error)) from error
    return path


def write_atomically(path: Path, content: bytes, *, mode: int = 0o600, durable: bool = True) -> None:
    """Write beside, fsync, rename, fsync the folder: the file is the old one or the new one.

    `durable=False` leaves the moment of writing to the system: for what a power cut may take, written in the
    GUI thread.
    """
    beside = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            if durable:
                os.fsync(file.fileno())
        os.replace(beside, path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    if durable:
        sync_folder(path.parent)
