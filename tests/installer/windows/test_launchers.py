"""The launchers are the same for the same version, small, and ask for no rights."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from installer.windows import icon, launchers

pytestmark = pytest.mark.skipif(
    shutil.which(launchers.COMPILER) is None, reason=f"{launchers.COMPILER} is not installed"
)
SUBSYSTEM_AT = 0x5C
WINDOW, CONSOLE = 2, 3


def subsystem(path: Path) -> int:
    content = path.read_bytes()
    head = int.from_bytes(content[0x3C:0x40], "little")
    return int.from_bytes(content[head + SUBSYSTEM_AT : head + SUBSYSTEM_AT + 2], "little")


@pytest.mark.slow
def test_two_launchers_of_one_source_differ_in_having_a_console(tmp_path: Path) -> None:
    icon.build(tmp_path / "wellside.ico")
    made = {path.name: path for path in launchers.build(tmp_path, "1.2.3", tmp_path / "wellside.ico")}
    assert subsystem(made["wellside.exe"]) == WINDOW
    assert subsystem(made["wellside-cli.exe"]) == CONSOLE
    for path in made.values():
        content = path.read_bytes()
        assert b"longPathAware" in content
        assert b'level="asInvoker"' in content
        assert "1.2.3".encode("utf-16-le") in content
        assert len(content) < 200_000  # all of it is to be looked through
    (tmp_path / "again").mkdir()
    for path in launchers.build(tmp_path / "again", "1.2.3", tmp_path / "wellside.ico"):
        assert path.read_bytes() == made[path.name].read_bytes()


def test_the_names_that_a_library_offers_are_read_from_it(tmp_path: Path) -> None:
    (tmp_path / "two.c").write_text("int second(void) { return 2; }\nint first(void) { return 1; }\n")
    order = [launchers.COMPILER, "-shared", "-nostartfiles", "-o", str(tmp_path / "two.dll")]
    subprocess.run([*order, str(tmp_path / "two.c"), "-Wl,--entry,first"], check=True)
    assert launchers.exported(tmp_path / "two.dll") == ["first", "second"]
