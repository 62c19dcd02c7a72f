"""The layers as the archives that a feed of updates takes (`installer/feed`): under their own names."""

from __future__ import annotations

from pathlib import Path

from app.services.updates.releases import archive_of
from installer import packing
from installer.layout import Layer, Platform


def build(out: Path, platform: Platform, *layers: Layer, quick: bool = False) -> list[Path]:
    out.mkdir(parents=True, exist_ok=True)
    return [
        packing.tar(layer.folder, out / archive_of(layer.name, platform.key), quick=quick) for layer in layers
    ]
