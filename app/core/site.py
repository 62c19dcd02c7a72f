"""What IT decides for a machine: one JSON file outside the user's profile.

    {"version": 1, "plugins": ["name-of-a-distribution"], "recovery_key": "-----BEGIN PUBLIC KEY-----…",
     "oidc_issuer": "https://login.example", "oidc_client": "wellside"}

It lies in the machine's configuration folder (`/etc/xdg/wellside/site.json`,
`C:/ProgramData/wellside/site.json`), or where WELLSIDE_SITE points. It decides which code runs, so it
is not obeyed when it belongs to neither the system nor who runs the program, when others than its owner may
write it, or when anybody may put another file in its place. Windows keeps that in ACLs, which are not read
here: whoever sets the machine up makes the folder, and lets only administrators write into it.
"""

from __future__ import annotations

import json
import os
import stat
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.core.errors import KnownError
from app.core.paths import site_file

VERSION = 1


@dataclass(frozen=True)
class Site:
    """`plugins` are names of distributions whose entry points may be loaded. `recovery_key`: the public RSA
    key (PEM) that profiles' keys are sealed for, so that IT can open them. `oidc_…`: where people sign in,
    and as which client. `problem`: why the file is not used.
    """

    plugins: tuple[str, ...] = ()
    recovery_key: str = ""
    oidc_issuer: str = ""
    oidc_client: str = ""
    problem: KnownError | None = None


@cache
def site() -> Site:
    """Read once a process: what is loaded cannot be unloaded."""
    return read_site(site_file())


def read_site(path: Path) -> Site:
    """Nothing is allowed where there is no file, and where it cannot be trusted or read."""
    try:
        with path.open(encoding="utf-8") as file:
            distrust = _distrust(path, os.fstat(file.fileno()))
            text = "" if distrust else file.read()
    except FileNotFoundError:
        return Site()
    except (OSError, UnicodeDecodeError) as error:
        return Site(problem=KnownError("site_file", file=str(path), reason=str(error)))
    if distrust:
        return Site(problem=distrust)
    try:
        stored = json.loads(text)
        plugins = stored.get("plugins", [])
        if not (isinstance(plugins, list) and all(isinstance(name, str) for name in plugins)):
            raise ValueError("plugins")
        words = {key: stored.get(key, "") for key in ("recovery_key", "oidc_issuer", "oidc_client")}
        wrong = next((key for key, word in words.items() if not isinstance(word, str)), "")
        if wrong:
            raise ValueError(wrong)
        if stored.get("version", VERSION) > VERSION:
            raise ValueError(f"version {stored['version']}")
    except (ValueError, AttributeError, TypeError, RecursionError) as error:
        return Site(problem=KnownError("site_file", file=str(path), reason=str(error)))
    return Site(tuple(plugins), **words)


def _distrust(path: Path, file: os.stat_result) -> KnownError | None:
    """Why the open file is not obeyed."""
    if sys.platform == "win32":
        return None
    if file.st_uid not in (0, os.geteuid()):
        return KnownError("site_file_owner", file=str(path), uid=file.st_uid)
    if file.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        return KnownError("site_file_open", file=str(path))
    folder = path.parent.stat()
    if folder.st_mode & stat.S_IWOTH and not folder.st_mode & stat.S_ISVTX:
        return KnownError("site_folder_open", file=str(path), folder=str(path.parent))
    return None
