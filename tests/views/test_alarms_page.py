"""The page Alarms: acknowledged one or many, with a comment or without, shelved, taken back, filtered; a
limit that is set there holds at once.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest

from app.core.clock import to_us
from app.models.alarms import STATES
from app.models.changes import ALARMS, Changed
from app.models.store import alarms, records
from app.models.store.alarms import Mark, StoredEpisode, Watch
from app.views.alarms.limits_dialog import AlarmLimitsDialog
from app.views.alarms.page import ALL_WELLS, OF_PAD, OF_WELL, AlarmsPage
from app.views.alarms.shelf_dialog import ShelfDialog
from app.views.main_window import MainWindow
from app.views.words_dialog import WordsDialog

Wait = Callable[[], None]
CTRL = Qt.KeyboardModifier.ControlModifier


def put_alarms(window: MainWindow, minutes_ago: tuple[int, ...] = (30, 20), known: int = 0) -> None:
    """Of every well, as the looking would keep them; all limits are as they were looked at. `known`: how many
    minutes ago the last reading was.
    """
    workspace = window.context.workspace
    workspace.settings.set("author", "Anna")
    now = workspace.clock()
    for well in records.wells(workspace.store):
        number = int(well.id)
        until = now - timedelta(minutes=known)
        told = ("", "high", "equipment", "", "temperature", 390.0, 395.0, until, 600.0, False, "", "{}")
        before = alarms.mark(workspace.store, number)
        found = []
        for ago, level in zip(minutes_ago, ("high", "high_high"), strict=False):
            at = to_us(now - timedelta(minutes=ago))
            found.append(
                StoredEpisode(number, "motor_temperature", level, at, at, None, "", 400.0, 390.0, 0.0)
            )
        watches = [Watch(number, "motor_temperature", level, *told) for level in ("high", "high_high")]
        mark = before or Mark(0, "", 0)
        alarms.renew(workspace.store, number, found, watches, mark, again_from_us=None)


def page_of(window: MainWindow, settled: Wait) -> AlarmsPage:
    settled()
    put_alarms(window)
    QTest.keyClick(window, Qt.Key.Key_L, CTRL | Qt.KeyboardModifier.ShiftModifier)
    settled()
    page = window.page("alarms")
    assert isinstance(page, AlarmsPage)
    return page


def states(page: AlarmsPage) -> dict[str, int]:
    rows = page.table.source.rows
    return {state: n for state in STATES if (n := sum(row.state == state for row in rows))}


def choose(page: AlarmsPage, *rows: int) -> None:
    page.table.clearSelection()
    for row in rows:
        page.table.selectionModel().select(
            page.table.source.index(row, 0),
            QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows,
        )


@pytest.mark.slow
@pytest.mark.opens("103", "my_work")
def test_alarms_are_answered_one_or_many_and_that_is_taken_back_by_one_click(
    window: MainWindow, settled: Wait
) -> None:
    page = page_of(window, settled)
    assert states(page) == {"unacknowledged": 28}
    choose(page, 0, 1, 2)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Return, CTRL)
    settled()
    assert states(page) == {"unacknowledged": 25, "acknowledged": 3}
    page.given.run("alarms.take_back")
    settled()
    assert states(page) == {"unacknowledged": 28}

    choose(page, 0)
    page.given.run("alarms.comment")
    assert isinstance(page.asked, WordsDialog)
    page.asked.words.setPlainText("the crew is on its way")
    page.asked.save()
    settled()
    answered = next(row for row in page.table.source.rows if row.state == "acknowledged")
    assert answered.comment == "the crew is on its way"

    choose(page, 0, 1)
    page.given.run("alarms.shelve")
    assert isinstance(page.asked, ShelfDialog)
    page.asked.save()
    assert page.asked.isVisible(), "without a reason nothing is shelved"
    page.asked.words.setPlainText("the gauge is being changed")
    page.asked.save()
    settled()
    assert states(page)["shelved"] == 2
    choose(page, len(page.table.source.rows) - 1)
    page.given.run("alarms.unshelve")
    settled()
    assert states(page)["shelved"] == 1


@pytest.mark.slow
@pytest.mark.opens("103", "my_work")
def test_the_list_is_of_all_wells_of_the_pad_or_of_the_well(window: MainWindow, settled: Wait) -> None:
    page = page_of(window, settled)
    window.resize(1024, 700)
    settled()
    titles = [column.title for column in page.table.source.columns]
    assert page.table.isColumnHidden(titles.index("Not known since")), "all is known, the limit is wanted"
    put_alarms(window, known=90)
    window.context.changed.emit(Changed(kinds=frozenset({ALARMS})))
    settled()
    assert not page.table.isColumnHidden(titles.index("Not known since")), "however little room there is"
    counts = {}
    for where in (ALL_WELLS, OF_PAD, OF_WELL):
        page.where.setCurrentIndex(where)
        settled()
        counts[where] = len(page.table.source.rows)
    assert counts == {ALL_WELLS: 28, OF_PAD: 8, OF_WELL: 2}
    page.where.setCurrentIndex(ALL_WELLS)
    settled()
    rows = page.table.source.rows
    other = next(place for place, row in enumerate(rows) if row.well != rows[0].well)
    choose(page, 0, other)
    page.table.opened.emit(rows[other])
    coming = window.context.coming
    assert coming is not None
    assert coming.id == rows[other].well, "the trend is of the alarm that was opened"
    settled()
    window.context.page_wanted.emit("alarms", None)
    settled()
    page.which.setCurrentIndex(page.which.findText("Shelved"))
    settled()
    assert page.table.source.rows == []
    assert page.empty.isVisibleTo(page)
    page.open(records.wells(window.context.workspace.store)[0])
    settled()
    assert page.where.currentIndex() == OF_WELL


@pytest.mark.slow
@pytest.mark.opens("103", "my_work")
def test_a_limit_that_is_set_here_is_in_the_list_of_limits_and_a_wrong_formula_is_not(
    window: MainWindow, settled: Wait
) -> None:
    page = page_of(window, settled)
    page.given.run("alarms.limits")
    settled()
    dialog = page.asked
    assert isinstance(dialog, AlarmLimitsDialog)
    assert {row.now.origin for row in dialog.table.source.rows} == {"equipment"}
    dialog.pen.setCurrentIndex(dialog.pen.findData("intake_pressure"))
    dialog.level.setCurrentIndex(dialog.level.findData("low"))
    assert dialog.unit.text() == "MPa"
    dialog.value.setValue(4.5)
    dialog.buttons["limit"].click()
    settled()
    (row,) = [row for row in dialog.table.source.rows if row.key == "intake_pressure"]
    assert row.now.limit is not None
    assert (row.now.origin, row.now.limit.threshold) == ("well", pytest.approx(4.5e6))
    well = window.context.well
    assert well is not None
    found = alarms.watches_of(window.context.workspace.store, int(well.id))
    assert ("intake_pressure", "low") in found, "the readings are held against it at once"
    dialog.pen.setCurrentIndex(dialog.pen.count() - 1)
    dialog.formula.setText("[motor_temperature] - [motor_current]")
    assert not dialog.buttons["limit"].isEnabled()
    assert "different kinds" in dialog.state.text()
    dialog.formula.setText("[motor_temperature] - [intake_temperature]")
    assert dialog.buttons["limit"].isEnabled()
    dialog.formula.setText("liquid_rate / frequency")
    dialog.level.setCurrentIndex(dialog.level.findData("high"))
    dialog.value.lineEdit().setText("0.00000925")
    dialog.buttons["limit"].click()
    settled()
    (row,) = [row for row in dialog.table.source.rows if "liquid_rate" in row.key]
    assert row.now.limit is not None
    assert row.now.limit.threshold == pytest.approx(9.25e-6), (
        "a turn of a pump is millionths of a cubic metre"
    )
    dialog.value.setValue(0.0)
    dialog.table.chosen.emit(row)
    assert dialog.value.text() == "0.00000925"
    dialog.value.setValue(4.5)
    assert dialog.value.text() == "4.5"
    dialog.reject()
