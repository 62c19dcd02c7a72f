"""Names of lines on charts are read, and what they would lie over is seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from app.views.plots.card_chart import CardChart, Curve, Level, Post, Swarm
from app.views.plots.names import Under
from app.views.plots.xy_chart import Series, XYChart
from app.views.theme import THEMES

COLOUR = "#ff00ff"
ROUND = np.linspace(0, 2 * np.pi, 400)[:-1]
CARD = Curve(1.3 - 1.3 * np.cos(ROUND), 40 + 15 * np.sin(ROUND) + 4 * np.sin(7 * ROUND), COLOUR)
LEVELS = [
    Level(29.0, "rods in the fluid", left=True),
    Level(31.0, "line above"),
    Level(90.0, "permissible load", left=True, serious=True),
]


@pytest.fixture
def chart(qapp: QApplication) -> Iterator[CardChart]:
    made = CardChart(THEMES["light"], "en", "x", "y")
    made.resize(420, 460)
    yield made
    made.deleteLater()


def coloured(chart: CardChart | XYChart) -> int:
    """Pixels of the curve, its soft edges too: red and blue, and less green."""
    picture = chart.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    shape = (picture.height(), picture.bytesPerLine() // 4, 4)
    blue, green, red = np.moveaxis(np.frombuffer(picture.constBits(), np.uint8).reshape(shape), 2, 0)[:3]
    return int(np.count_nonzero((red > 230) & (blue > 230) & (green < 220)))


def test_no_name_of_a_line_hides_a_piece_of_the_card(chart: CardChart) -> None:
    chart.show_cards([CARD], LEVELS, posts=[Post(1.3, 25.0, 31.0, "fillage 50 %")])
    named = coloured(chart)
    nameless = [replace(level, text="") for level in LEVELS]
    chart.show_cards([CARD], nameless, posts=[Post(1.3, 25.0, 31.0, "")])
    assert named > 0.985 * coloured(chart) > 300


def places(chart: CardChart) -> list[QRectF]:
    chart.grab()  # laid out
    return [place for _, place, _ in chart.names.laid()]


def test_names_of_lines_near_each_other_do_not_lie_over_each_other(chart: CardChart) -> None:
    for far in (3.0, 0.4, 0.0):
        near = [Level(30.0 + far * i, f"line number {i}", left=i == 2) for i in range(3)]
        chart.show_cards([CARD], near)
        laid = sorted(places(chart), key=lambda place: place.left())
        assert all(not one.intersects(other) for one, other in pairwise(laid)), far
        assert not laid[0].intersects(laid[2]), far


def test_in_a_small_chart_the_name_of_a_mark_and_those_of_lines_have_each_their_own_place(
    chart: CardChart,
) -> None:
    """As at a scale of 1.5: there is no room under the lower line."""
    chart.resize(320, 240)
    lines = [Level(28.5, "upper line of it"), Level(0.0, "lower line of it")]
    chart.show_cards([CARD], lines, posts=[Post(1.15, 0.0, 28.5, "fillage at 54 %")])
    chart.plot.setYRange(-5.0, 95.0, padding=0)
    upper, lower, mark = places(chart)
    assert not mark.intersects(upper)
    assert not mark.intersects(lower)


def test_a_name_stays_beside_its_line_and_in_the_picture_at_any_zoom(chart: CardChart) -> None:
    chart.show_cards([CARD], LEVELS, posts=[Post(0.1, 25.0, 31.0, "of a post at the edge")])
    for low, high in ((20.0, 95.0), (28.5, 31.5), (30.9, 90.1)):
        chart.plot.setYRange(low, high, padding=0)
        laid, box = places(chart), chart.main_box()
        for level, place in zip(LEVELS, laid, strict=False):
            line = (high - level.value) / (high - low) * box.height()
            assert min(abs(place.bottom() - line), abs(place.top() - line)) < 6
            if place.height() < line < box.height() - place.height():
                assert box.boundingRect().contains(place), (level.text, low, high)


def test_over_hundreds_of_cards_a_name_has_paper_under_it(chart: CardChart) -> None:
    swarm = Swarm(tuple((CARD.position, CARD.load + step) for step in np.arange(-30, 30, 0.5)), COLOUR, 1.0)
    chart.show_cards([CARD], [Level(30.0, "rods in the fluid")], swarms=[swarm])
    chart.grab()
    assert chart.names.laid()[0][2], "there is no free place, and it says so"


def test_a_legend_names_what_is_drawn_and_no_more(qapp: QApplication) -> None:
    chart = XYChart(THEMES["light"], "en", "t", "value")
    x, none = np.arange(3.0), np.empty(0)
    chart.show_series([Series("result", x, x, COLOUR), Series("limit of detection", none, none, COLOUR)])
    assert "result" in chart.legend.text()
    assert "limit" not in chart.legend.text()
    chart.show_series([Series("limit of detection", none, none, COLOUR)])
    assert chart.legend.isHidden()
    chart.deleteLater()


def test_the_depth_of_the_pump_is_named_beside_the_level_not_on_it(qapp: QApplication) -> None:
    chart = XYChart(THEMES["light"], "en", "t", "depth")
    chart.titles("t", "depth", downwards=True)
    chart.resize(400, 300)
    x = np.linspace(0, 10, 200)
    level = Series("", x, 1996 - 6 * x, COLOUR)
    chart.show_series([level], levels=[(2000.0, "pump")])
    named = coloured(chart)
    chart.show_series([level], levels=[(2000.0, "")])
    assert named > 0.985 * coloured(chart) > 100
    chart.deleteLater()


def test_where_nothing_is_named_nothing_is_looked_for_under_names(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Five thousand marks without a name were gone through with each range that they were painted in."""
    drawn: list[int] = []

    def draw(_: Under, curves: list[tuple[np.ndarray, np.ndarray]]) -> None:
        drawn.append(len(curves))

    monkeypatch.setattr(Under, "draw", draw)
    chart = XYChart(THEMES["light"], "en", "x", "y")
    marks = [Series("", ROUND, np.sin(ROUND), COLOUR, points=True, line=False)]
    chart.show_series(marks)
    chart.grab()
    assert drawn == []
    chart.show_series(marks, levels=[(0.5, "a level")])
    chart.grab()
    assert set(drawn) == {2}, "all marks as one, and the line of the level"
    chart.deleteLater()
