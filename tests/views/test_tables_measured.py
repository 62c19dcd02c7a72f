"""A table measures the cells that are in sight once, and those that come into sight when it is sorted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox

from app.views.main_window import MainWindow
from app.views.plots.pane import PenSpec
from app.views.plots.time_chart import TimeChart
from app.views.rows import Column, RowsTable
from app.views.settings_dialog import SettingsDialog

Wait = Callable[[], None]
ROWS, COLUMNS = 5_000, 6


@pytest.fixture
def table(window: MainWindow, qapp: QApplication) -> RowsTable:
    columns = [
        Column(f"c{n}", lambda row, n=n: written(row, n), lambda row: row, number=True, stretch=n == 1)
        for n in range(COLUMNS)
    ]
    made = RowsTable(window.context, columns, "of a test", "of a test")
    made.resize(900, 500)
    made.show()
    qapp.processEvents()
    return made


asked: list[int] = []


def written(row: int, column: int) -> str:
    asked.append(row)
    return "w" * (4 if row < ROWS - 100 else 40) if column == 0 else str(row)


def test_a_cell_is_written_twice_to_be_measured_and_painted(table: RowsTable, qapp: QApplication) -> None:
    asked.clear()
    table.show_rows(list(range(ROWS)))
    qapp.processEvents()
    in_sight = table.viewport().height() // table.rowHeight(0) + 2
    assert len(asked) <= 2 * COLUMNS * in_sight
    assert max(asked) < in_sight
    table.deleteLater()


def test_a_sorted_table_fits_what_it_shows_now(table: RowsTable, qapp: QApplication) -> None:
    table.show_rows(list(range(ROWS)))
    narrow = table.columnWidth(0)
    table.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    qapp.processEvents()
    assert table.columnWidth(0) > 3 * narrow
    assert table.columnWidth(0) >= table.fontMetrics().horizontalAdvance("w" * 40)
    table.deleteLater()


def test_lines_of_a_pane_are_made_when_they_are_wanted_and_go_again(window: MainWindow) -> None:
    context = window.context
    chart = TimeChart(context.theme, "en", context.speaker.zone, window)
    chart.set_pens([[PenSpec("p", "p", "pressure", "P, bar", "#0B5FA5")]])
    (pane,) = chart.panes
    there = len(pane.plot._items)
    pane.plant([1.0, 2.0])
    pane.point(3.0)
    assert len(pane.plot._items) == there + 3
    pane.plant([4.0])
    pane.point(None)
    assert [line.isVisible() for line in (*pane._planted, *pane._cursor)] == [True, False, False]
    assert [line.value() for line in pane._planted][0] == 4.0
    assert len(pane.plot._items) == there + 3, "the same lines again"
    chart.deleteLater()


def test_of_a_list_of_hundreds_no_width_is_asked(window: MainWindow) -> None:
    """The zones of the settings: each name was measured though the list is as wide as its dialog."""
    dialog = SettingsDialog(window.context, window)
    zone = dialog.fields["time_zone"]
    assert isinstance(zone, QComboBox)
    assert zone.count() > 300
    longest = max(zone.fontMetrics().horizontalAdvance(zone.itemText(i)) for i in range(zone.count()))
    assert zone.sizeHint().width() < longest
    dialog.deleteLater()
