"""What IT decides for a machine: one JSON file outside the user's profile.

    {"version": 1, "plugins": ["name-of-a-distribution"]}

It lies in the machine's configuration folder (`/etc/xdg/wellside/site.json`,
`C:/ProgramData/wellside/site.json`), or where WELLSIDE_SITE points. A file that others than its owner may
write is not trusted: it decides which code runs.
"""

from __future__ import annotations

import json
import os
import stat
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.core.errors import KnownError
from app.core.paths import site_file

VERSION = 1


@dataclass(frozen=True)
class Site:
    """`plugins` are names of distributions whose entry points may be loaded. `problem`: why the file is not
    used.
    """

    plugins: tuple[str, ...] = ()
    problem: KnownError | None = None


@cache
def site() -> Site:
    """Read once a process: what is loaded cannot be unloaded."""
    return read_site(site_file())


def read_site(path: Path) -> Site:
    """Nothing is allowed where there is no file, and where it cannot be trusted or read."""
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Site()
    except (OSError, UnicodeDecodeError) as error:
        return Site(problem=KnownError("site_file", file=str(path), reason=str(error)))
    if os.name != "nt" and mode & (stat.S_IWGRP | stat.S_IWOTH):
        return Site(problem=KnownError("site_file_open", file=str(path)))
    try:
        stored = json.loads(text)
        plugins = stored.get("plugins", [])
        if not (isinstance(plugins, list) and all(isinstance(name, str) for name in plugins)):
            raise ValueError("plugins")
        if stored.get("version", VERSION) > VERSION:
            raise ValueError(f"version {stored['version']}")
    except (ValueError, AttributeError, TypeError, RecursionError) as error:
        return Site(problem=KnownError("site_file", file=str(path), reason=str(error)))
    return Site(tuple(plugins))
