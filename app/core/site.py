"""What IT decides for a machine: one file outside the user's profile, and on Windows the policies above it.

    version = 1
    plugins = ["name-of-a-distribution"]
    recovery_key = "-----BEGIN PUBLIC KEY-----…"
    oidc_issuer = "https://login.example"
    oidc_client = "wellside"
    fault_reports = "https://support.example/wellside"

    [defaults]                      # stand until somebody chooses otherwise
    units = "ru_field"
    [locked]                        # stand, and are shown as set by IT
    centre_url = "https://centre.example"
    time_zone = "Asia/Yekaterinburg"

It is `site.toml` in the machine's configuration folder (`/etc/wellside`, `C:/ProgramData/wellside`), or where
WELLSIDE_SITE points; `site.json` of earlier versions says the same in JSON. It decides which code runs, so it
is not obeyed when it belongs to neither the system nor who runs the program, when others than its owner may
write it, or when anybody may put another file in its place. Windows keeps that in ACLs, which are not read
here: whoever sets the machine up makes the folder, and lets only administrators write into it.
"""

from __future__ import annotations

import json
import os
import stat
import sys
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType

from app.core import policies
from app.core.declared_settings import SETTINGS
from app.core.errors import KnownError
from app.core.paths import site_file
from app.core.plain import Json, JsonObject

VERSION = 1
WORDS = ("recovery_key", "oidc_issuer", "oidc_client", "fault_reports")
TABLES = {"locked": True, "defaults": False}
KNOWN = {"version", "plugins", *WORDS, *TABLES}
OPEN = {setting.key: setting for setting in SETTINGS if setting.page != "remembered"}
"""What IT may say; what a page remembers by itself is the user's."""


@dataclass(frozen=True)
class Said:
    """A setting's value by IT, and the file or policy that says it."""

    value: Json
    source: str
    locked: bool


@dataclass(frozen=True)
class Site:
    """`plugins` are names of distributions whose entry points may be loaded. `recovery_key`: the public RSA
    key (PEM) that profiles' keys are sealed for, so that IT can open them. `oidc_…`: where people sign in,
    and as which client. `fault_reports`: who is sent reports of the program's faults. `settings` by key.
    `problem`: why the file is not used; `refused`: what of it, or of the policies, is not.
    """

    plugins: tuple[str, ...] = ()
    recovery_key: str = ""
    oidc_issuer: str = ""
    oidc_client: str = ""
    fault_reports: str = ""
    settings: Mapping[str, Said] = field(default_factory=lambda: MappingProxyType({}))
    problem: KnownError | None = None
    refused: tuple[KnownError, ...] = ()


@cache
def site() -> Site:
    """Read once a process: what is loaded cannot be unloaded."""
    return under_policies(read_site(site_file()), policies.of_machine())


def beside(name: str) -> bytes | None:
    """Another file of IT's, by the same rules. None where there is none. Raises KnownError (site_file…)."""
    path = site_file().with_name(name)
    try:
        with path.open("rb") as file:
            if distrust := _distrust(path, os.fstat(file.fileno())):
                raise distrust
            return file.read()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise KnownError("site_file", file=str(path), reason=str(error)) from error


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
        stored = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
        return _told(path, stored)
    except (ValueError, AttributeError, TypeError, RecursionError) as error:
        return Site(problem=KnownError("site_file", file=str(path), reason=str(error)))


def _told(path: Path, stored: JsonObject) -> Site:
    plugins = stored.get("plugins", [])
    if not (isinstance(plugins, list) and all(isinstance(name, str) for name in plugins)):
        raise ValueError("plugins")
    recovery_key, issuer, client, faults = (_word(stored, key) for key in WORDS)
    if stored.get("version", VERSION) > VERSION:  # type: ignore[operator]
        raise ValueError(f"version {stored['version']}")
    said, refused = [], [_unknown(path, key) for key in stored if key not in KNOWN]
    for table, locked in TABLES.items():
        for key, value in stored.get(table, {}).items():  # type: ignore[union-attr]
            said.append((key, value, str(path), locked))
    settings, more = _checked(said)
    names = tuple(str(name) for name in plugins)
    return Site(names, recovery_key, issuer, client, faults, settings, refused=(*refused, *more))


def _word(stored: JsonObject, key: str) -> str:
    word = stored.get(key, "")
    if not isinstance(word, str):
        raise ValueError(key)
    return word


def under_policies(site: Site, told: Iterable[policies.Policy]) -> Site:
    """A group policy stands over the file; what is locked over what is only a default, whoever says it."""
    settings, refused = _checked([(one.key, one.value, one.source, one.locked) for one in told])
    merged = {**site.settings, **{key: said for key, said in settings.items() if _stands(said, site, key)}}
    return replace(site, settings=MappingProxyType(merged), refused=(*site.refused, *refused))


def _stands(said: Said, site: Site, key: str) -> bool:
    before = site.settings.get(key)
    return before is None or said.locked or not before.locked


def _checked(said: Iterable[tuple[str, Json, str, bool]]) -> tuple[dict[str, Said], list[KnownError]]:
    """The first that says a setting is heard, and one that locks it before one that does not."""
    found: dict[str, Said] = {}
    refused = []
    for key, value, source, locked in sorted(said, key=lambda one: not one[3]):
        if key in found:
            continue
        if key not in OPEN:
            refused.append(_unknown(Path(source), key))
            continue
        try:
            found[key] = Said(OPEN[key].check(value), source, locked)
        except KnownError as error:
            called = error.details["called"]
            refused.append(KnownError("site_setting", file=source, setting=key, called=called, value=value))
    return found, refused


def _unknown(path: Path, key: str) -> KnownError:
    return KnownError("site_key", file=str(path), setting=key)


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
