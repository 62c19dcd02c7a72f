"""The trends page as a user works with it: windows, history of views, pens, notes, findings, pictures, live
data.
"""

from __future__ import annotations

import csv
import re
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.core.clock import to_us
from app.core.notices import Notice
from app.models.changes import Changed
from app.models.readings import Quality, Readings
from app.models.sensors import SENSORS
from app.models.store import readings, records
from app.views.main_window import MainWindow
from app.views.period import DAY_US, Window
from app.views.plots.strip import Marks
from app.views.trends import presenter
from app.views.trends.page import TrendsPage

Open = Callable[[MainWindow, str, str], None]
Wait = Callable[[], None]
pytestmark = pytest.mark.opens("103", "trends")


@pytest.fixture
def page(window: MainWindow) -> TrendsPage:
    page = window.page("trends")
    assert isinstance(page, TrendsPage)
    return page


def shown_window(page: TrendsPage) -> tuple[int, int]:
    window = page.chart.window_us()
    assert window is not None
    return window


def test_a_well_opens_with_its_telling_pens_drawn_in_the_chosen_period(page: TrendsPage) -> None:
    assert set(page.chart.traces) == {
        "intake_pressure",
        "motor_temperature",
        "intake_temperature",
        "motor_current",
        "frequency",
    }
    start, end = shown_window(page)
    assert end - start == pytest.approx(30 * DAY_US, rel=0.02)
    for trace in page.chart.traces.values():
        assert len(trace.x) > 500, trace.spec.key
        inside = (trace.x >= page.chart.to_x(start)) & (trace.x <= page.chart.to_x(end))
        assert np.isfinite(trace.y[inside]).mean() > 0.9


@pytest.mark.slow
def test_values_are_in_the_units_of_the_settings(
    page: TrendsPage, window: MainWindow, settled: Wait, open_well: Open
) -> None:
    megapascal = np.nanmedian(page.chart.traces["intake_pressure"].y)
    assert 0.5 < megapascal < 10
    window.context.workspace.settings.set("units", "us_field")
    settled()
    again = window.page("trends")
    assert isinstance(again, TrendsPage)
    psi = np.nanmedian(again.chart.traces["intake_pressure"].y)
    assert psi == pytest.approx(megapascal * 145.0377, rel=0.02)  # the window may differ by a pixel
    assert "psi" in again.chart.traces["intake_pressure"].spec.axis_title


@pytest.mark.slow
def test_zooming_with_the_wheel_keeps_the_moment_under_the_pointer(page: TrendsPage, settled: Wait) -> None:
    start, end = shown_window(page)
    box = page.chart.panes[0].box

    class Wheel:
        def delta(self) -> int:
            return 240

        def scenePos(self) -> QPointF:  # noqa: N802 - Qt's name
            return box.mapViewToScene(QPointF(page.chart.to_x(start + (end - start) // 4), 0))

        def accept(self) -> None: ...

    box.wheelEvent(Wheel())
    settled()
    near, far = shown_window(page)
    assert far - near < 0.7 * (end - start)
    moment = start + (end - start) / 4
    assert (moment - near) / (far - near) == pytest.approx(0.25, abs=0.02)
    # The other pages take the window over.
    period = page._context.period
    assert period is not None
    assert (period.key, period.from_us, period.to_us) == ("custom", near, far)


@pytest.mark.slow
def test_a_view_can_be_taken_back_and_forth(page: TrendsPage, settled: Wait) -> None:
    first = shown_window(page)
    page.chart.zoom(0.5)
    settled()
    second = shown_window(page)
    page.chart.pan(0.2)
    settled()
    third = shown_window(page)
    assert len({first, second, third}) == 3
    page.chart.setFocus()
    QTest.keyClick(page.chart, Qt.Key.Key_Backspace)
    settled()
    assert shown_window(page) == pytest.approx(second, abs=2)
    page.bar.back.click()
    settled()
    assert shown_window(page) == pytest.approx(first, abs=2)
    QTest.keyClick(page.chart, Qt.Key.Key_Backspace, Qt.KeyboardModifier.ShiftModifier)
    page.bar.forward.click()
    settled()
    assert shown_window(page) == pytest.approx(third, abs=2)


@pytest.mark.slow
def test_a_stale_answer_is_never_drawn(
    page: TrendsPage, settled: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers: list[int] = []
    page._presenter.trends_ready.connect(lambda answer: answers.append(len(answer.by_sensor)))
    start, end = shown_window(page)
    for step in range(1, 12):
        page.chart.set_window_us(start - 10 * step * DAY_US, end - 9 * step * DAY_US)
        page._request(Window(*shown_window(page)))
    settled()
    assert 1 <= len(answers) < 11
    page.chart.set_window_us(start, end)
    settled()
    trace = page.chart.traces["motor_current"]
    span = page._context.span
    assert span is not None
    assert trace.x[0] <= page.chart.to_x(start)
    assert trace.x[-1] >= page.chart.to_x(min(end, span[1])) - 8000  # two pixels


@pytest.mark.slow
def test_gaps_are_drawn_as_gaps_and_bad_samples_apart(
    page: TrendsPage, window: MainWindow, settled: Wait
) -> None:
    store, well = window.context.workspace.store, window.context.well
    assert well is not None
    assert window.context.span is not None
    last = window.context.span[1]
    sensor = SENSORS["intake_pressure"]
    minutes = last + DAY_US // 24 * 10 + np.arange(120, dtype=np.int64) * 60_000_000
    quality = np.zeros(120, np.uint8)
    quality[50:60] = Quality.SPIKE
    values = np.full(120, 4e6, np.float32)
    values[50:60] = 60e6
    readings.write(store, Readings.of_one(well.id, sensor.number, minutes, values, quality))
    window.context.changed.emit(Changed(well.id))
    window.context.refresh_span()
    settled()
    page.chart.set_window_us(last - DAY_US // 4, int(minutes[-1]))
    page._presenter.forget()
    page._request(Window(*shown_window(page)))
    settled()
    trace = page.chart.traces["intake_pressure"]
    before, after = np.searchsorted(
        trace.x, (page.chart.to_x(last - 3_600_000_000), page.chart.to_x(int(minutes[5])))
    )
    assert np.isnan(trace.y[before:after]).any(), "a break in the line"
    assert np.nanmax(trace.y) < 10, "what is marked as bad does not stretch the line"
    assert np.max(trace.suspects.getData()[1]) == pytest.approx(60.0)


@pytest.mark.slow
def test_pens_are_hidden_shown_and_brought_forward_in_the_legend(page: TrendsPage, settled: Wait) -> None:
    model = page.legend.table
    row = [sensor.key for sensor in model.sensors].index("motor_current")
    model.setData(model.index(row, 0), Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)
    settled()
    assert "motor_current" not in page.chart.traces
    row = [sensor.key for sensor in model.sensors].index("discharge_pressure")
    model.setData(model.index(row, 0), Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)
    settled()
    assert len(page.chart.traces["discharge_pressure"].x) > 500
    page.legend._clicked(model.index(row, 0))
    assert (
        page.chart.traces["discharge_pressure"].line.zValue() > page.chart.traces["frequency"].line.zValue()
    )
    page.legend._clicked(model.index(row, 0))
    assert page.chart.traces["frequency"].line.zValue() == 1


@pytest.mark.slow
def test_pointing_shows_the_time_and_the_value_of_every_pen(page: TrendsPage) -> None:
    start, end = shown_window(page)
    viewport = page.chart._plots.viewport()
    area = page.chart.panes[0].plot_rect()
    place = page.chart._plots.mapFromScene(QPointF(area.left() + area.width() / 3, area.center().y()))
    move = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(place),
        viewport.mapToGlobal(QPointF(place)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(viewport, move)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", page.bar.moment.text())
    values = page.legend.table._values
    assert set(values) == set(page.chart.traces)
    pressure = page.chart.traces["intake_pressure"]
    x = page.chart.to_x(start + (end - start) // 3)
    around = pressure.y[np.abs(pressure.x - x) < 3 * 3600]
    assert np.nanmin(around) - 0.1 <= values["intake_pressure"] <= np.nanmax(around) + 0.1
    QApplication.sendEvent(viewport, QEvent(QEvent.Type.Leave))
    assert page.bar.moment.text() == ""


@pytest.mark.slow
def test_jumping_to_a_finding_shows_its_time_its_pens_and_its_evidence(
    page: TrendsPage, settled: Wait
) -> None:
    assert page._history is not None
    finding = page._history.findings[0]
    assert finding.code == "pump_off"
    page.bar.jump.menu().aboutToShow.emit()
    page.bar.jump.menu().actions()[0].trigger()
    settled()
    start, end = shown_window(page)
    assert start <= to_us(finding.from_at) < end
    for evidence in finding.evidence:
        if evidence.sensor:
            assert evidence.sensor in page.chart.traces
    assert page.bar.evidence.text()
    bands = [band for pane in page.chart.panes for band in pane.bands]
    assert bands
    assert all(start <= page.chart.to_us(band.getRegion()[0]) <= end for band in bands)


@pytest.mark.slow
def test_the_strip_shows_findings_stops_and_flow_tests_and_a_click_opens_a_finding(
    page: TrendsPage, settled: Wait
) -> None:
    marks = page.chart.strip._marks.every
    assert {"finding", "stop", "test", "trip"} <= {mark.kind for mark in marks}
    finding = [mark for mark in marks if mark.kind == "finding"][-1]  # drawn over the others
    box = next(box for mark, box in page.chart.strip.painted() if mark is finding)
    QTest.mouseClick(page.chart.strip, Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    settled()
    assert page._chosen_finding is not None
    assert page._chosen_finding.id == finding.key


def test_a_note_is_saved_said_and_drawn(
    page: TrendsPage, window: MainWindow, settled: Wait, notices: list[Notice]
) -> None:
    start, end = shown_window(page)
    page.actions_of_chart.add_note("gauge replaced", (start + end) // 2)
    settled()
    assert "notice.note_saved" in [notice.code for notice in notices]
    assert window.context.workspace.journal.unsent_count() == 1
    assert any("gauge replaced" in mark.text for mark in page.chart.strip._marks.every)
    assert "1 to send" in window.top.sync.text()


@pytest.mark.slow
def test_the_chart_is_saved_as_picture_and_data(
    page: TrendsPage, tmp_path: Path, settled: Wait, notices: list[Notice]
) -> None:
    actions = page.actions_of_chart
    actions.save_picture(tmp_path / "chart.png")
    actions.save_picture(tmp_path / "chart.svg")
    for suffix in ("csv", "parquet", "xlsx"):
        actions.save_data(tmp_path / f"chart.{suffix}")
    settled()
    assert (tmp_path / "chart.png").read_bytes().startswith(b"\x89PNG")
    svg = (tmp_path / "chart.svg").read_text(encoding="utf-8")
    assert svg.count("<path") >= 5
    with (tmp_path / "chart.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["pen"] for row in rows} == {trace.spec.name for trace in page.chart.traces.values()}
    assert {row["unit"] for row in rows} == {"MPa", "°C", "A", "Hz"}
    assert (tmp_path / "chart.xlsx").stat().st_size > 10_000
    actions.copy_picture()
    assert not QApplication.clipboard().image().isNull()
    actions.save_picture(tmp_path / "no" / "such" / "chart.png")
    assert notices[-1].code == "error.file_not_written"


@pytest.mark.slow
def test_following_keeps_the_newest_readings_in_view_until_the_user_moves(
    page: TrendsPage, window: MainWindow, settled: Wait, qtbot: QtBot
) -> None:
    window.context.workspace.settings.set("live_interval_s", 0.2)
    well, span = window.context.well, window.context.span
    assert well is not None
    assert span is not None
    page.bar.follow.setChecked(True)
    qtbot.waitUntil(lambda: shown_window(page)[1] >= span[1], timeout=5000)
    new = span[1] + np.arange(1, 600, dtype=np.int64) * 60_000_000
    readings.write(
        window.context.workspace.store,
        Readings.of_one(well.id, SENSORS["motor_current"].number, new, np.full(len(new), 25.0)),
    )
    qtbot.waitUntil(lambda: shown_window(page)[1] >= int(new[-1]), timeout=5000)
    newest = page.chart.to_x(int(new[-1])) - 8000  # two pixels
    qtbot.waitUntil(lambda: page.chart.traces["motor_current"].x[-1] >= newest, timeout=5000)
    page.chart.pan(-0.5)
    assert not page.bar.follow.isChecked()


def test_a_well_without_readings_says_what_to_do(empty_window: MainWindow, settled: Wait) -> None:
    from app.models.wells import ESP, Well, WellId

    store = empty_window.context.workspace.store
    with store.writing() as cursor:
        records.put_wells(cursor, [Well(WellId(1), "1", "F", "1", ESP)])
    empty_window.tree.refresh()
    settled()
    empty_window.open_page("trends")
    settled()
    page = empty_window.page("trends")
    assert isinstance(page, TrendsPage)
    assert page._empty.isVisible()
    assert "Drop" in page._empty.text()


def test_what_stands_on_the_strip_is_made_by_a_worker(
    page: TrendsPage, settled: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thousand findings and five thousand events held the window up for as long as they took to be made."""
    makers: list[str] = []
    make = presenter.marks_of

    def told(*given: Any) -> Marks:
        makers.append(threading.current_thread().name)
        return make(*given)

    monkeypatch.setattr(presenter, "marks_of", told)
    before = [(mark.kind, mark.x, mark.key) for mark in page.chart.strip._marks.every]
    page._context.changed.emit(Changed(kinds=frozenset({"event"})))
    settled()
    assert len(makers) == 1
    assert makers[0].startswith("store"), makers
    assert [(mark.kind, mark.x, mark.key) for mark in page.chart.strip._marks.every] == before
