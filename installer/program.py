"""The upper layer: our wheel unpacked, with its byte code and what starts it. It runs on every platform."""

from __future__ import annotations

import shutil
import tempfile
import tomllib
import zipfile
from pathlib import Path

from app.models.journal_file import SCHEMA_VERSION
from installer import bytecode
from installer.layout import PROGRAM, START, Layer, begun, finish
from tools.build_wheel import build as build_wheel
from tools.packages import ROOT


def version() -> str:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])


def build(root: Path, wheel: Path | None = None) -> Layer:
    """Below `root`; of a wheel that is there, or of one that is built for it. The byte code is for the Python
    that runs this: the same minor version as the runtime's.
    """
    with begun(root) as building:
        with tempfile.TemporaryDirectory() as dist:
            unpack(wheel or build_wheel(Path(dist)), building)
        about = {"version": version(), "journal": str(SCHEMA_VERSION)}
        shutil.copyfile(Path(__file__).with_name(START), building / START)
        bytecode.compile_all(building)
        return finish(building, PROGRAM, about, version())


def unpack(wheel: Path, folder: Path) -> None:
    """Without the centre, whose libraries a laptop does not have, and pip's own list."""
    with zipfile.ZipFile(wheel) as packed:
        for name in packed.namelist():
            if not name.startswith("central/") and not name.endswith(".dist-info/RECORD"):
                packed.extract(name, folder)
