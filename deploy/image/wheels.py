"""Which of the centre's locked wheels the image needs: what `central` may load, and what that needs.

So the window and the charts stay out by themselves; the laptop's stores come for the nights. The embedded
engine, most of it all, is a part of its own: a site has a ClickHouse.
"""

from __future__ import annotations

import importlib.metadata
import re
import sys
import tempfile
from functools import cache
from pathlib import Path

import grimp
from packaging.requirements import Requirement

from installer.trimming import locked_names, locked_without
from tools.packages import ROOT, uv

LOCKED = ROOT / "requirements" / "central.txt"
ENGINE = frozenset({"chdb", "chdb-core"})
BY_NAME = frozenset({"oracledb", "psycopg", "psycopg-binary", "python-multipart", "tzdata"})
"""Named in addresses of databases, looked for by FastAPI and by `zoneinfo`: no import says so."""
PLATFORM = "x86_64-manylinux_2_28"
PYTHON = "3.11"


@cache
def loaded() -> frozenset[str]:
    """Distributions whose modules ours can reach from `central`; those that no import names are added."""
    graph = grimp.build_graph("app", "central", include_external_packages=True)
    reached: set[str] = set()
    for module in graph.modules:
        if module == "central" or module.startswith("central."):
            reached |= graph.find_upstream_modules(module)
    tops = {name.partition(".")[0] for name in reached} - {"app", "central"} - set(sys.stdlib_module_names)
    of_module = importlib.metadata.packages_distributions()
    roots = {_plain(name) for top in tops for name in of_module.get(top, [])}
    return frozenset(roots | BY_NAME)


def _closure(names: set[str]) -> set[str]:
    done: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in done:
            continue
        done.add(name)
        for told in importlib.metadata.requires(name) or []:
            wanted = Requirement(told)
            if wanted.marker is None or wanted.marker.evaluate({"extra": ""}):
                waiting.append(_plain(wanted.name))
    return done


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@cache
def names(engine: bool) -> frozenset[str]:
    """Of the wheels of a part: the embedded engine and what only it needs, or all the others."""
    locked = locked_names(LOCKED.read_text(encoding="utf-8"))
    others = _closure(set(loaded() - ENGINE)) & locked
    return frozenset((_closure(set(ENGINE)) & locked) - others if engine else others)


def lock(engine: bool) -> str:
    text = LOCKED.read_text(encoding="utf-8")
    return locked_without(text, locked_names(text) - names(engine))


def lay(folder: Path, engine: bool = False) -> None:
    """Raises SystemExit where a wheel cannot be had or is another."""
    with tempfile.TemporaryDirectory() as kept:
        wanted = Path(kept) / LOCKED.name
        wanted.write_text(lock(engine), encoding="utf-8")
        of = ("--python-platform", PLATFORM, "--python-version", PYTHON)
        checked = ("--no-deps", "--require-hashes", "--only-binary", ":all:", "-r", str(wanted))
        if not uv("pip", "install", "--quiet", "--target", str(folder), *of, *checked):
            raise SystemExit("the locked wheels could not be had")
    for pattern in ("**/tests", "**/__pycache__", "bin"):
        for path in list(folder.glob(pattern)):
            if path.is_dir():
                _remove(path)


def _remove(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
    folder.rmdir()
