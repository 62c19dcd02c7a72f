"""The icon has each size that Windows asks for, and none of them is empty."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from installer.windows import icon


def test_each_size_is_a_picture_of_its_own(tmp_path: Path) -> None:
    icon.build(tmp_path / "wellside.ico")
    with Image.open(tmp_path / "wellside.ico") as opened:
        assert opened.info["sizes"] == {(size, size) for size in icon.SIZES}
        for size in icon.SIZES:
            opened.size = (size, size)
            opened.load()
            assert opened.size == (size, size)
            assert len(opened.convert("RGBA").getcolors(1 << 16) or []) > 4
