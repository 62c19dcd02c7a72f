"""What a runtime holds is what the lock says for Windows, and all that its libraries load is there."""

from __future__ import annotations

import re
from pathlib import Path

from pip._vendor.packaging.markers import Marker

from app.core.version import package_name
from installer import runtime
from installer.layout import PACKAGES, Layer

LINE = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)(?: ; (.*?))? \\$")
RENAMED = re.compile(rb"[A-Za-z0-9_.]+-[0-9a-f]{32}\.dll")
NAMED = re.compile(r"^(Name|Version): (.+)$", re.MULTILINE)


def check(lower: Layer) -> None:
    """Raises SystemExit with what differs."""
    wanted = locked(runtime.wanted(runtime.LOCKED.read_text(encoding="utf-8")), lower.about["python"])
    found = held(lower.folder / PACKAGES)
    if gone := missing(lower.folder / PACKAGES):
        raise SystemExit(f"{lower.name} lacks what its files load: {', '.join(gone)}")
    if wanted != found:
        differing = sorted(f"{name} {version}" for name, version in wanted.items() ^ found.items())
        raise SystemExit(f"{lower.name} is not what is locked: {', '.join(differing)}")


def missing(packages: Path) -> list[str]:
    """Libraries of wheels (renamed with a hash) that a file names and nobody has. Looked for in the bytes:
    what is loaded late stands in no ordinary table of imports.
    """
    binaries = [path for path in packages.rglob("*") if path.suffix in (".pyd", ".dll")]
    there = {path.name.encode() for path in binaries}
    named = {name for path in binaries for name in RENAMED.findall(path.read_bytes())}
    return sorted(name.decode() for name in named - there)


def locked(lock: str, version: str) -> dict[str, str]:
    """Name → version of the lines that hold for CPython of this version on Windows."""
    about = {
        "sys_platform": "win32",
        "os_name": "nt",
        "platform_system": "Windows",
        "platform_machine": "AMD64",
        "python_full_version": version,
        "python_version": version.rpartition(".")[0],
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    lines = [pinned for line in lock.splitlines() if (pinned := LINE.match(line))]
    return {line[1].lower(): line[2] for line in lines if not line[3] or Marker(line[3]).evaluate(about)}


def held(packages: Path) -> dict[str, str]:
    """By their own metadata."""
    found = {}
    for about in sorted(packages.glob("*.dist-info/METADATA")):
        named = dict(reversed(NAMED.findall(about.read_text(encoding="utf-8"))))
        found[package_name(named["Name"])] = named["Version"]
    return found
