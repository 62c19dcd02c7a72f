"""The CPython of a release is the pinned one; an interpreter that runs anything does not travel."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import pytest

from installer.layout import digest_of
from installer.windows import python

MINOR = f"{sys.version_info.major}.{sys.version_info.minor}"
LIBRARY = f"python{MINOR.replace('.', '')}"


def archive(tmp_path: Path, version: str = f"{MINOR}.99", library: str = LIBRARY) -> Path:
    path = tmp_path / "python.zip"
    told = f"FileVersion\0{version}\0".encode("utf-16-le")
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr(f"{library}.dll", b"MZ" + told)
        packed.writestr(f"{library}._pth", f"{library}.zip\r\n.\r\n#import site\r\n")
        for name in ("python.exe", "pythonw.exe", "_sqlite3.pyd", "_ssl.pyd", "LICENSE.txt"):
            packed.writestr(name, name)
    return path


def pin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, digest: str) -> None:
    told = tmp_path / "python.toml"
    told.write_text(f'["{MINOR}"]\nfile = "python.zip"\nsha256 = "{digest}"\n', encoding="utf-8")
    monkeypatch.setattr(python, "PINNED", told)


def test_another_archive_than_the_pinned_one_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pin(tmp_path, monkeypatch, "0" * 64)
    with pytest.raises(SystemExit, match=r"python\.zip is not python\.zip of python\.toml: its sha256 is"):
        python.bring_from(archive(tmp_path))


def test_the_pinned_one_is_unpacked_without_an_interpreter_for_everybody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = archive(tmp_path)
    pin(tmp_path, monkeypatch, digest_of(path))
    assert python.bring_from(path)(tmp_path / "python") == f"{MINOR}.99"
    assert {one.name for one in (tmp_path / "python").iterdir()} == {
        f"{LIBRARY}.dll",
        f"{LIBRARY}._pth",
        "_ssl.pyd",
        "LICENSE.txt",
    }
    assert (tmp_path / "python" / f"{LIBRARY}._pth").read_text().splitlines() == [f"{LIBRARY}.zip", "."]


def test_byte_code_of_another_minor_version_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=f"holds no {LIBRARY}.dll"):
        python.bring_from(archive(tmp_path, library="python39"), checked=False)(tmp_path / "python")


def test_a_minor_version_without_a_pin_makes_no_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "python.toml").write_text('["2.7"]\nfile = "x"\nsha256 = "y"\n', encoding="utf-8")
    monkeypatch.setattr(python, "PINNED", tmp_path / "python.toml")
    with pytest.raises(SystemExit, match=r"pins 2\.7"):
        python.bring_from(archive(tmp_path))
