"""One bug into a copy of the sources, its test, and the bug out again."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("app", "central", "wellside", "tests", "resources", "tools")
FOUND, SURVIVED, BROKEN = "found", "SURVIVED", "BROKEN"
LONGEST_S = 300
"""A test that takes longer than this with a bug, and longer than all tests took without one, hangs."""
_RED = 1
"""pytest's answer when tests failed; others say that none ran."""


@dataclass(frozen=True)
class Bug:
    """`was` stands in `file` once; with `put` instead `test` turns red."""

    name: str
    file: str
    was: str
    put: str
    test: str


def read_bugs() -> list[Bug]:
    with (ROOT / "sabotage.toml").open("rb") as file:
        return [Bug(**bug) for bug in tomllib.load(file)["bugs"]]


def copy_of_sources(folder: Path) -> Path:
    folder.mkdir()
    for name in SOURCES:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for path in (ROOT / "pyproject.toml", *ROOT.glob("*.toml"), *ROOT.glob("*.py")):
        shutil.copyfile(path, folder / path.name)
    return folder


def judged(copy: Path, bug: Bug, longest_s: float) -> str:
    """In the copy, which is as before afterwards."""
    path = copy / bug.file
    before = path.read_text(encoding="utf-8")
    path.write_text(planted(before, bug), encoding="utf-8")
    try:
        code = _ran(copy, [bug.test], longest_s)
    except subprocess.TimeoutExpired:
        return FOUND  # a test that hangs is red too
    finally:
        path.write_text(before, encoding="utf-8")
    return {0: SURVIVED, _RED: FOUND}.get(code, BROKEN)


def planted(text: str, bug: Bug) -> str:
    """Raises ValueError where the place is not there, or there twice: the list is out of date."""
    if text.count(bug.was) != 1:
        raise ValueError(f"{bug.name}: {text.count(bug.was)} places in {bug.file}")
    return text.replace(bug.was, bug.put)


def runs_green(copy: Path, tests: list[str]) -> bool:
    return _ran(copy, tests, None) == 0


def _ran(copy: Path, tests: list[str], longest_s: float | None) -> int:
    environment = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-n0", "-p", "no:cacheprovider", *tests]
    done = subprocess.run(
        command, cwd=copy, env=environment, capture_output=True, timeout=longest_s, check=False
    )
    return done.returncode
