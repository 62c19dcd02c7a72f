"""A small layout as the build makes one: two layers of a few files, and the launchers' names."""

from __future__ import annotations

from pathlib import Path

from installer.layout import PROGRAM, RUNTIME, finish, put_in_force
from installer.windows.launchers import CONSOLE, WINDOWED
from tests.installer.windows.smallest_exe import smallest_exe


def small(root: Path, version: str = "0.1.0", text: str = "print(1)\n") -> Path:
    lower = root / "building-lower"
    (lower / "python").mkdir(parents=True)
    (lower / "packages" / "one").mkdir(parents=True)
    (lower / "python" / "python311.dll").write_bytes(smallest_exe())
    (lower / "packages" / "one" / "__init__.py").write_text("two = 2\n", encoding="utf-8")
    upper = root / "building-upper"
    upper.mkdir()
    (upper / "start.py").write_text(text, encoding="utf-8")
    runtime = finish(lower, RUNTIME, {"platform": "windows-x64"})
    put_in_force(root, finish(upper, PROGRAM, {"version": version}, version), runtime)
    for name in (CONSOLE, WINDOWED):
        (root / name).write_bytes(smallest_exe())
    return root


def contents(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }
