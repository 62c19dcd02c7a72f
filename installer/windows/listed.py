"""What a runtime holds is what the lock says for Windows: no package more, less or other."""

from __future__ import annotations

import re
from pathlib import Path

from pip._vendor.packaging.markers import Marker

from installer import runtime
from installer.layout import PACKAGES, Layer

LINE = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)(?: ; (.*?))? \\$")
NAMED = re.compile(r"^(Name|Version): (.+)$", re.MULTILINE)


def check(lower: Layer) -> None:
    """Raises SystemExit with what differs."""
    wanted = locked(runtime.wanted(runtime.LOCKED.read_text(encoding="utf-8")), lower.about["python"])
    found = held(lower.folder / PACKAGES)
    if wanted != found:
        differing = sorted(f"{name} {version}" for name, version in wanted.items() ^ found.items())
        raise SystemExit(f"{lower.name} is not what is locked: {', '.join(differing)}")


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
        found[re.sub(r"[-_.]+", "-", named["Name"]).lower()] = named["Version"]
    return found
