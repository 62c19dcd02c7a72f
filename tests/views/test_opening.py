"""A file or a link that the system hands over is opened in the window that is there, or in the next one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import bootstrap
from app.services.workspace import Workspace
from app.views.main_window import MainWindow
from app.views.opening import Opening, well_of
from app.views.single_instance import SingleInstance, raise_first
from app.views.tasks import TaskRunner
from tests.views.conftest import make_window

Wait = Callable[[], None]


def test_a_link_chooses_the_well_that_it_names(window: MainWindow, settled: Wait) -> None:
    wells = window.tree.wells()
    other = next(well for well in wells if well != window.context.well)
    Opening(window, window.context.workspace).open(f"wellside:well/{other.name}")
    settled()
    assert window.context.well == other


@pytest.mark.slow
def test_a_link_comes_after_the_well_of_the_session(
    qapp: QApplication, demo_workspace: Workspace, settled: Wait, runner: TaskRunner
) -> None:
    window = make_window(qapp, demo_workspace, runner)
    Opening(window, demo_workspace).open("wellside:well/205")
    settled()
    assert window.context.well is not None
    assert window.context.well.name == "205"
    window.close()
    window.deleteLater()


def test_a_link_to_no_well_is_told_and_the_window_stays_as_it_is(window: MainWindow, settled: Wait) -> None:
    before = window.context.well
    Opening(window, window.context.workspace).open("wellside:delete/205")
    settled()
    assert window.context.well == before
    assert "wellside:delete/205" in window.bottom.words.text()


@pytest.mark.parametrize(
    ("link", "well"),
    [
        ("wellside:well/103", "103"),
        ("wellside://well/103/", "103"),
        ("wellside:well/%D0%9A-12", "К-12"),
        ("wellside:well/", "wellside:well/"),
        ("wellside:103", "wellside:103"),
    ],
)
def test_the_name_in_a_link_is_read_as_browsers_write_it(link: str, well: str) -> None:
    assert well_of(link) == well


def test_a_file_goes_the_way_of_one_that_was_dropped(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[list[Path]] = []
    monkeypatch.setattr(window.importing, "take", taken.append)
    Opening(window, window.context.workspace).open(str(tmp_path / "card.json"))
    assert taken == [[tmp_path / "card.json"]]


def test_a_second_start_hands_over_what_it_was_to_open(qtbot: QtBot, tmp_path: Path) -> None:
    store, owner = tmp_path / "cache.duckdb", QObject()
    first = SingleInstance(store, owner)
    with qtbot.waitSignal(first.handed, timeout=3000) as said:
        assert raise_first(store, "C:/Скважины/а.las")
    assert said.args == ["C:/Скважины/а.las"]
    first.close()


def test_one_file_or_a_link_alone_opens_the_window_and_a_command_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[tuple[Path | None, bool, str]] = []

    def window(store: Path | None, demo: bool, to_open: str = "") -> int:
        opened.append((store, demo, to_open))
        return 0

    monkeypatch.setattr(bootstrap, "run_window", window)
    monkeypatch.setattr(bootstrap, "_has_screen", lambda: True)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.las").write_text("~V")
    (tmp_path / "doctor").write_text("a file that is called like a command")
    assert bootstrap.main(["a.las"]) == 0
    assert bootstrap.main(["wellside:well/103"]) == 0
    assert opened == [(None, False, str(tmp_path / "a.las")), (None, False, "wellside:well/103")]
    assert bootstrap.main(["doctor", "--help"]) == 0
    assert bootstrap.main(["--version"]) == 0
    assert bootstrap.main(["missing.las"]) == 2
    assert len(opened) == 2
