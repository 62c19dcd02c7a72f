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
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.core.installed import CURRENT, LAYER, Pair, about, name_pair

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


@dataclass(frozen=True)
class Layer:
    """A finished layer on the disk."""

    folder: Path

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def about(self) -> dict[str, str]:
        return about(self.folder)

    def wrong(self) -> list[str]:
        """Files that are missing or other than they were made."""
        return [
            path
            for digest, path in _sums(self.folder)
            if not (self.folder / path).is_file() or digest_of(self.folder / path) != digest
        ]


@contextmanager
def begun(root: Path) -> Iterator[Path]:
    """A new folder below `root` for what `finish` is to seal; broken off, nothing of it stays."""
    root.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(prefix="building-", dir=root))
    try:
        yield building
    finally:
        shutil.rmtree(building, ignore_errors=True)


def finish(building: Path, kind: str, told: dict[str, str], version: str = "") -> Layer:
    """Seals a folder that holds all of a layer and calls it by its name, in place of an earlier one."""
    lines = [f"{digest_of(path)}  {path.relative_to(building).as_posix()}\n" for path in files_of(building)]
    text = "".join(lines).encode()
    (building / SUMS).write_bytes(text)
    digest = hashlib.sha256(text).hexdigest()
    sealed = {"kind": kind, **told, "sums": digest}
    (building / LAYER).write_text(json.dumps(sealed, indent=1) + "\n", encoding="utf-8")
    final = building.with_name(f"{kind}-{version or digest[:12]}")
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
    name_pair(root / CURRENT, Pair(program.name, runtime.name))


def assemble(root: Path, program: Layer, runtime: Layer) -> None:
    """Both in a new folder, in force there. Copies: their modes and times are changed by who packs them."""
    for layer in (program, runtime):
        shutil.copytree(layer.folder, root / layer.name)
    put_in_force(root, program, runtime)


def digest_of(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _sums(folder: Path) -> Iterator[tuple[str, str]]:
    for line in (folder / SUMS).read_text(encoding="utf-8").splitlines():
        digest, _, path = line.partition("  ")
        yield digest, path
