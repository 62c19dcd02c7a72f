"""What is painted is painted once: not before it has its place, and not because something else was made."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QGraphicsTextItem, QLabel, QVBoxLayout, QWidget

from app.core.zones import FieldZone
from app.views import widgets
from app.views.main_window import MainWindow
from app.views.plots.card_chart import CardChart, Curve, PointsChart
from app.views.theme import THEMES

Wait = Callable[[], None]


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> list[pg.GraphicsView]:
    """The plots that were painted, each time that they were."""
    times: list[pg.GraphicsView] = []
    paint = pg.GraphicsView.paintEvent

    def told(plots: pg.GraphicsView, event: QPaintEvent) -> None:
        times.append(plots)
        paint(plots, event)

    monkeypatch.setattr(pg.GraphicsView, "paintEvent", told)
    return times


def curve(name: str) -> Curve:
    return Curve(np.array([0.0, 1.0, 2.0, 1.0]), np.array([0.0, 100.0, 90.0, 10.0]), "#000000", name=name)


def test_a_chart_whose_legend_moves_it_is_painted_once(
    qapp: QApplication, painted: list[pg.GraphicsView]
) -> None:
    page = QWidget()
    chart = CardChart(THEMES["light"], "en", "x", "y", page)
    chart.resize(300, 300)
    chart.show_cards([curve("a"), curve("b")], [])
    page.show()
    for _ in range(3):
        qapp.processEvents()
    high = chart._plots.height()
    painted.clear()
    chart.show_cards([curve(f"a card of the year {year}") for year in range(2020, 2026)], [])
    qapp.processEvents()
    qapp.processEvents()
    assert chart._plots.height() < high
    assert painted == [chart._plots]
    page.close()
    page.deleteLater()


def test_a_chart_that_shows_another_stretch_is_painted_once(
    qapp: QApplication, painted: list[pg.GraphicsView]
) -> None:
    chart = CardChart(THEMES["light"], "en", "x", "y")
    chart.show_cards([curve("")], [])
    chart.show()
    for _ in range(3):
        qapp.processEvents()
    painted.clear()
    for high in (1.0, 0.5):
        chart.plot.setXRange(0.0, high)
        qapp.processEvents()
        qapp.processEvents()
    assert painted == 2 * [chart._plots]
    chart.close()
    chart.deleteLater()


@pytest.mark.opens("103", "overview")
def test_a_page_that_is_made_behind_the_open_one_has_nothing_of_that_painted(
    painted: list[pg.GraphicsView], window: MainWindow, settled: Wait
) -> None:
    settled()
    shown = window.stack.current()
    assert painted, "there is a chart on it"
    painted.clear()
    made = window.page("my_work")
    settled()
    assert painted == []
    window.open_page("my_work")
    settled()
    assert made.isVisible()
    assert made.size() == shown.size(), "it has the whole place once it is open"


def test_boxes_that_come_to_a_panel_that_is_seen_are_laid_out_together(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []
    panel, area = QWidget(), QWidget()
    layout, outer = QVBoxLayout(panel), QVBoxLayout(area)
    outer.addWidget(widgets.scrolled(panel))
    area.resize(300, 300)
    area.show()
    qapp.processEvents()

    class Box(QLabel):
        pass

    monkeypatch.setattr(Box, "resizeEvent", lambda self, event: sizes.append(id(self)), raising=False)
    with widgets.all_at_once(panel):
        for number in range(6):
            box = Box(f"finding {number} " * 20)
            box.setWordWrap(True)
            layout.addWidget(box)
    for _ in range(3):
        qapp.processEvents()
    assert panel.isVisible()
    assert len(set(sizes)) == 6
    assert max(map(sizes.count, set(sizes))) <= 3, "not with each that comes"
    panel.hide()
    with widgets.all_at_once(panel):
        layout.addWidget(QLabel("one more"))
    assert panel.isHidden(), "what was put away stays so"
    area.close()
    area.deleteLater()


def test_a_time_axis_lays_out_no_title_and_another_its_own_once(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid: list[str] = []
    monkeypatch.setattr(QGraphicsTextItem, "setHtml", lambda item, words: laid.append(words))
    chart = PointsChart(THEMES["light"], "en", FieldZone("UTC"), "Load, kN")
    chart.deleteLater()
    assert [words for words in laid if "Load" not in words] == []
    assert len(laid) == 1
