"""A small window: nothing is written with dots or cut, and what has no room is within reach all the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.core.clock import to_us
from app.models.alarms import Waiting
from app.models.kinds import KINDS
from app.services.wells import building
from app.views.advice.page import AdvicePage
from app.views.cards.side import SidePanel
from app.views.context import Context
from app.views.entry.fields_panel import FieldsPanel
from app.views.flow.page import CHART_HIGH_PX, CHART_PX, FlowPage
from app.views.forecast.page import ForecastPage
from app.views.main_window import USUAL_SIZE, MainWindow
from app.views.overflow import OverflowRow
from app.views.overview.page import OverviewPage
from app.views.page_tabs import PageTabs
from app.views.page_titles import TABS
from app.views.plots.look import CHART_PT, NumberAxis
from app.views.plots.xy_chart import Series, XYChart
from app.views.theme import FONT_FAMILY, THEMES, apply
from app.views.today.page import TodayPage
from app.views.widgets import scrolled

Wait = Callable[[], None]


def _note(clicked: list[str], text: str, checked: bool = False) -> None:
    clicked.append(text)


@pytest.fixture
def row(qapp: QApplication) -> Iterator[tuple[OverflowRow, list[QToolButton], list[str]]]:
    apply(qapp, THEMES["light"], glove=False)
    clicked: list[str] = []
    made = OverflowRow()
    buttons = [QToolButton(text=f"Button {letter}") for letter in "ABCD"]
    for button in buttons:
        button.clicked.connect(partial(_note, clicked, button.text()))
    made.stay(QToolButton(text="stays"))
    made.gap()
    made.give_way(*buttons)
    made.show()
    yield made, buttons, clicked
    made.deleteLater()


def test_buttons_that_have_no_room_are_whole_in_a_menu(
    row: tuple[OverflowRow, list[QToolButton], list[str]], qapp: QApplication
) -> None:
    made, buttons, clicked = row
    made.resize(made.sizeHint().width() + 10, 40)
    qapp.processEvents()
    assert [button.isVisible() for button in buttons] == [True] * 4
    assert made.more.isHidden()
    made.resize(made.sizeHint().width() - 120, 40)
    qapp.processEvents()
    there = [button for button in buttons if button.isVisible()]
    assert 0 < len(there) < 4
    assert all(button.width() >= button.sizeHint().width() for button in (*there, made.more))
    made.more.menu().aboutToShow.emit()
    offered = made.more.menu().actions()
    assert [action.text() for action in offered] == [button.text() for button in buttons[len(there) :]]
    offered[-1].trigger()
    assert clicked == ["Button D"]


@pytest.mark.parametrize("room", [300, 500, 650, 2000])
def test_tabs_fit_and_the_page_that_is_open_is_among_them(qapp: QApplication, room: int) -> None:
    apply(qapp, THEMES["light"], glove=False)
    tabs = PageTabs()
    for index in range(tabs.count()):
        tabs.choose(index)
        tabs.fit(room)
        shown = [one for one in range(tabs.count()) if tabs.isTabVisible(one)]
        assert index in shown
        beside = 0 if tabs.more.isHidden() else tabs.more.sizeHint().width()
        assert tabs.sizeHint().width() + beside <= room
        tabs.more.menu().aboutToShow.emit()
        assert len(tabs.more.menu().actions()) == tabs.count() - len(shown)
    tabs.more.deleteLater()
    tabs.deleteLater()


def test_a_page_out_of_the_menu_is_opened(qapp: QApplication) -> None:
    tabs = PageTabs()
    tabs.fit(300)
    tabs.more.menu().aboutToShow.emit()
    last = tabs.more.menu().actions()[-1]
    last.trigger()
    assert tabs.tabText(tabs.currentIndex()) == last.text()
    tabs.more.deleteLater()
    tabs.deleteLater()


@pytest.mark.slow
@pytest.mark.opens("103", "trends")
def test_the_ends_of_the_period_can_be_typed(window: MainWindow, settled: Wait) -> None:
    window.given.run("period")
    dialog = window.stack._period.dialog
    begins = datetime(2026, 10, 20, 6, tzinfo=UTC)
    dialog.since.set_moment(begins)
    dialog.until.set_moment(begins)
    assert not dialog.show_button.isEnabled()
    assert dialog.state.text()
    dialog.until.set_moment(begins + timedelta(days=2))
    dialog.show_button.click()
    settled()
    period = window.context.period
    assert period is not None
    assert (period.from_us, period.to_us) == (to_us(begins), to_us(begins + timedelta(days=2)))
    assert window.stack._period.presets.currentIndex() == -1, "no preset"


@pytest.mark.slow
@pytest.mark.opens("103", "overview")
def test_the_tabs_make_room_for_a_period_that_comes_after_them(window: MainWindow, settled: Wait) -> None:
    """As when the first readings of an empty profile arrive."""
    window.resize(1200, 768)
    period, bar, tabs = window.context.period, window.stack._period, window.stack.tabs
    window.context.period_changed.emit(None)
    bar._window.setText("")
    window.open_page("overview")
    settled()
    shown = [index for index in range(tabs.count()) if tabs.isTabVisible(index)]
    window.context.period_changed.emit(period)
    settled()
    assert bar.width() >= bar.sizeHint().width()
    assert len([index for index in range(tabs.count()) if tabs.isTabVisible(index)]) < len(shown)


@pytest.mark.parametrize("page", ["overview", "trends", "cards", "flow", "sync"])
def test_no_button_of_a_page_is_cut_at_1024_by_700(page: str, window: QWidget, settled: Wait) -> None:
    window.resize(1024, 700)
    window.open_page(page)  # type: ignore[attr-defined]
    settled()
    assert window.width() == 1024, "the page does not make the window wider"
    cut = [
        (button.text() or button.objectName(), button.width(), button.sizeHint().width())
        for button in window.findChildren(QToolButton)
        if button.isVisible() and button.text() and button.width() < button.sizeHint().width()
    ]
    assert not cut


@pytest.mark.slow
@pytest.mark.opens("103", "today")
def test_wells_with_alarms_do_not_make_the_window_wider_than_its_screen(window: MainWindow) -> None:
    """With gloves one of 1024 pixels had grown to 1052: all of them stood in one button."""
    page = window.page("today")
    assert isinstance(page, TodayPage)
    assert page._day is not None
    waiting = tuple((well, Waiting(10, 0)) for well in window.tree.wells())
    page._show(replace(page._day, alarms=waiting[:1]))
    asked = page.alarms.minimumSizeHint().width()
    page._show(replace(page._day, alarms=waiting))
    assert page.alarms.minimumSizeHint().width() <= asked + page.fontMetrics().horizontalAdvance("00")
    assert waiting[0][0].name in page.alarm_wells.text()
    assert page.alarm_wells.wordWrap()


@pytest.mark.slow
@pytest.mark.opens("103", "field")
def test_tabs_stand_at_their_beginning_when_a_page_that_is_none_is_opened(
    window: MainWindow, settled: Wait
) -> None:
    window.resize(1024, 700)
    settled()
    for page in ("field", "advice", "sync", "reports", "my_work", "advice"):
        window.open_page(page)
        settled()
        tabs = window.stack.tabs
        shown = [tabs.tabRect(i) for i in range(tabs.count()) if tabs.isTabVisible(i)]
        assert shown[0].left() == 0, page
        assert shown[-1].right() <= tabs.width(), page


@pytest.mark.slow
@pytest.mark.opens("102", "advice")
def test_what_a_tonne_takes_is_told_of_the_pad_in_every_theme_of_a_usual_window(
    window: MainWindow, settled: Wait
) -> None:
    """In the longer language, in which the words of the column before it took its room."""
    settings = window.context.workspace.settings
    settings.set("language", "ru")
    for theme in THEMES:
        settings.set("theme", theme)
        window.resize(USUAL_SIZE)
        settled()
        page = window.page("advice")
        assert isinstance(page, AdvicePage)
        assert page.pad.source.rows
        titles = [one.title for one in page.pad.source.columns]
        assert not [title for i, title in enumerate(titles) if page.pad.isColumnHidden(i)], theme


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["light", "sunlight"])
def test_at_half_as_large_again_no_page_makes_the_window_wider_than_its_screen(
    small_window: MainWindow, settled: Wait, theme: str
) -> None:
    """A screen of 1366×768 at a scale of 1.5, in the longer language."""
    small_window.context.workspace.settings.set("language", "ru")
    small_window.context.workspace.settings.set("theme", theme)
    settled()
    small_window.resize(911, 512)
    for well in small_window.tree.wells():
        small_window.context.choose_well(well)
        for key in TABS:
            small_window.open_page(key)
            settled()
            assert (small_window.width(), small_window.height()) == (911, 512), key
            search = small_window.tree.search
            asked = search.fontMetrics().horizontalAdvance(search.placeholderText())
            assert search.width() > asked + 12, f"{key}: what may be sought is read whole"


@pytest.mark.slow
@pytest.mark.opens("202", "cards")
def test_no_figure_beside_a_card_is_cut_at_half_as_large_again(window: MainWindow, settled: Wait) -> None:
    """«57,0 мм» of which only the 5 is seen is a wrong value."""
    window.context.workspace.settings.set("language", "ru")
    settled()
    window.resize(911, 512)
    settled()
    side = window.findChild(SidePanel)
    assert isinstance(side, SidePanel)
    for number, button in enumerate(side.buttons.buttons()):
        button.click()
        settled()
        area = side.stack.widget(number)
        assert isinstance(area, QScrollArea)
        assert area.widget().width() <= area.viewport().width(), button.text()


@pytest.mark.slow
@pytest.mark.opens("202", "cards")
def test_a_window_is_no_narrower_than_its_page_can_be(window: MainWindow, settled: Wait) -> None:
    """What has less than it needs is cut at its side, and nobody sees that there was more."""
    window.resize(300, 512)
    settled()
    page = window.page("cards")
    assert page.width() >= page.minimumSizeHint().width()


@pytest.mark.opens("103", "forecast")
def test_the_words_of_a_forecast_are_whole_at_half_as_large_again(window: MainWindow, settled: Wait) -> None:
    window.context.workspace.settings.set("language", "ru")
    settled()
    window.resize(911, 512)
    settled()
    page = window.findChild(ForecastPage)
    assert isinstance(page, ForecastPage)
    said = [label for label in page.findChildren(QLabel) if label.isVisible() and label.wordWrap()]
    assert len(said) > 5
    assert not [label.text() for label in said if label.height() < label.heightForWidth(label.width())]
    areas = page.findChildren(QScrollArea)
    assert any(area.isAncestorOf(page.decline) for area in areas), "what has no room is reached by scrolling"


@pytest.mark.slow
def test_a_first_window_is_no_larger_than_its_screen(small_window: MainWindow, settled: Wait) -> None:
    """At a scale of 1.5 a screen of 1366×768 has room for 911×512."""
    room = small_window.screen().availableSize()
    assert room.width() < USUAL_SIZE.width()
    made = MainWindow(small_window._workspace, small_window._runner, small_window._languages)
    assert made.width() <= room.width()
    assert made.height() <= room.height()
    made.close()
    settled()
    made.deleteLater()


def test_what_grew_while_it_was_hidden_is_scrolled_and_not_pressed_together(
    qtbot: QtBot, qapp: QApplication
) -> None:
    """As the values of a controller on a page that was made ahead: of each its name was cut in half."""
    inside = QWidget()
    grown = QVBoxLayout(inside)
    area = scrolled(inside)
    pages = QStackedWidget()
    qtbot.addWidget(pages)
    pages.addWidget(QLabel("another page"))
    pages.addWidget(area)
    pages.resize(300, 200)
    pages.show()
    pages.setCurrentIndex(1)
    qapp.processEvents()
    pages.setCurrentIndex(0)
    for number in range(20):
        grown.addWidget(QLabel(f"value {number}"))
    grown.activate()  # as by whoever asks how high it is
    qapp.processEvents()
    pages.setCurrentIndex(1)
    qapp.processEvents()
    assert inside.height() >= inside.minimumSizeHint().height()


@pytest.mark.slow
@pytest.mark.opens("103", "flow")
def test_each_chart_of_flow_has_room_for_its_axes_at_half_as_large_again(
    window: MainWindow, settled: Wait
) -> None:
    window.resize(911, 512)
    settled()
    page = window.page("flow")
    assert isinstance(page, FlowPage)
    for chart in (page.rates, page.cut, page.levels, page.pump):
        assert chart.width() >= CHART_PX, chart.titles
        assert chart.height() >= CHART_HIGH_PX
    window.resize(1366, 768)
    settled()
    assert page.charts.columns == 4, "beside each other where there is room"


def test_numbers_under_a_narrow_chart_do_not_run_into_each_other(qapp: QApplication) -> None:
    axis = NumberAxis("bottom", "en")
    for least, most in ((0.0, 190.0), (0.0, 1800.0), (5.0, 1805.0), (0.3, 1.8)):
        for size in (90, 140, 300):
            spacing, ticks = axis.tickValues(least, most, size)[0]
            words = axis.tickStrings(ticks, 1.0, spacing)
            assert len(words) >= 2, "of one alone nobody can say how much anything is"
            assert [float(word.replace("\u202f", "")) for word in words] == ticks
            font = QFontMetricsF(QFont(FONT_FAMILY, CHART_PT))
            assert sum(map(font.horizontalAdvance, words)) < 0.7 * size, (size, words)
    axis.deleteLater()


def test_a_title_longer_than_its_axis_leaves_the_unit(qapp: QApplication) -> None:
    chart = XYChart(THEMES["light"], "en", "Days", "Liquid rate of the well in the whole month, m³/d")
    one = np.arange(3.0)
    chart.show_series([Series("", one, one, "#000000")])
    chart.show()
    for height, shown in ((140, "m³/d"), (700, "Liquid rate of the well in the whole month, m³/d")):
        chart.resize(500, height)
        qapp.processEvents()
        assert chart._left.labelText == shown
        middle = chart._left.label.mapRectToParent(chart._left.label.boundingRect()).center().y()
        assert middle == pytest.approx(chart._left.size().height() / 2, abs=2), "in the middle of its axis"
    chart.deleteLater()


SCALED = (911, 512)
"""1366×768 at a scale of 1.5."""


@pytest.mark.slow
@pytest.mark.opens("102", "advice")
def test_no_page_makes_the_window_wider_than_a_screen_at_a_scale_of_one_and_a_half(
    window: MainWindow, settled: Wait
) -> None:
    """In gloves Overview asked for 1061 pixels, and what stood at its right was past the screen's edge."""
    settings = window._workspace.settings
    settings.set("language", "ru")
    settled()
    window.resize(*SCALED)
    settled()
    assert window.page("advice").pad.horizontalScrollBar().maximum() == 0  # type: ignore[attr-defined]
    settings.set("glove_mode", True)
    settled()
    too_wide = {}
    for key in TABS:
        window.open_page(key)
        settled()
        asked = window.centralWidget().minimumSizeHint().width()
        if asked > SCALED[0]:
            too_wide[key] = asked
    assert not too_wide


def test_readings_stand_below_what_was_found_where_both_have_no_room(
    context: Context, as_window: Callable[[QWidget], None]
) -> None:
    around = QWidget()
    as_window(around)
    page = OverviewPage(context)
    page.setParent(around)
    page.alarms.setText("as wide as a sentence of what was found")
    page.alarms.show()
    around.resize(1200, 500)
    around.show()
    page.show()
    page.resize(1200, 500)
    QApplication.processEvents()
    assert page._beside.parentWidget() is page._readings.viewport()
    page.resize(page.minimumSizeHint().width(), 500)
    QApplication.processEvents()
    assert page.width() < 700
    assert page._found.isAncestorOf(page._beside)
    assert page._found.width() > page.width() - 30, "no empty column is left of the other"
    page.resize(1200, 500)
    QApplication.processEvents()
    assert page._beside.parentWidget() is page._readings.viewport()


@pytest.mark.parametrize("key", building.PARTS)
def test_a_part_of_a_well_in_one_column_needs_no_more_than_a_small_screen_leaves_it(
    key: str, context: Context, as_window: Callable[[QWidget], None]
) -> None:
    """The builder was 938 pixels wide where 911 were there, and 1047 in gloves."""
    apply(QApplication.instance(), THEMES["light"], glove=True)  # type: ignore[arg-type]
    panel = FieldsPanel(context, KINDS[key], KINDS[key].fields, one_column=True)
    as_window(panel)
    panel.show()
    QApplication.processEvents()
    assert panel.minimumSizeHint().width() <= 340
    rows = [box.geometry() for box in panel.boxes.values() if box.isVisible()]
    assert all(above.bottom() < below.top() for above, below in pairwise(rows))
