"""A runtime for Windows that holds another package than the lock says is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from installer.layout import RUNTIME, Layer, finish
from installer.windows import listed

LOCK = """one==1.0 \\
    --hash=sha256:aa
of-windows==2.0 ; sys_platform == 'win32' \\
    --hash=sha256:bb
of-linux==3.0 ; sys_platform == 'linux' \\
    --hash=sha256:cc
two==4.0 ; python_full_version < '3.12' \\
    --hash=sha256:dd
two==5.0 ; python_full_version >= '3.12' \\
    --hash=sha256:ee
"""


def layer(tmp_path: Path, **held: str) -> Layer:
    for name, version in held.items():
        folder = tmp_path / "building" / "packages" / f"{name}-{version}.dist-info"
        folder.mkdir(parents=True)
        told = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n\nName: of a text\n"
        (folder / "METADATA").write_text(told, encoding="utf-8")
    return finish(tmp_path / "building", RUNTIME, {"python": "3.11.9"})


def test_the_markers_are_judged_for_windows_and_the_python_inside() -> None:
    assert listed.locked(LOCK, "3.11.9") == {"one": "1.0", "of-windows": "2.0", "two": "4.0"}
    assert listed.locked(LOCK, "3.12.10")["two"] == "5.0"


def test_what_is_missing_more_or_of_another_version_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listed.runtime, "wanted", lambda lock: LOCK)
    whole = layer(tmp_path / "whole", one="1.0", of_windows="2.0", two="4.0")
    listed.check(whole)
    other = layer(tmp_path / "other", one="1.1", of_windows="2.0", three="6")
    with pytest.raises(SystemExit, match=r"is not what is locked: one 1\.0, one 1\.1, three 6, two 4\.0"):
        listed.check(other)


def test_a_library_that_is_loaded_late_and_was_left_out_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listed.runtime, "wanted", lambda lock: LOCK)
    name = f"lib_blas-{'0f' * 16}.dll"
    packages = tmp_path / "building" / "packages"
    packages.mkdir(parents=True)
    (packages / "_special.pyd").write_bytes(b"MZ\0" + name.encode() + b"\0")
    lower = layer(tmp_path, one="1.0", of_windows="2.0", two="4.0")
    with pytest.raises(SystemExit, match=f"lacks what its files load: {name}"):
        listed.check(lower)
    (lower.folder / "packages" / name).write_bytes(b"MZ")
    listed.check(lower)
