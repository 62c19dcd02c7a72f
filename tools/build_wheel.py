"""Builds the wheel into dist/: `make wheel`. The translations are compiled before, so they are inside."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tools import build_translations
from tools.packages import PIP, ROOT

PARTS = (
    "app",
    "central",
    "wellside",
    "resources",
    "docs/manual",
    "tools",
    "pyproject.toml",
    "README.md",
    "LICENSE",
)


def build(folder: Path) -> Path:
    """The wheel's path. Built from a copy: what an earlier build left does not travel along, and two at
    a time do not meet.
    """
    build_translations.main()
    with tempfile.TemporaryDirectory() as copy:
        for name in PARTS:
            source, target = ROOT / name, Path(copy) / name
            if source.is_dir():
                shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, target)
        _pip_wheel(Path(copy), folder)
    return max(folder.glob("wellside-*.whl"), key=lambda path: path.stat().st_mtime)


def _pip_wheel(source: Path, folder: Path) -> None:
    order = [*PIP, "wheel", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-build-isolation"]
    subprocess.run([*order, "--wheel-dir", str(folder), str(source)], check=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    wheel = build(parser.parse_args().out)
    print(wheel.relative_to(ROOT) if wheel.is_relative_to(ROOT) else wheel, file=sys.stdout)


if __name__ == "__main__":
    main()
