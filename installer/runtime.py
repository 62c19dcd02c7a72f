"""The lower layer: CPython and the pinned wheels, each checked against its hash, for a platform.

Whoever brings an interpreter (`cpython.py` that of Linux) is a function `(python_folder) -> version`.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from installer import bytecode, trimming
from installer.layout import EXTRA, PACKAGES, PYTHON, RUNTIME, Layer, Platform, begun, finish
from tools.packages import ROOT, uv

LOCKED = ROOT / "requirements" / "run.txt"


def build(root: Path, platform: Platform, bring_python: Callable[[Path], str]) -> Layer:
    """Below `root`. Raises SystemExit where a wheel cannot be had or is another."""
    with begun(root) as building:
        version = bring_python(building / PYTHON)
        install(building / PACKAGES, platform, version)
        trimming.trim(building / PACKAGES, platform, PACKAGES)
        bytecode.compile_all(building)
        bytecode.leave_sources(building, trimming.sources_that_stay(platform))
        return finish(building, RUNTIME, {"platform": platform.key, "python": version})


def build_extra(root: Path, platform: Platform, name: str, python: str) -> Layer:
    """A folder beside the layers: `start.py` searches what is there."""
    with begun(root) as building:
        install(building, platform, python, name)
        trimming.trim(building, platform, f"extra-{name}")
        bytecode.compile_all(building)
        return finish(building, EXTRA, {"platform": platform.key, "python": python}, name)


def wanted(lock: str, extra: str = "") -> str:
    """The part of a lock that a runtime, or an extra beside it, is made of."""
    of_extras = trimming.extras()
    if extra:
        return trimming.locked_without(lock, trimming.locked_names(lock) - of_extras[extra])
    return trimming.locked_without(lock, trimming.left_out_whole().union(*of_extras.values()))


def install(packages: Path, platform: Platform, python: str, extra: str = "") -> None:
    """The wheels of the lock, or of an extra, for another platform, too: uv judges markers for that one, pip
    for its own.
    """
    kept = wanted(LOCKED.read_text(encoding="utf-8"), extra)
    with tempfile.TemporaryDirectory() as folder:
        locked = Path(folder) / LOCKED.name
        locked.write_text(kept, encoding="utf-8")
        of = ("--python-platform", platform.tag, "--python-version", python)
        checked = ("--no-deps", "--require-hashes", "--only-binary", ":all:", "-r", str(locked))
        # Links into uv's cache where it can make them: here files are taken away and added, none is changed.
        how = ("--quiet", "--target", str(packages))
        if not uv("pip", "install", *how, *of, *checked):
            raise SystemExit(f"the locked wheels for {platform.key} could not be had")
