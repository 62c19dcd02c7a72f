"""The EXE is the same for the same layout, tells Windows what the MSI tells, and takes it away again."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from installer.windows import exe, registered
from tests.installer.windows.layouts import small

needs_compiler = pytest.mark.skipif(shutil.which(exe.COMPILER) is None, reason="makensis is not installed")


@needs_compiler
def test_the_same_layout_gives_the_same_bytes_whenever_it_was_written(tmp_path: Path) -> None:
    root, icon = small(tmp_path / "root"), tmp_path / "icon.ico"
    icon.write_bytes(ICON)
    exe.build(root, tmp_path / "one.exe", "0.1.0", icon)
    for path in root.rglob("*"):
        os.utime(path, (0, 0))
    exe.build(root, tmp_path / "two.exe", "0.1.0", icon)
    content = (tmp_path / "one.exe").read_bytes()
    assert content == (tmp_path / "two.exe").read_bytes()
    assert b"longPathAware" in content
    assert b'level="asInvoker"' in content


@needs_compiler
def test_what_cannot_be_compiled_is_told(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="makensis could not make a.exe"):
        exe.build(small(tmp_path / "root"), tmp_path / "a.exe", "0.1.0", tmp_path / "missing.ico")


def test_all_that_is_written_is_taken_away_and_of_others_only_our_value() -> None:
    written, _, gone = exe.told("", registered.VALUES, "SHCTX").partition("!macro Forget")
    assert written.count("WriteReg") == len(registered.VALUES)
    removed = [line.strip() for line in gone.splitlines() if line.startswith("  ")]
    assert 'DeleteRegValue SHCTX "Software\\Classes\\.las\\OpenWithProgids" "Wellside.las"' in removed
    assert 'DeleteRegKey SHCTX "Software\\Classes\\Wellside.las"' in removed
    assert 'DeleteRegValue SHCTX "Software\\RegisteredApplications" "Wellside"' in removed
    keys = [line.split('"')[1] for line in removed if line.startswith("DeleteRegKey")]
    assert keys
    for key in keys:
        assert key.rpartition("\\")[2].lower().startswith("wellside")
    for value in registered.VALUES:
        assert any(value.key.startswith(line.split('"')[1]) for line in removed)


ICON = bytes.fromhex(
    "000001000100010100000100200030000000160000002800000001000000020000000100200000000000080000000000000000"
    "0000000000000000000000ff00ff0000000000"
)
"""One dot of 32 bits: makensis reads what it is given."""
