"""A table measures the cells that are in sight once, and those that come into sight when it is sorted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

from app.core.texts import Speaker
from app.models.overview import LastValue
from app.models.sensors import SENSORS
from app.views.main_window import MainWindow
from app.views.overview.values import ValuesTable
from app.views.plots.pane import PenSpec
from app.views.plots.time_chart import TimeChart
from app.views.rows import Column, RowsTable
from app.views.settings_dialog import SettingsDialog
from app.views.trends.legend import Legend

DIRECT = Qt.FindChildOption.FindDirectChildrenOnly
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


def test_a_table_too_narrow_for_its_titles_is_scrolled_and_cuts_none(
    telling: RowsTable, qapp: QApplication
) -> None:
    header = telling.horizontalHeader()
    for width in (120, 200, 900):
        telling.resize(width, 300)
        qapp.processEvents()
        for number in range(2):
            assert telling.columnWidth(number) >= header.sectionSizeHint(number), width
    assert telling.columnWidth(0) + telling.columnWidth(1) == telling.viewport().width(), "and grows again"


LONG = "Снижение сопротивления изоляции кабельной линии и погружного двигателя"


@pytest.fixture
def telling(window: MainWindow, qapp: QApplication) -> Iterator[RowsTable]:
    """What is wrong with a well beside its name, as on the page of the field."""
    columns = [
        Column("Well", lambda row: str(row[0]), lambda row: row[0]),
        Column("What is wrong", lambda row: row[1], lambda row: row[1], stretch=True),
    ]
    made = RowsTable(window.context, columns, "of a test", "of a telling test")
    made.resize(900, 300)
    made.show()
    made.show_rows([(101, LONG), (102, "gas")])
    qapp.processEvents()
    yield made
    made.deleteLater()


def test_what_a_short_table_is_read_for_is_read_whole_however_narrow_it_is(
    telling: RowsTable, qapp: QApplication
) -> None:
    line = telling.fontMetrics().lineSpacing()
    usual = telling.rowHeight(1)
    assert telling.rowHeight(0) == usual, "where there is room a line is enough"
    telling.resize(360, 300)
    qapp.processEvents()
    asked = telling.fontMetrics().horizontalAdvance(LONG)
    lines = 1 + (telling.rowHeight(0) - usual) // line
    assert lines * (telling.columnWidth(1) - 8) >= asked, "it ended with dots"
    assert telling.rowHeight(1) == usual, "the others stay as high as they are"
    assert telling.wordWrap()
    telling.show_rows([(number, LONG) for number in range(101)])
    assert not telling.wordWrap(), "thousands of rows are not measured"
    assert telling.rowHeight(0) == usual


def test_a_table_is_no_higher_than_its_rows_where_something_stands_below(telling: RowsTable) -> None:
    telling.be_as_high_as_rows()
    rows = telling.rowHeight(0) + telling.rowHeight(1)
    assert rows < telling.maximumHeight() < rows + 3 * telling.rowHeight(1)


def test_such_a_table_grows_with_rows_that_need_more_lines_later(
    telling: RowsTable, qapp: QApplication
) -> None:
    telling.be_as_high_as_rows()
    before, usual = telling.maximumHeight(), telling.rowHeight(0)
    telling.resize(360, 300)
    qapp.processEvents()
    assert telling.rowHeight(0) > usual
    assert telling.maximumHeight() == before + telling.rowHeight(0) - usual
    telling.show_rows([(101, LONG), (102, "gas"), (103, "gas")])
    assert telling.maximumHeight() == before + telling.rowHeight(0)


def test_a_table_without_rows_says_so(telling: RowsTable, qapp: QApplication) -> None:
    telling.show_rows([])
    before = telling.viewport().grab().toImage()
    telling.nothing = "Nothing yet."
    assert telling.viewport().grab().toImage() != before
    assert telling.in_words() == "Nothing yet.", "to who cannot see it too"
    telling.show_rows([(1, "gas")])
    said = telling.viewport().grab().toImage()
    telling.nothing = ""
    assert telling.viewport().grab().toImage() == said, "and only then"


@pytest.mark.parametrize("page", ["sync", "today", "my_work"])
def test_what_an_empty_page_says_stands_under_its_heading(
    page: str, window: MainWindow, settled: Wait
) -> None:
    """In the middle of an empty half nobody looked for it, and the heading was drawn away from its place."""
    window.open_page(page)
    settled()
    empty = window.page(page).empty  # type: ignore[attr-defined]
    assert empty.isVisible()
    assert empty.alignment() & Qt.AlignmentFlag.AlignTop
    over = [
        label
        for label in empty.parentWidget().findChildren(QWidget, options=DIRECT)
        if label.isVisible() and label.geometry().bottom() < empty.geometry().top()
    ]
    assert empty.geometry().top() - max(one.geometry().bottom() for one in over) < 20


def test_last_readings_are_worded_once_and_not_with_every_pixel_of_the_window(
    window: MainWindow, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[float] = []
    gauged = Speaker.gauged

    def counted(speaker: Speaker, value: float, quantity: str) -> str:
        told.append(value)
        return gauged(speaker, value, quantity)

    monkeypatch.setattr(Speaker, "gauged", counted)
    table = ValuesTable(window.context)
    table.resize(400, 300)
    table.show()
    at = datetime(2026, 11, 1, tzinfo=UTC)
    rows = [LastValue(SENSORS["motor_current"], at, float(n), 4.0, 6.0) for n in range(20)]
    table.show_values(tuple(rows))
    for wide in range(400, 300, -10):
        table.resize(wide, 300)
        qapp.processEvents()
    assert len(told) == 3 * len(rows)
    table.deleteLater()


@pytest.mark.opens("103", "trends")
def test_each_pen_of_the_legend_is_read_with_its_unit(window: MainWindow, qapp: QApplication) -> None:
    """The unit of one whose name was a few pixels too long for its line was dots."""
    legend = window.findChild(Legend)
    assert isinstance(legend, Legend)
    for wide in range(180, 260, 4):
        legend.resize(wide, legend.height())
        qapp.processEvents()
        room = legend.columnWidth(0) - legend._beside_name_px()
        for row in range(legend.table.rowCount()):
            name = str(legend.table.index(row, 0).data())
            if legend.fontMetrics().horizontalAdvance(name) > room:
                assert legend.rowHeight(row) > legend._row_px, (wide, name)


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
