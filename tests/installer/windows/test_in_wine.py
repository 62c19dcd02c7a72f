"""What tries a package removes no folder that something of the machine is mounted in."""

from __future__ import annotations

from pathlib import Path

import pytest

from installer.windows import in_wine


def test_a_folder_with_a_mount_below_is_not_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    system = tmp_path / "a system"
    (system / "dev" / "shm").mkdir(parents=True)
    (system / "dev" / "shm" / "of somebody").write_text("")
    place = str(system / "dev" / "shm").replace(" ", "\\040")
    told = f"30 25 0:27 / {place} rw,relatime - tmpfs tmpfs rw\n"
    assert in_wine.mounts_below(system, told) == [str(system / "dev" / "shm")]
    assert in_wine.mounts_below(tmp_path / "other", told) == []
    monkeypatch.setattr(Path, "read_text", lambda self, **_: told)
    with pytest.raises(SystemExit, match="nothing is removed: mounted below"):
        in_wine.remove(system)
    monkeypatch.undo()
    assert (system / "dev" / "shm" / "of somebody").exists()


def test_a_folder_without_one_is_removed(tmp_path: Path) -> None:
    (tmp_path / "system" / "usr").mkdir(parents=True)
    in_wine.remove(tmp_path / "system")
    assert not (tmp_path / "system").exists()
