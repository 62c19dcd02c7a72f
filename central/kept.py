"""Small texts that a centre makes once and has for ever: its name, a password."""

from __future__ import annotations

import secrets
from pathlib import Path

from app.core.errors import KnownError
from app.core.files import write_atomically
from central.config import NAME_FILE


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


def name_of_the_centre(folder: Path) -> str:
    """The same for ever, and no other centre's: a broker keeps what came for it while it was away, and throws
    out whoever comes by a name that is there.
    """
    return kept(folder, NAME_FILE, secrets.token_hex(8))
