"""What goes wrong in the window and before it, the session after a crash, a second start."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.core.errors import KnownError
from app.core.notices import Notice, NoticeBus
from app.core.texts import Speaker
from app.services import fault_reports
from app.services.opening import open_workspace
from app.services.records.entries import drafts
from app.services.workspace import Workspace
from app.views import session
from app.views.error_dialog import BugDialog, start_error_box
from app.views.main_window import MainWindow
from app.views.single_instance import SingleInstance, raise_first
from app.views.tasks import TaskRunner
from tests.views.conftest import make_window

Open = Callable[[MainWindow, str, str], None]
Wait = Callable[[], None]


# ---- errors ------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_bug_shows_a_report_to_copy_and_the_program_goes_on(window: MainWindow, settled: Wait) -> None:
    def fail(job: object) -> None:
        raise ZeroDivisionError("secret of the program")

    window.context.runner.start(fail)
    settled()
    dialog = next(widget for widget in QApplication.topLevelWidgets() if isinstance(widget, BugDialog))
    dialog._copy()
    report = QGuiApplication.clipboard().text()
    assert "builtins.ZeroDivisionError" in report
    assert "tests/views/test_errors_and_starts.py" in report
    assert "secret of the" not in report.replace('raise ZeroDivisionError("secret of the program")', "")
    (kept,) = fault_reports.folder_of(window.context.workspace.paths).glob("20*.txt")
    assert kept.read_text(encoding="utf-8") == report
    dialog.close()
    window.open_page("trends")
    settled()
    assert window.stack.current() is window.stack.made["trends"]


def test_a_known_error_is_one_sentence_under_the_page(window: MainWindow, settled: Wait) -> None:
    window.show_error(KnownError("disk_full", file="/mnt/cache.duckdb", retry=True))
    settled()
    assert "/mnt/cache.duckdb" in window.bottom.words.text()
    assert "space" in window.bottom.words.text()


@pytest.mark.parametrize(
    "code", ["store_locked", "store_newer", "store_read_only", "disk_full", "key_missing", "journal_damaged"]
)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_what_keeps_the_program_from_starting_is_one_readable_box(
    qtbot: QtBot, code: str, language: str
) -> None:
    error = KnownError(code, file="/data/cache.duckdb", pid="4711", key_file="/data/cache.key")
    box = start_error_box(error, Speaker(language))
    qtbot.addWidget(box)
    assert "/data/cache.duckdb" in box.text()
    assert "{" not in box.text()
    assert len(box.text()) > 40


# ---- the session and a second start ------------------------------------------------------------------------


@pytest.mark.slow
def test_what_was_open_is_open_again_after_a_crash_and_the_program_says_so(
    qapp: QApplication,
    demo_workspace: Workspace,
    settled: Wait,
    runner: TaskRunner,
    open_well: Open,
    notices: list[Notice],
    qtbot: QtBot,
) -> None:
    demo_workspace.settings.set("language", "en")
    first = make_window(qapp, demo_workspace, runner)
    settled()
    open_well(first, "203", "cards")
    first.context.choose_preset("7d")
    settled()
    period = first.context.period
    assert period is not None

    def is_written() -> bool:
        kept = session.load(demo_workspace.paths.session)
        return (kept.page, kept.period_from_us, kept.period_to_us) == ("cards", period.from_us, period.to_us)

    qtbot.waitUntil(is_written, timeout=5000)
    first.entering.open("flow_test")
    settled()
    form = first.entering.form
    assert form is not None
    QTest.keyClicks(form.boxes["liquid_m3_per_s"].editor, "12.5")

    def is_kept() -> bool:
        kept = session.load(demo_workspace.paths.session)
        return kept.form == "flow_test" and bool(drafts(demo_workspace))

    qtbot.waitUntil(is_kept, timeout=5000)
    saved = json.loads(demo_workspace.paths.session.read_text())
    assert saved["clean"] is False
    first.close()
    first.deleteLater()
    demo_workspace.paths.session.write_text(json.dumps(saved))  # as a crash would leave it
    again = make_window(qapp, demo_workspace, runner)
    settled()
    assert again.context.well is not None
    assert again.context.well.name == "203"
    assert again.stack.current() is again.page("cards")
    assert again.context.period == period
    assert "notice.restored" in [notice.code for notice in notices]
    assert again.entering.form is not None
    assert again.entering.form.isVisible(), "the form that stood open stands open"
    assert again.entering.form.boxes["liquid_m3_per_s"].text() == "12.5"
    again.entering.form.reject()
    again.close()
    settled()
    assert json.loads(demo_workspace.paths.session.read_text())["clean"] is True
    again.deleteLater()


@pytest.mark.slow
def test_a_damaged_session_file_is_a_fresh_session(
    qapp: QApplication, demo_workspace: Workspace, settled: Wait, runner: TaskRunner
) -> None:
    demo_workspace.paths.session.write_text('{"well": "x", "page": 7')
    window = make_window(qapp, demo_workspace, runner)
    settled()
    assert window.context.well is not None
    window.close()
    window.deleteLater()


def test_a_second_start_raises_the_first_window(qtbot: QtBot, tmp_path: Path) -> None:
    from PySide6.QtCore import QObject

    store, owner = tmp_path / "cache.duckdb", QObject()
    assert not raise_first(store), "nobody is there yet"
    first = SingleInstance(store, owner)
    with qtbot.waitSignal(first.raised, timeout=3000):
        assert raise_first(store)
    assert not raise_first(tmp_path / "other.duckdb"), "another profile is another program"
    first.close()
    assert not raise_first(store)


def test_a_store_held_by_another_process_is_told_with_its_number(tmp_path: Path) -> None:
    import subprocess
    import sys

    from app.core.paths import profile_paths

    paths = profile_paths(tmp_path / "p" / "cache.duckdb")
    open_workspace(paths, NoticeBus()).close()
    script = (
        "import sys; from pathlib import Path; from app.core.paths import profile_paths;"
        "from app.services.opening import open_workspace; w = "
        "open_workspace(profile_paths(Path(sys.argv[1])));"
        "print('open', flush=True); sys.stdin.read()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", script, str(paths.store)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert other.stdout is not None
        assert other.stdout.readline() == b"open\n"
        with pytest.raises(KnownError) as caught:
            open_workspace(paths, NoticeBus())
        assert caught.value.code == "store_locked"
        assert caught.value.details["pid"] == str(other.pid)
    finally:
        other.kill()
        other.communicate()
