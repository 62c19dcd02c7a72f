"""The program's own icon in the sizes that desktops look for."""

from __future__ import annotations

import shutil
from pathlib import Path

from installer.windows.icon import drawn
from tools.packages import ROOT

ICON = ROOT / "resources" / "icons" / "wellside.svg"
SIZES = (16, 24, 32, 48, 64, 128, 256, 512)


def put(folder: Path, name: str) -> None:
    """Below `share/icons/hicolor` of a package."""
    for size in SIZES:
        target = folder / f"{size}x{size}" / "apps" / f"{name}.png"
        target.parent.mkdir(parents=True)
        target.write_bytes(drawn(ICON, size))
    scalable = folder / "scalable" / "apps"
    scalable.mkdir(parents=True)
    shutil.copyfile(ICON, scalable / f"{name}.svg")
