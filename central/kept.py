"""Small texts that a centre makes once and has for ever: its name, a password."""

from __future__ import annotations

from pathlib import Path

from app.core.errors import KnownError
from app.core.files import write_atomically


def kept(folder: Path, name: str, first: str) -> str:
    """What stands in the file, which only the centre's account reads; `first` where there is none yet. Raises
    KnownError (folder_not_writable).
    """
    path = folder / name
    try:
        if not path.exists():
            write_atomically(path, first.encode())
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise KnownError("folder_not_writable", folder=str(folder), reason=str(error)) from error
