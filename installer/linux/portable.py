"""A folder that runs from wherever it is unpacked, a USB stick too, as one tar.xz."""

from __future__ import annotations

import shutil
from pathlib import Path

from installer import layout, packing
from installer.layout import LINUX, Layer

LAUNCHER = Path(__file__).with_name("wellside.sh")
READ_ME = """Wellside {version}

Run ./wellside from this folder, wherever it lies. `./wellside doctor` says whether it has all it needs.
Make a folder `profile` here, and the wells are kept in it; without it they are in the home of who runs it.

Запустите ./wellside из этой папки, где бы она ни лежала. `./wellside doctor` скажет, всё ли есть на машине.
Создайте здесь папку profile, и скважины будут храниться в ней; без неё они в домашней папке пользователя.
"""


def assemble(folder: Path, program: Layer, runtime: Layer) -> None:
    """The layers with their launcher, in a new folder."""
    layout.assemble(folder, program, runtime)
    shutil.copyfile(LAUNCHER, folder / "wellside")
    (folder / "wellside").chmod(0o755)


def build(out: Path, program: Layer, runtime: Layer, quick: bool = False) -> Path:
    version = program.about["version"]
    folder = out / f"wellside-{version}-{LINUX.key}"
    shutil.rmtree(folder, ignore_errors=True)
    assemble(folder, program, runtime)
    (folder / "README.txt").write_text(READ_ME.format(version=version), encoding="utf-8")
    try:
        return packing.tar(folder, out / f"{folder.name}.tar.xz", quick=quick)
    finally:
        shutil.rmtree(folder)
