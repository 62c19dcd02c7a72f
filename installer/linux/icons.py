"""The program's own icon in the sizes that desktops look for."""

from __future__ import annotations

import shutil
from pathlib import Path

from installer.drawing import ICON, drawn

SIZES = (16, 24, 32, 48, 64, 128, 256, 512)


def put(folder: Path, name: str) -> None:
    """Below `share/icons/hicolor` of a package."""
    for size, picture in zip(SIZES, drawn(*SIZES), strict=True):
        target = folder / f"{size}x{size}" / "apps" / f"{name}.png"
        target.parent.mkdir(parents=True)
        target.write_bytes(picture)
    scalable = folder / "scalable" / "apps"
    scalable.mkdir(parents=True)
    shutil.copyfile(ICON, scalable / f"{name}.svg")
