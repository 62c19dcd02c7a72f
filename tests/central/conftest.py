"""A centre for the tests of this room that need no process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.importers import opening
from central.stores import migrating
from tests.central.a_site import Site
from tests.central.at_the_command_line import Line
from tests.importers.imported import ReadHere
from tests.profiles import centre_tables


@pytest.fixture
def line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Line:
    """Commands of the centre, on a database that is brought up to date; files are read in this process."""
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    monkeypatch.setattr(opening, "Reading", ReadHere)
    folder = tmp_path / "centre"
    folder.mkdir()
    centre_tables(folder / "centre.sqlite").dispose()
    monkeypatch.setattr(migrating, "migrate", lambda engine: None)  # it is brought up to date already
    return Line(folder, monkeypatch, capsys)


@pytest.fixture
def site(line: Line) -> Iterator[Site]:
    """The same with messages that come."""
    made = Site(line.folder, line)
    yield made
    made.engine.dispose()
