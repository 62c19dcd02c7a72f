"""Laptops with Windows are updated from a feed too: both layers as archives, of no stand-in for Python."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from app.core import installed
from app.core.jobs import Job
from app.services.updates.unpacking import unpack
from installer.layout import Layer
from installer.windows import __main__ as builder
from installer.windows import python
from tests.installer.windows import layouts


def _order(monkeypatch: pytest.MonkeyPatch, *words: str) -> None:
    monkeypatch.setattr(sys, "argv", ["installer.windows", *words])
    builder.main()


def test_both_layers_are_archives_that_a_laptop_unpacks_and_no_package_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = layouts.small(tmp_path / "built")
    pair = installed.place_of(root).installed
    layers = Layer(root / pair.program), Layer(root / pair.runtime)
    monkeypatch.setattr(python, "bring_from", lambda archive, checked: None)
    monkeypatch.setattr(builder, "layers", lambda folder, bring: layers)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    out = tmp_path / "out"
    _order(monkeypatch, "--python", str(tmp_path / "python.zip"), "--updates", "--out", str(out))
    made = sorted(path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file())
    assert made == sorted(f"updates/{layer.name}.windows-x64.tar.xz" for layer in layers)
    for layer in layers:
        archive = out / "updates" / f"{layer.name}.windows-x64.tar.xz"
        unpacked = Layer(unpack(Job(), archive, tmp_path / "laptop", layer.name))
        assert (unpacked.about, unpacked.wrong()) == (layer.about, [])


def test_a_stand_in_for_python_goes_into_no_feed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        _order(monkeypatch, "--trial", "--updates", "--out", str(tmp_path))
    assert "stand-in" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
