"""The first minute of a newcomer: the window first, then the demo field, well by well, while one works."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app.core.jobs import Job
from app.models import sealed_stream
from app.services import backups
from app.services.demo import building, marks
from app.services.workspace import Workspace
from app.views import handing_out
from app.views.backup_dialogs import BackupDialog, RestoreDialog
from app.views.bottom_bar import JobRow
from app.views.context import Context
from app.views.first_run import FirstRun
from app.views.main_window import MainWindow
from app.views.sync.join_dialog import JoinDialog
from app.views.theme import THEMES, apply

Wait = Callable[[], None]
DAYS = 16


class Held:
    """A real build of two wells that waits after each well until it is let go on."""

    def __init__(self) -> None:
        self._gate = threading.Semaphore(0)
        self._build = building.build

    def __call__(self, workspace: Workspace, job: Job) -> None:
        hand_over = job.hand_over

        def hold(part: object) -> None:
            hand_over(part)
            self._gate.acquire(timeout=120)
            job.check()

        job.hand_over = hold  # type: ignore[method-assign]
        self._build(workspace, job, wells=2, days=DAYS)

    def go_on(self, wells: int = 1) -> None:
        self._gate.release(wells)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    made = Held()
    monkeypatch.setattr(building, "build", made)
    yield made
    made.go_on(100)


def words(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def names(window: MainWindow) -> list[str]:
    return [well.name for well in window.tree.wells()]


def until_open(qtbot: QtBot, window: MainWindow, wells: list[str]) -> None:
    qtbot.waitUntil(lambda: names(window) == wells and window.context.well is not None, timeout=120_000)


@pytest.mark.slow
def test_the_window_is_there_before_the_demo_and_each_well_opens_while_the_others_are_made(
    empty_window: MainWindow, settled: Wait, held: Held, qtbot: QtBot
) -> None:
    assert empty_window.isVisible()
    assert empty_window.first_run.demo.isVisible()
    QTest.mouseClick(empty_window.first_run.demo, Qt.MouseButton.LeftButton)
    assert not empty_window.first_run.demo.isEnabled()
    assert "being built" in words(empty_window.first_run)
    until_open(qtbot, empty_window, ["101"])
    assert empty_window.demo.running
    assert not empty_window.first_run.isVisible()
    assert empty_window.context.well is not None
    assert empty_window.context.well.name == "101"
    assert empty_window.findChildren(JobRow)
    held.go_on()
    until_open(qtbot, empty_window, ["101", "102"])
    held.go_on(10)
    settled()
    assert not empty_window.findChildren(JobRow)
    assert empty_window.context.well.name == "101"
    assert empty_window.context.span is not None
    assert (empty_window.context.span[1] - empty_window.context.span[0]) / 86_400e6 > 15
    assert "2 wells" in empty_window.bottom.words.text()


@pytest.mark.slow
def test_a_cancelled_demo_keeps_what_is_there_and_goes_on_with_one_click(
    empty_window: MainWindow, settled: Wait, held: Held, qtbot: QtBot
) -> None:
    empty_window.demo.look(wanted=True)
    until_open(qtbot, empty_window, ["101"])
    row = empty_window.findChild(JobRow)
    assert row is not None
    QTest.mouseClick(row.findChild(QToolButton), Qt.MouseButton.LeftButton)
    held.go_on()
    settled()
    assert names(empty_window) == ["101"]
    assert marks.unfinished(empty_window.context.workspace.store)
    assert "not complete" in empty_window.bottom.words.text()
    go_on = next(b for b in empty_window.bottom.findChildren(QToolButton) if b.text() == "Go on")
    held.go_on(10)
    QTest.mouseClick(go_on, Qt.MouseButton.LeftButton)
    settled()
    assert names(empty_window) == ["101", "102"]
    assert not marks.lacking(empty_window.context.workspace.store)


@pytest.mark.slow
def test_the_running_demo_stays_in_the_bar_when_the_language_changes(
    empty_window: MainWindow, settled: Wait, held: Held, qtbot: QtBot
) -> None:
    empty_window.demo.look(wanted=True)
    until_open(qtbot, empty_window, ["101"])
    first = empty_window.bottom
    empty_window.context.workspace.settings.set("language", "ru")
    qtbot.waitUntil(lambda: empty_window.bottom is not first, timeout=10_000)
    assert empty_window.bottom.findChildren(JobRow)
    held.go_on(10)
    settled()
    assert not empty_window.bottom.findChildren(JobRow)
    assert names(empty_window) == ["101", "102"]


def test_four_doors_lead_into_an_empty_profile_and_language_and_clock_are_taken_there(
    empty_window: MainWindow, settled: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    doors = empty_window.first_run
    left = Qt.MouseButton.LeftButton
    asked: list[object] = []
    monkeypatch.setattr(empty_window.importing, "ask_files", lambda: asked.append("files"))
    empty_window.context.import_wanted.disconnect()
    empty_window.context.import_wanted.connect(empty_window.importing.ask_files)
    QTest.mouseClick(doors.files.button, left)
    assert asked == ["files"]
    QTest.mouseClick(doors.well.button, left)
    assert empty_window.building.builder is not None
    empty_window.building.builder.reject()
    QTest.mouseClick(doors.centre.button, left)
    dialog = empty_window.findChild(JoinDialog)
    assert dialog is not None
    assert not dialog.connect_button.isEnabled()
    QTest.keyClicks(dialog.code, "WELLSIDE1-cut-off")
    QTest.mouseClick(dialog.connect_button, left)
    settled()
    assert "WELLSIDE1-" in dialog.answer.text()
    assert dialog.isVisible()
    dialog.reject()
    clock = doors.fields["time_zone"]
    assert isinstance(clock, QComboBox)
    clock.setCurrentText("Asia/Yekaterinburg")
    QTest.keyClick(clock, Qt.Key.Key_Return)
    settled()
    assert empty_window.context.workspace.settings["time_zone"] == "Asia/Yekaterinburg"
    language = empty_window.first_run.fields["language"]
    assert isinstance(language, QComboBox)
    language.setFocus()
    QTest.keyClick(language, Qt.Key.Key_Up)
    settled()
    assert empty_window.context.speaker.language == "ru"


def test_the_demo_field_is_removed_after_what_goes_was_read(window: MainWindow, settled: Wait) -> None:
    window.given.run("demo.remove")
    settled()
    question = window.demo.question
    assert question is not None
    assert "14" in question.text()
    question.button(question.StandardButton.Yes).click()
    settled()
    assert window.tree.wells() == []
    assert window.context.well is None
    assert window.first_run.isVisible()


def test_a_whole_demo_is_neither_built_again_nor_told_of(window: MainWindow, settled: Wait) -> None:
    started: list[object] = []
    window.context.runner.started.connect(started.append)
    window.demo.look(wanted=True)
    settled()
    assert started == []


def test_a_backup_of_one_window_is_restored_by_the_door_of_another(
    empty_window: MainWindow,
    workspace: Workspace,
    settled: Wait,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sealed_stream, "COST", 4)
    backup = backups.back_up(workspace, "three words together", tmp_path / "a.wsbackup").path
    left = Qt.MouseButton.LeftButton
    QTest.mouseClick(empty_window.first_run.restore, left)
    dialog = empty_window.findChild(RestoreDialog)
    assert dialog is not None
    assert dialog.focusWidget() is dialog.choose, "the keys begin at its top, not at Close"
    dialog.take(backup)
    QTest.keyClicks(dialog.first, "three words apart")
    QTest.mouseClick(dialog.do, left)
    settled()
    assert "does not open" in dialog.state.text()
    dialog.first.clear()
    QTest.keyClicks(dialog.first, "three words together")
    QTest.mouseClick(dialog.do, left)
    settled()
    assert empty_window.dialogs.restoring == (backup, "three words together")
    assert empty_window.findChild(RestoreDialog) is None, "it goes with the passphrase that was typed in it"
    assert not empty_window.isVisible(), "a profile is taken in only while nobody has it open"


def test_a_backup_is_saved_from_the_window_and_its_folder_offered(
    empty_window: MainWindow, settled: Wait, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealed_stream, "COST", 4)
    out = tmp_path / "b.wsbackup"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    empty_window.given.run("profile.backup")
    dialog = empty_window.findChild(BackupDialog)
    assert dialog is not None
    QTest.keyClicks(dialog.first, "three words together")
    QTest.keyClicks(dialog.second, "three words apart")
    assert not dialog.do.isEnabled()
    dialog.second.clear()
    QTest.keyClicks(dialog.second, "three words together")
    QTest.mouseClick(dialog.do, Qt.MouseButton.LeftButton)
    dialog.reject()
    assert [dialog.first.text(), dialog.second.text()] == ["", ""]
    settled()
    assert out.exists(), "who closed the dialog hears of it all the same"
    assert empty_window.findChild(BackupDialog) is None
    assert empty_window.bottom.folder.isVisible()
    assert handing_out.folder_of(empty_window.context) == tmp_path, "the next dialog begins here"


def test_the_doors_are_read_whole_in_gloves_on_a_small_screen(
    context: Context, as_window: Callable[[QWidget], None], qapp: QApplication
) -> None:
    """They asked for 1009×606 of 911×512 pixels, and what each door does was cut under its first line."""
    apply(qapp, THEMES["light"], glove=True)
    doors = FirstRun(context)
    as_window(doors)
    doors.ask()
    doors.resize(640, 440)
    doors.show()
    qapp.processEvents()
    assert (doors.width(), doors.height()) == (640, 440)
    said = [door.more for door in (doors.centre, doors.files, doors.well, doors.demo_door)]
    assert [one.text() for one in said if one.height() < one.heightForWidth(one.width())] == []
