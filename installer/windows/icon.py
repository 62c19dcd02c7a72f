"""The program's icon as Windows wants it: a picture of each of its sizes in one file."""

from __future__ import annotations

import struct
from pathlib import Path

from installer.drawing import drawn

SIZES = (16, 20, 24, 32, 40, 48, 64, 256)


def build(target: Path) -> None:
    """An .ico of PNGs, which Windows reads since Vista."""
    pictures, entries, at = drawn(*SIZES), b"", 6 + 16 * len(SIZES)
    for size, picture in zip(SIZES, pictures, strict=True):
        side = size % 256  # 0 is 256 there
        entries += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(picture), at)
        at += len(picture)
    target.write_bytes(struct.pack("<HHH", 0, 1, len(SIZES)) + entries + b"".join(pictures))
