"""Time and now, by hand: a day in the field of one's own, by its clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.core.clock import to_us
from app.models.kinds import KINDS
from app.models.records import Record
from app.models.store import kinds
from app.views.entry.form import EntryForm
from app.views.main_window import MainWindow
from app.views.period import CUSTOM, Period
from app.views.trends.page import TrendsPage
from tests.conftest import NOW
from tests.views.hands import CTRL, at_hand, choose, labels, press, type_in
from tests.views.small_field import BEGAN, ENDED, FAULT

Wait = Callable[[], None]


def opened(window: MainWindow, entry: str, settled: Wait) -> EntryForm:
    press(Qt.Key.Key_N, CTRL, on=window)
    choose(entry)
    settled()
    form = window.entering.form
    assert form is not None
    return form


def typed_moment(form: EntryForm, digits: str) -> None:
    """As one types it: all digits of a date and a time one after the other."""
    at_hand(form)
    form.at.setFocus(Qt.FocusReason.TabFocusReason)
    type_in(digits)


def kept(window: MainWindow, kind: str) -> list[Record]:
    return kinds.of_well(window.context.workspace.store, KINDS[kind], 1)


@pytest.mark.slow
def test_a_level_typed_by_the_fields_clock_is_the_newest_of_the_well_everywhere(
    small_window: MainWindow, settled: Wait
) -> None:
    assert "UTC+5" in labels(small_window.top)
    assert small_window.context.period is not None
    assert small_window.context.period.to_us < to_us(NOW) - 86_400_000_000, "two days without readings"
    form = opened(small_window, "Fluid level", settled)
    typed_moment(form, "202611011430")
    form.boxes["level_m"].take_focus()
    type_in("812")
    press(Qt.Key.Key_S, CTRL)
    settled()
    (level,) = kept(small_window, "fluid_level")
    assert level.at == datetime(2026, 11, 1, 9, 30, tzinfo=UTC), "14:30 of the wall, kept in UTC"
    told = labels(small_window.page("overview"))
    assert "by hand, today 14:30" in told
    assert "812" in told
    assert small_window.context.period.to_us > to_us(level.at), "the preset reaches what was entered"
    press(Qt.Key.Key_2, CTRL, on=small_window)
    settled()
    trends = small_window.page("trends")
    assert isinstance(trends, TrendsPage)
    low, high = trends.chart.x_range() or (0.0, 0.0)
    assert low < to_us(level.at) / 1e6 - trends.chart.origin_us / 1e6 < high


@pytest.mark.slow
def test_readings_that_are_imported_into_the_open_well_are_within_its_preset(
    small_window: MainWindow, settled: Wait, tmp_path: Path
) -> None:
    file = tmp_path / "later.csv"
    file.write_text("Скважина;Дата;Ток ПЭД, А\n123Г;31.10.2026 08:00;31\n123Г;31.10.2026 20:00;32\n", "utf-8")
    window, newest = small_window, datetime(2026, 10, 31, 15, tzinfo=UTC)
    assert window.context.period is not None
    assert window.context.period.to_us < to_us(newest)
    window.importing.take([file])
    settled()
    assert window.importing.dialog is not None
    window.importing.dialog.import_button.click()
    settled()
    assert window.context.period.key == "30d"
    assert window.context.period.to_us > to_us(newest)
    chosen = Period(CUSTOM, to_us(BEGAN), to_us(FAULT))
    window.context.set_period(chosen)
    window.context.everything_changed()
    settled()
    assert window.context.period == chosen, "a window that somebody chose stays where it is"


@pytest.mark.slow
def test_a_flow_test_after_the_last_reading_is_the_last_one_and_a_day_has_no_hour(
    small_window: MainWindow, settled: Wait
) -> None:
    form = opened(small_window, "Flow test", settled)
    typed_moment(form, "202611010000")
    form.boxes["liquid_m3_per_s"].take_focus()
    type_in("45.2")
    press(Qt.Key.Key_Return, CTRL)
    settled()
    (test,) = kept(small_window, "flow_test")
    assert test.at == datetime(2026, 11, 1, tzinfo=UTC), "midnight is that day, under every clock"
    told = labels(small_window.page("overview"))
    assert "Last flow test 2026-11-01: liquid 45.2" in told


@pytest.mark.slow
def test_a_date_to_come_and_one_before_the_well_are_asked_about_once(
    small_window: MainWindow, settled: Wait
) -> None:
    doubts = {"202711011430": "still to come", "202510011430": "before anything that is known"}
    for digits, words in doubts.items():
        form = opened(small_window, "Fluid level", settled)
        typed_moment(form, digits)
        form.boxes["level_m"].take_focus()
        type_in("800")
        before = len(kept(small_window, "fluid_level"))
        press(Qt.Key.Key_S, CTRL)
        settled()
        assert words in form.state.text()
        assert form.isVisible()
        press(Qt.Key.Key_S, CTRL)
        settled()
        assert len(kept(small_window, "fluid_level")) == before + 1, "meant: saved at the second time"


@pytest.mark.slow
def test_usual_is_before_the_fault_and_nothing_of_another_well_stays(
    small_window: MainWindow, settled: Wait
) -> None:
    values = small_window.page("overview").values  # type: ignore[attr-defined]
    rows = {row.sensor.key: row for row in values._model.rows}
    assert rows["motor_current"].usual_high < 35, "the 50 A of the fault are no usual ones"
    assert rows["motor_current"].unusual
    assert BEGAN < FAULT < ENDED
    press(Qt.Key.Key_F, CTRL, on=small_window)
    type_in("77")
    press(Qt.Key.Key_Return)
    settled()
    assert small_window.context.well is not None
    assert small_window.context.well.name == "77"
    assert not values._model.rows, "it has no readings, and those of the other one are gone"


@pytest.mark.slow
def test_the_ends_of_a_period_are_typed_by_the_fields_clock(small_window: MainWindow, settled: Wait) -> None:
    press(Qt.Key.Key_T, CTRL, on=small_window)
    dialog = small_window.stack._period.dialog
    for field, digits in ((dialog.since, "202610200600"), (dialog.until, "202610220600")):
        at_hand(dialog)
        field.setFocus(Qt.FocusReason.TabFocusReason)
        type_in(digits)
    QTest.mouseClick(dialog.show_button, Qt.MouseButton.LeftButton)
    settled()
    period = small_window.context.period
    assert period is not None
    assert period.from_us == to_us(datetime(2026, 10, 20, 1, tzinfo=UTC))
    assert period.to_us - period.from_us == int(timedelta(days=2).total_seconds() * 1e6)
    assert QApplication.activeModalWidget() is None
