"""The sync in the real window, against a real centre: what is said, what is done, and that nobody is kept
waiting.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from app.core.clock import iso, utc_now
from app.core.ids import new_id
from app.core.notices import Notice
from app.models.entries import State
from app.models.records import Record
from app.models.store import records
from app.models.wells import well_uid
from app.services.centre import connections, unsent
from app.services.demo.marks import FIELD
from app.services.records import entries
from app.services.workspace import Workspace
from app.views.main_window import MainWindow
from app.views.sync.conflict_dialog import ConflictDialog
from app.views.sync.connections_dialog import ConnectionsDialog
from app.views.sync.page import SyncPage
from app.views.syncing import SyncState
from app.views.tasks import TaskRunner
from tests.centre_process import CentreProcess, connect, journalled_unseen, laptop
from tests.sync.memory_centre import MemoryCentre

Wait = Callable[[], None]


def page_of(window: MainWindow, settled: Wait) -> SyncPage:
    window.open_page("sync")
    settled()
    page = window.page("sync")
    assert isinstance(page, SyncPage)
    return page


def until(qapp: QApplication, true: Callable[[], bool], within_s: float = 15.0) -> None:
    deadline = time.monotonic() + within_s
    while not true():
        assert time.monotonic() < deadline
        qapp.processEvents()
        time.sleep(0.01)


def flow_test(
    workspace: Workspace,
    save: Callable[[Workspace, Record], Record] = entries.save_record,
    **values: float,
) -> Record:
    well = next(well for well in records.wells(workspace.store) if well.name == "101")
    record = Record(
        new_id(),
        "flow_test",
        well.id,
        utc_now().replace(microsecond=0),
        None,
        {"liquid_m3_per_s": 0.001, "duration_s": 3600.0, "valid": True, **values},
    )
    return save(workspace, record)


@pytest.fixture
def connected(
    window: MainWindow, centre: CentreProcess, demo_workspace: Workspace, qapp: QApplication, settled: Wait
) -> MainWindow:
    connect(demo_workspace, centre, centre.token(FIELD))
    until(qapp, lambda: window.syncing.last is not None and window.syncing.state is SyncState.UP_TO_DATE)
    settled()
    return window


def test_without_a_centre_the_page_says_that_the_work_is_kept(
    window: MainWindow, demo_workspace: Workspace, settled: Wait
) -> None:
    page = page_of(window, settled)
    assert "No connection" in page.words.text()
    assert not page.now.isEnabled()
    flow_test(demo_workspace)
    settled()
    assert "Entries that are not at the centre yet: 1" in page.words.text()
    assert page.table.source.rows[0].state_words(window.context.speaker) == "waits to be sent"
    assert window.top.sync.text() == "No centre · 1 to send"


@pytest.mark.slow
def test_the_connection_is_set_up_and_tried_in_its_dialog(
    window: MainWindow, centre: CentreProcess, demo_workspace: Workspace, settled: Wait
) -> None:
    page = page_of(window, settled)
    QTest.mouseClick(page.connections, Qt.MouseButton.LeftButton)
    dialog = next(one for one in page.findChildren(ConnectionsDialog))
    address = dialog.fields["centre_url"]
    assert isinstance(address, QLineEdit)
    QTest.keyClicks(address, "http://centre.example")
    QTest.mouseClick(dialog.test, Qt.MouseButton.LeftButton)
    settled()
    assert "https" in dialog.answer.text(), "a token never travels in the clear"
    address.setText(centre.url)
    token = centre.token(FIELD)
    QTest.keyClicks(dialog.secrets[connections.TOKEN], token)
    QTest.mouseClick(dialog.test, Qt.MouseButton.LeftButton)
    settled()
    assert dialog.answer.text().startswith(
        "Centre: answers\nReadings and dynamograms from the centre: answers"
    )
    dialog.reject()
    assert token not in demo_workspace.paths.settings.read_text(encoding="utf-8")
    assert token.encode() not in demo_workspace.paths.secrets.read_bytes()


@pytest.mark.slow
def test_an_entry_goes_by_itself_and_the_bar_says_so(
    connected: MainWindow, demo_workspace: Workspace, qapp: QApplication, settled: Wait
) -> None:
    flow_test(demo_workspace)
    qapp.processEvents()
    assert "1 to send" in connected.top.sync.text() or connected.syncing.state is SyncState.SYNCING
    until(qapp, lambda: demo_workspace.journal.counts().get(State.CONFIRMED) == 1)
    until(qapp, lambda: connected.top.sync.text().startswith("All at the centre at"))
    page = page_of(connected, settled)
    assert page.table.source.rows[0].state_words(connected.context.speaker) == "at the centre"
    assert page.log.source.rows[-1].sent + page.log.source.rows[0].sent >= 1


@pytest.mark.slow
def test_what_was_refused_is_shown_with_its_reason_and_mended_in_its_form(
    connected: MainWindow, demo_workspace: Workspace, qapp: QApplication, settled: Wait, notices: list[Notice]
) -> None:
    flow_test(demo_workspace, save=journalled_unseen, water_cut=1.7)
    until(qapp, lambda: demo_workspace.journal.counts().get(State.QUARANTINED) == 1)
    settled()
    assert "notice.sync_attention" in [notice.code for notice in notices]
    page = page_of(connected, settled)
    row = page.table.source.rows[0]
    assert "water_cut" in row.why(connected.context.speaker)
    assert connected.top.sync.text() == "To be decided: 1"
    page.table.selectRow(0)
    QTest.mouseClick(page.change, Qt.MouseButton.LeftButton)
    settled()
    form = connected.entering.form
    assert form is not None
    form.boxes["water_cut"].editor.clear()
    QTest.keyClicks(form.boxes["water_cut"].editor, "40")
    form.save_button.click()
    until(
        qapp,
        lambda: (
            demo_workspace.journal.counts().get(State.CONFIRMED) == 1
            and demo_workspace.journal.unsent_count() == 0
        ),
    )
    settled()


@pytest.mark.slow
def test_a_conflict_is_decided_between_two_values(
    connected: MainWindow,
    demo_workspace: Workspace,
    centre: CentreProcess,
    tmp_path: Path,
    qapp: QApplication,
    settled: Wait,
) -> None:
    from dataclasses import replace

    from app.core.jobs import Job
    from app.models.kinds import KINDS
    from app.models.store import kinds
    from app.services.centre import sync

    record = flow_test(demo_workspace, water_cut=0.4)
    until(qapp, lambda: demo_workspace.journal.counts().get(State.CONFIRMED) == 1)
    connected.syncing.pause(True)
    settled()
    with laptop(tmp_path / "other", centre, FIELD, wells=False) as other:
        sync.run(Job(), other)
        theirs = kinds.find(other.store, KINDS["flow_test"], record.id)
        assert theirs is not None
        entries.save_record(other, replace(theirs, values={**theirs.values, "water_cut": 0.5}))
        sync.run(Job(), other)
    entries.save_record(demo_workspace, replace(record, values={**record.values, "water_cut": 0.6}))
    connected.syncing.pause(False)
    until(qapp, lambda: demo_workspace.journal.counts().get(State.CONFLICT) == 1)
    page = page_of(connected, settled)
    page.table.selectRow(0)
    QTest.mouseClick(page.resolve, Qt.MouseButton.LeftButton)
    settled()
    dialog = next(one for one in page.findChildren(ConflictDialog))
    assert not dialog.save.isEnabled()
    (group,) = dialog.groups.values()
    assert [button.accessibleName() for button in group.buttons()] == ["60\u00a0%", "50\u00a0%"]
    group.button(3).click()
    dialog.save.click()
    until(qapp, lambda: demo_workspace.journal.unsent_count() == 0)
    settled()
    chosen = kinds.find(demo_workspace.store, KINDS["flow_test"], record.id)
    assert chosen is not None
    assert chosen.values["water_cut"] == 0.5


@pytest.mark.slow
def test_live_readings_stand_on_the_followed_chart_within_five_seconds(
    connected: MainWindow, demo_workspace: Workspace, centre: CentreProcess, qapp: QApplication, settled: Wait
) -> None:
    flow_test(demo_workspace)
    until(qapp, lambda: demo_workspace.journal.counts().get(State.CONFIRMED) == 1)
    well = next(well for well in connected.tree.wells() if well.name == "101")
    connected.context.choose_well(well)
    connected.open_page("trends")
    settled()
    trends = connected.page("trends")
    trends.bar.follow.setChecked(True)  # type: ignore[attr-defined]
    settled()
    at = utc_now().replace(microsecond=0) - timedelta(seconds=1)
    with centre.client(centre.token(FIELD)) as client:
        body = {
            "readings": [
                {
                    "well": well_uid(well.field_name, well.pad, well.name),
                    "sensor": "motor_temperature",
                    "timestamp": iso(at),
                    "value": 371.5,
                }
            ]
        }
        assert client.post("/v1/readings", json=body).json()["taken"] == 1
    began = time.monotonic()

    def there() -> bool:
        span = connected.context.span
        with demo_workspace.store.reading() as cursor:
            found = cursor.execute(
                "SELECT count(*) FROM readings WHERE abs(value - 371.5) < 1e-4 AND epoch_us(ts) >= ?",
                [int(at.timestamp() * 1e6)],
            ).fetchone()
        return bool(found and found[0]) and span is not None

    until(qapp, there, 5.0)
    assert time.monotonic() - began < 5.0
    trends.bar.follow.setChecked(False)  # type: ignore[attr-defined]
    settled()


@pytest.mark.slow
def test_a_window_that_closes_does_not_wait_for_a_dead_network(
    window: MainWindow, demo_workspace: Workspace, qapp: QApplication
) -> None:
    """A centre that takes the connection and never answers."""
    silent = socket.create_server(("127.0.0.1", 0))
    runner = TaskRunner()
    window.syncing._runner = runner
    connections.set_up(
        demo_workspace,
        {"centre_url": f"http://127.0.0.1:{silent.getsockname()[1]}"},
        {connections.TOKEN: "x"},
    )
    until(qapp, lambda: window.syncing.state is SyncState.SYNCING)
    silent.settimeout(15)
    taken, _ = silent.accept()
    began = time.monotonic()
    window.syncing.stop()
    assert not runner.shutdown(1.0), "the task still waits for its answer"
    assert time.monotonic() - began < 3.0
    silent.close()  # now it gets one
    taken.close()
    until(qapp, lambda: not any(task.future and not task.future.done() for task in runner._alive), 20.0)


def test_what_waits_is_saved_to_a_file_and_taken_from_one(
    window: MainWindow,
    demo_workspace: Workspace,
    settled: Wait,
    notices: list[Notice],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    centre = MemoryCentre(utc_now)
    centre.fields = tuple({well.field_name for well in records.wells(demo_workspace.store)})
    unsent.introduce(demo_workspace, centre, centre.hello())
    flow_test(demo_workspace)
    page = page_of(window, settled)
    file = str(tmp_path / "w.unsent")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (file, ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (file, ""))
    page.save.click()
    settled()
    assert (notices[-1].code, notices[-1].details["count"]) == ("notice.unsent_saved", 1)
    page.take.click()
    settled()
    assert (notices[-1].code, notices[-1].details["known"]) == ("notice.unsent_taken", 1)
