"""What lies where in an installed Wellside: the same on every system, whoever packs it.

    ROOT/current                  one line, "PROGRAM RUNTIME": the two folders in force
    ROOT/program-0.1.0/           our sources, resources and byte code, and start.py
    ROOT/runtime-3f2a91c04b7d/    python/ (CPython) and packages/ (the pinned wheels)
    ROOT/extra-oracle/            wheels that only some machines have, where IT chose them

A launcher reads the line and runs `ROOT/RUNTIME/<python> -I ROOT/PROGRAM/start.py ARGUMENTS…`; nothing else
has to know the folders. An update brings a program (a few MB), seldom a runtime (the rest), into a root of
its own that `start.py` knows of (`app/core/installed`): what was installed is not touched.

Each layer holds `layer.json` (what it is) and `SHA256SUMS` (each of its files but these two). A runtime is
called after its content, so that two with one name are the same.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.core.installed import CURRENT, LAYER

SUMS = "SHA256SUMS"
START = "start.py"
PYTHON, PACKAGES = "python", "packages"
"""The two halves of a runtime."""
RUNTIME, PROGRAM, EXTRA = "runtime", "program", "extra"


@dataclass(frozen=True)
class Platform:
    """`tag` is uv's name for the wheels, `system` Python's for the machine, `interpreter` stands below a
    runtime.
    """

    key: str
    tag: str
    system: str
    interpreter: str


LINUX = Platform("linux-x64", "x86_64-manylinux_2_28", "linux", f"{PYTHON}/bin/python3")
WINDOWS = Platform("windows-x64", "x86_64-pc-windows-msvc", "win32", f"{PYTHON}/python.exe")
PLATFORMS = {one.key: one for one in (LINUX, WINDOWS)}


@dataclass(frozen=True)
class Layer:
    """A finished layer on the disk."""

    folder: Path

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def about(self) -> dict[str, str]:
        told: dict[str, str] = json.loads((self.folder / LAYER).read_text(encoding="utf-8"))
        return told

    def wrong(self) -> list[str]:
        """Files that are missing or other than they were made."""
        return [
            path
            for digest, path in _sums(self.folder)
            if not (self.folder / path).is_file() or digest_of(self.folder / path) != digest
        ]


def finish(building: Path, kind: str, about: dict[str, str], version: str = "") -> Layer:
    """Seals a folder that holds all of a layer and calls it by its name, in place of an earlier one."""
    lines = [f"{digest_of(path)}  {path.relative_to(building).as_posix()}\n" for path in files_of(building)]
    text = "".join(lines).encode()
    (building / SUMS).write_bytes(text)
    told = {"kind": kind, **about, "sums": hashlib.sha256(text).hexdigest()}
    (building / LAYER).write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    final = building.with_name(f"{kind}-{version or told['sums'][:12]}")
    building.chmod(0o755)  # whoever made it may have made it for himself
    shutil.rmtree(final, ignore_errors=True)
    building.rename(final)
    return Layer(final)


def files_of(folder: Path) -> list[Path]:
    """In the order of their names, on every system the same; without what seals a layer."""
    found = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    sealing = {folder / LAYER, folder / SUMS}
    return sorted(set(found) - sealing, key=lambda path: path.relative_to(folder).as_posix())


def put_in_force(root: Path, program: Layer, runtime: Layer) -> None:
    """Replaced in one go: a launcher reads the old line or the new one."""
    beside = root / f"{CURRENT}.new"
    beside.write_text(f"{program.name} {runtime.name}\n", encoding="ascii", newline="\n")
    beside.replace(root / CURRENT)


def in_force(root: Path) -> tuple[Layer, Layer]:
    program, runtime = (root / CURRENT).read_text(encoding="ascii").split()
    return Layer(root / program), Layer(root / runtime)


def digest_of(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _sums(folder: Path) -> Iterator[tuple[str, str]]:
    for line in (folder / SUMS).read_text(encoding="utf-8").splitlines():
        digest, _, path = line.partition("  ")
        yield digest, path


def platform_here() -> Platform:
    return WINDOWS if sys.platform == "win32" else LINUX
