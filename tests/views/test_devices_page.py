"""Instruments in the window, against demo devices on the loopback."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.core.plain import JsonObject
from app.devices.demo import trouble
from app.devices.demo.server import DemoServer
from app.devices.gate import TCP
from app.devices.live import Live
from app.models.store import records
from app.services.devices import shelf
from app.services.workspace import Workspace
from app.views.context import Context
from app.views.devices.page import DevicesPage
from app.views.devices.registers import FIELDS, SHOWN, RegistersTable
from app.views.language import Languages
from app.views.main_window import MainWindow
from app.views.tasks import TaskRunner
from tests.devices.at_hand import START, body, served, small_device, small_profile
from tests.devices.logged import logged_body, logged_profile
from tests.devices.test_lines_of_text import body as spoken_body

Settled = Callable[[], None]
WAIT_MS = 8_000


@pytest.fixture
def device(workspace: Workspace) -> Iterator[DemoServer]:
    shelf.put(workspace.paths, "small", json.dumps(body()).encode())
    began = datetime.now(UTC)
    made = small_device(small_profile(), ahead_s=30)
    made.clock = lambda: START + timedelta(minutes=100, seconds=1) + 10 * (datetime.now(UTC) - began)
    workspace.clock = made.clock
    with served(made, TCP) as (server, _):
        yield server


@pytest.fixture
def page(
    qapp: QApplication, workspace: Workspace, runner: TaskRunner, device: DemoServer, settled: Settled
) -> Iterator[DevicesPage]:
    workspace.settings.set("language", "en")
    window = MainWindow(workspace, runner, Languages(qapp))
    window.resize(1366, 768)
    window.show()
    settled()
    well = next(one for one in records.wells(workspace.store) if one.name == "123Г")
    window.context.choose_well(well)
    settled()
    window.open_page("devices")
    settled()
    page = window.page("devices")
    assert isinstance(page, DevicesPage)
    page.profile.setCurrentIndex([one.key for one, _ in page._profiles].index("small"))
    page.where.setEditText(device.where)
    yield page
    page.presenter.disconnect_it()
    settled()
    window.close()
    settled()
    window.deleteLater()


def _connected(page: DevicesPage, qtbot: QtBot) -> None:
    page.connect_.click()
    qtbot.waitUntil(lambda: page.state.text() == "Connected.", timeout=WAIT_MS)


@pytest.mark.slow
def test_values_are_shown_large_with_unit_and_state(page: DevicesPage, qtbot: QtBot) -> None:
    _connected(page, qtbot)
    shown = {name: tile.value.text().replace("\u00a0", " ") for name, tile in page._tiles.items()}
    assert shown["motor_current"] == "41.2 A"
    assert shown["frequency"] == "50.0 Hz"
    assert shown["state"] == "running"
    assert shown["running"] == "yes"
    assert page.disconnect_.isVisible()
    assert not page.connect_.isVisible()


@pytest.mark.slow
def test_a_fault_of_the_line_is_said_with_what_to_do_and_passes(
    page: DevicesPage, qtbot: QtBot, device: DemoServer
) -> None:
    _connected(page, qtbot)
    device.trouble.kinds, device.trouble.share = (trouble.SILENT,), 1.0
    qtbot.waitUntil(lambda: "did not answer in time" in page.state.text(), timeout=WAIT_MS)
    device.trouble.share = 0.0
    qtbot.waitUntil(lambda: page.state.text() == "Connected.", timeout=WAIT_MS)


@pytest.mark.slow
def test_what_is_recorded_and_archived_is_in_the_store_and_told(
    page: DevicesPage, qtbot: QtBot, workspace: Workspace
) -> None:
    _connected(page, qtbot)
    page.record.click()
    qtbot.waitUntil(lambda: "waiting: " in page.saved.text(), timeout=WAIT_MS)
    page.archive.click()
    qtbot.waitUntil(lambda: "s ahead" in page.said.text(), timeout=WAIT_MS)
    assert "readings new: 128" in page.said.text()
    page.record.click()
    qtbot.waitUntil(lambda: "waiting: 0" in page.saved.text(), timeout=WAIT_MS)
    saved = int(page.saved.text().split(" readings")[0].rsplit(" ", 1)[1])
    with workspace.store.reading() as cursor:
        (count,) = cursor.execute("SELECT count(*) FROM readings").fetchone() or (0,)
    assert saved >= 3
    assert count == 128 + saved


@pytest.mark.slow
def test_the_log_of_the_device_is_shown_and_stored_as_events(
    page: DevicesPage, qtbot: QtBot, workspace: Workspace, device: DemoServer
) -> None:
    shelf.put(workspace.paths, "logged", json.dumps(logged_body()).encode())
    device.device.profile = logged_profile()
    device.device.events = [(START + timedelta(minutes=30), 1), (START + timedelta(minutes=40), 7)]
    page.look.click()
    qtbot.waitUntil(lambda: "logged" in [one.key for one, _ in page._profiles], timeout=WAIT_MS)
    assert not page.events.isVisible()
    page.profile.setCurrentIndex([one.key for one, _ in page._profiles].index("logged"))
    page.where.setEditText(device.where)
    _connected(page, qtbot)
    page.take_events.click()
    qtbot.waitUntil(lambda: "new: 2" in page.said.text(), timeout=WAIT_MS)
    assert page.events.isVisible()
    assert [one.note for one in page.events.table.source.rows] == ['7 ЗСП: "недогруз"; 0,7', "1 Пуск"]
    with workspace.store.reading() as cursor:
        found = cursor.execute("SELECT kind FROM events ORDER BY happened_at DESC LIMIT 2").fetchall()
    assert found == [("trip",), ("start",)]


@pytest.mark.slow
def test_disconnecting_writes_what_waits_and_comes_within_seconds(
    page: DevicesPage, qtbot: QtBot, workspace: Workspace
) -> None:
    _connected(page, qtbot)
    page.record.click()
    qtbot.waitUntil(lambda: "waiting: " in page.saved.text(), timeout=WAIT_MS)
    page.disconnect_.click()
    qtbot.waitUntil(lambda: page.connect_.isVisible(), timeout=WAIT_MS)
    with workspace.store.reading() as cursor:
        (count,) = cursor.execute("SELECT count(*) FROM readings").fetchone() or (0,)
    assert count >= 3


@pytest.mark.slow
def test_the_map_is_changed_beside_living_values_and_what_is_wrong_is_said(
    page: DevicesPage, qtbot: QtBot, workspace: Workspace, settled: Settled
) -> None:
    page.registers._fold.click()
    _connected(page, qtbot)
    table = page.registers.table
    qtbot.waitUntil(lambda: "41.2" in table.item(0, SHOWN).text(), timeout=WAIT_MS)
    page.presenter.disconnect_it()
    qtbot.waitUntil(lambda: page.connect_.isVisible(), timeout=WAIT_MS)
    table.item(0, FIELDS.index("unit")).setText("MPa")
    page.registers.save("small")
    qtbot.waitUntil(page.registers.wrong.isVisible, timeout=WAIT_MS)
    assert "motor_current" in page.registers.wrong.text()
    table.item(0, FIELDS.index("unit")).setText("A")
    table.item(0, FIELDS.index("scale")).setText("0,01")
    page.registers.save("small")
    qtbot.waitUntil(lambda: not page.registers.wrong.isVisible(), timeout=WAIT_MS)
    saved = shelf.find(workspace.paths, "small").registers[0]
    assert (saved.scale, saved.invalid) == (0.01, (65535.0,))
    settled()


@pytest.mark.slow
def test_a_profile_saved_while_connected_says_from_when_it_holds(page: DevicesPage, qtbot: QtBot) -> None:
    """Scales were put right beside living values, and those stayed as they were without a word."""
    page.registers._fold.click()
    _connected(page, qtbot)
    page.registers.table.item(0, FIELDS.index("scale")).setText("0,01")
    page.registers.save("mine")
    qtbot.waitUntil(
        lambda: "by the one before until it is connected anew" in page.said.text(), timeout=WAIT_MS
    )
    page.presenter.disconnect_it()
    qtbot.waitUntil(lambda: page.connect_.isVisible(), timeout=WAIT_MS)
    _connected(page, qtbot)
    assert page._chosen is not None
    assert page._chosen.key == "mine"
    qtbot.waitUntil(lambda: "4.1" in page.registers.table.item(0, SHOWN).text(), timeout=WAIT_MS)


def _table(qtbot: QtBot, context: Context, told: JsonObject) -> RegistersTable:
    """As the page has it, unfolded."""
    registers = RegistersTable(context)
    qtbot.addWidget(registers)
    registers.show_profile(told)
    registers._fold.click()
    return registers


def test_beside_a_changed_row_stands_no_value_of_what_it_was(qtbot: QtBot, context: Context) -> None:
    profile = small_profile()
    registers = _table(qtbot, context, body())
    current = Live(profile.registers[0], 0, 41.2, (412,), raw=412.0)
    registers.hear((current,))
    assert "41.2" in registers.table.item(0, SHOWN).text().replace(",", ".")
    address = registers.table.item(0, FIELDS.index("address"))
    address.setText("8")
    assert registers.table.item(0, SHOWN).text() == ""
    registers.hear((current,))
    assert registers.table.item(0, SHOWN).text() == ""
    address.setText("0")  # as the device is asked
    registers._remove_row()
    registers.hear((current,))
    assert registers.table.item(0, SHOWN).text()


def test_of_an_instrument_that_speaks_by_itself_the_place_in_its_line_is_shown_and_saved(
    qtbot: QtBot, workspace: Workspace, context: Context
) -> None:
    registers = _table(qtbot, context, spoken_body())
    shown = [one for i, one in enumerate(FIELDS) if not registers.table.isColumnHidden(i)]
    assert shown == ["name", "sensor", "field", "scale", "offset", "unit"]
    assert registers.table.item(0, FIELDS.index("field")).text() == "2"
    registers.table.item(2, FIELDS.index("field")).setText("4")
    with qtbot.waitSignal(registers.saved, timeout=WAIT_MS):
        registers.save("echo-lines")
    assert [one.address for one in shelf.find(workspace.paths, "echo-lines").registers] == [2, 3, 4]


def test_a_scale_that_is_no_number_is_refused_and_not_read_as_another(
    qtbot: QtBot, workspace: Workspace, context: Context
) -> None:
    """Python reads 1_0 as ten, and what the device says would have been a hundred times as much."""
    registers = _table(qtbot, context, body())
    registers.table.item(0, FIELDS.index("scale")).setText("1_0")
    registers.save("mine")
    qtbot.waitUntil(lambda: "1_0" in registers.wrong.text(), timeout=WAIT_MS)


@pytest.mark.slow
def test_nothing_of_a_device_is_done_on_the_thread_of_the_window(
    page: DevicesPage, qtbot: QtBot, device: DemoServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.devices import wires

    threads = set()
    receive = wires.TcpWire.receive

    def noted(self: wires.TcpWire) -> bytes:
        threads.add(threading.current_thread())
        return receive(self)

    monkeypatch.setattr(wires.TcpWire, "receive", noted)
    _connected(page, qtbot)
    began = time.thread_time()
    page.archive.click()
    assert time.thread_time() - began < 0.1
    qtbot.waitUntil(lambda: "ahead" in page.said.text(), timeout=WAIT_MS)
    assert threads
    assert threading.main_thread() not in threads


@pytest.mark.parametrize(("name", "lift"), [("123Г", "esp"), ("77", "srp")])
def test_a_profile_for_what_lifts_the_well_is_offered_first(
    qapp: QApplication, workspace: Workspace, runner: TaskRunner, settled: Settled, name: str, lift: str
) -> None:
    window = MainWindow(workspace, runner, Languages(qapp))
    window.show()
    settled()
    window.context.choose_well(next(one for one in records.wells(workspace.store) if one.name == name))
    window.open_page("devices")
    settled()
    page = window.page("devices")
    assert isinstance(page, DevicesPage)
    assert page._chosen is not None
    assert page._chosen.lift == lift
    window.close()
    settled()
    window.deleteLater()


@pytest.mark.opens("205", "devices")
def test_the_profile_follows_a_well_that_is_lifted_otherwise(window: MainWindow, settled: Settled) -> None:
    """An ESP well stood under the registers of a rod pump's controller that nobody had chosen."""
    page = window.page("devices")
    assert isinstance(page, DevicesPage)
    wells = {one.name: one for one in window.tree.wells()}
    shown = []
    for name in ("205", "102", "205"):
        window.context.choose_well(wells[name])
        settled()
        assert page._chosen is not None
        shown.append((page._chosen.lift, "motor_temperature" in page._tiles))
    assert shown == [("srp", False), ("esp", True), ("srp", False)]
    page.profile.setCurrentIndex([one.lift for one, _ in page._profiles].index(""))
    window.context.choose_well(wells["102"])
    settled()
    assert page._chosen.lift == "", "one for any lift stays"


@pytest.mark.opens("205", "devices")
def test_a_hidden_page_makes_no_values_for_a_well_that_is_lifted_otherwise(
    window: MainWindow, settled: Settled, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled()
    page = window.stack.current()
    assert isinstance(page, DevicesPage)
    made: list[str] = []
    make = DevicesPage._make_tiles
    monkeypatch.setattr(
        DevicesPage, "_make_tiles", lambda self, profile: made.append(profile.lift) or make(self, profile)
    )
    before = page._chosen
    window.open_page("my_work")
    window.context.choose_well(next(one for one in window.tree.wells() if one.name == "103"))
    settled()
    assert made == []
    assert page._chosen is before
    window.open_page("devices")
    settled()
    assert made == ["esp"]
