"""Every chart: one menu however the system tells of it, values under the pointer, two cursors, what is taken
away.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu

from app.core.clock import to_us
from app.core.notices import Notice
from app.core.texts import Speaker
from app.core.zones import FieldZone
from app.reports.blocks import Chart, Pen
from app.services.reports import chart_files
from app.views.charting.actions import actions_of
from app.views.main_window import MainWindow
from app.views.plots.card_chart import Curve, strokes_at
from app.views.plots.frame import ChartFrame
from app.views.plots.line_chart import LineChart
from app.views.plots.measure import measured
from app.views.plots.pane import PenSpec, Trace
from app.views.plots.time_chart import TimeChart
from app.views.theme import THEMES
from app.views.trends.page import TrendsPage

Open = Callable[[MainWindow, str, str], None]
Wait = Callable[[], None]
RIGHT, LEFT, NONE = Qt.MouseButton.RightButton, Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
# Each page that has charts → the demo well that has something on them.
CHARTS = {"trends": "103", "cards": "202", "flow": "103", "lab": "103", "welltests": "101", "forecast": "103"}


def test_a_chart_makes_no_form_and_no_menu_that_nobody_sees(qapp: QApplication) -> None:
    """Forms and menus of a plot that this program never opens were two thirds of a chart's time to come."""
    before = set(qapp.allWidgets())
    chart = LineChart(THEMES["light"], "en", "x", "y")
    made = set(qapp.allWidgets()) - before
    assert chart in made
    assert [one for one in made if isinstance(one, QAbstractButton | QMenu)] == []


def test_pens_that_come_while_others_are_laid_take_their_place(qapp: QApplication) -> None:
    chart = TimeChart(THEMES["light"], "en", FieldZone())
    early, late, other = (
        [PenSpec(key, key, key, f"{key}, bar", "#000000")] for key in ("early", "late", "other")
    )
    laid = chart.laying_pens([early, late])
    next(laid)
    chart.set_pens([other])
    assert list(laid) == []
    assert list(chart.traces) == ["other"]
    assert len(chart.panes) == 1


def test_pens_that_come_in_another_order_meanwhile_are_not_taken_for_those_that_were_laid(
    qapp: QApplication,
) -> None:
    """By their keys alone they were: the names beside the chart got the colours of before."""
    chart = TimeChart(THEMES["light"], "en", FieldZone())
    one, other = ([PenSpec(key, key, key, f"{key}, bar", "#000000")] for key in ("one", "other"))
    ends: list[bool] = []

    def told(groups: list[list[PenSpec]]) -> Iterator[None]:
        ends.append((yield from chart.laying_pens(groups)))

    first = told([one, other])
    next(first)
    for laying in (told([other, one]), first):
        list(laying)
    assert ends == [True, False]


def test_a_band_is_drawn_as_one_outline_and_makes_no_polygon_point_by_point(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Eight pens of two thousand minutes held the window up for fifty milliseconds and more."""
    monkeypatch.setattr(pg.FillBetweenItem, "updatePath", lambda item: 1 // 0)
    trace, box = Trace(PenSpec("a", "a", "pressure", "bar", "#000000"), THEMES["light"]), pg.ViewBox()
    x, low = np.arange(4.0), np.array([1.0, np.nan, 3.0, 2.0])
    trace.lay_band(box, x, low, low + 1)
    *edges, between = trace._band
    assert [one.getData()[1].tolist() for one in edges] == [[1, 3, 2], [2, 4, 3]]
    assert between.getData()[0].tolist() == [0, 2, 3, 3, 2, 0]
    assert between.getData()[1].tolist() == [1, 3, 2, 3, 4, 2]
    assert between.opts["fillLevel"] == "enclosed"


def charts_on(window: MainWindow) -> list[ChartFrame]:
    return [
        one for one in window.stack.current().findChildren(ChartFrame) if one.isVisible() and one.is_drawn
    ]


def mouse(
    chart: ChartFrame, kind: QEvent.Type, at: QPoint, button: Qt.MouseButton, held: Qt.MouseButton
) -> None:
    viewport = chart._plots.viewport()
    point = QPointF(at)
    event = QMouseEvent(
        kind, point, viewport.mapToGlobal(point), button, held, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(viewport, event)


def told_by(chart: ChartFrame, at: QPoint, reason: QContextMenuEvent.Reason) -> None:
    viewport = chart._plots.viewport()
    QApplication.sendEvent(viewport, QContextMenuEvent(reason, at, viewport.mapToGlobal(at)))


def on_x11(chart: ChartFrame, at: QPoint, let_go: QPoint | None = None) -> None:
    mouse(chart, QEvent.Type.MouseButtonPress, at, RIGHT, RIGHT)
    told_by(chart, at, QContextMenuEvent.Reason.Mouse)
    mouse(chart, QEvent.Type.MouseButtonRelease, let_go or at, RIGHT, NONE)


def on_windows(chart: ChartFrame, at: QPoint, let_go: QPoint | None = None) -> None:
    mouse(chart, QEvent.Type.MouseButtonPress, at, RIGHT, RIGHT)
    mouse(chart, QEvent.Type.MouseButtonRelease, let_go or at, RIGHT, NONE)
    told_by(chart, let_go or at, QContextMenuEvent.Reason.Mouse)


def menus() -> list[QMenu]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, QMenu) and one.isVisible()]


def close_menus() -> list[list[str]]:
    found = menus()
    words = [[action.text() for action in menu.actions()] for menu in found]
    for menu in found:
        menu.close()
    return words


@pytest.mark.slow
def test_a_right_click_opens_one_menu_of_every_chart_a_box_dragged_opens_none_and_the_pointer_reads(
    window: MainWindow, open_well: Open, settled: Wait
) -> None:
    seen = 0
    for page, well in CHARTS.items():
        open_well(window, well, page)
        for chart in charts_on(window):
            seen += 1
            middle = chart._plots.viewport().rect().center()
            for click in (on_x11, on_windows):
                click(chart, middle)
                (words,) = close_menus()
                assert words[1:8] == [
                    "Copy picture",
                    "Copy data",
                    "Save picture (PNG, SVG)…",
                    "Save data (CSV, Parquet, Excel)…",
                    "Save as a page for a browser (HTML)…",
                    "Add to my report",
                    "Full screen (Esc closes it)",
                ], page
                assert words[0].startswith("Note here…")
                click(chart, middle, middle + QPoint(60, 40))
                assert close_menus() == [], page
            told_by(chart, middle, QContextMenuEvent.Reason.Keyboard)
            assert len(close_menus()) == 1
            mouse(chart, QEvent.Type.MouseMove, middle, NONE, NONE)
            assert page == "trends" or len(re.findall(r"\d", chart.readout.text())) > 3, page
            assert chart.readout.isVisible() == (page != "trends"), "there the legend has the values"
            chart.point_nowhere()
    assert seen >= 9


@pytest.mark.slow
@pytest.mark.opens("103", "trends")
def test_what_lies_between_two_cursors_is_told_of_every_pen_and_copied(
    window: MainWindow, settled: Wait
) -> None:
    page = window.stack.made["trends"]
    assert isinstance(page, TrendsPage)
    chart = page.chart
    area = chart.panes[0].plot_rect()
    viewport = chart._plots.viewport()
    ends = [
        chart._plots.mapFromScene(QPointF(area.left() + area.width() * part, area.center().y()))
        for part in (0.3, 0.6)
    ]
    assert page.measured.isHidden()
    QTest.mouseClick(viewport, LEFT, pos=ends[0])
    mouse(chart, QEvent.Type.MouseMove, ends[1], NONE, NONE)
    assert page.measured.isVisible()
    rows = page.measured.table.source.rows
    assert [row.name for row in rows] == [trace.spec.name for pane in chart.panes for trace in pane.traces]
    low, high = chart.measure.ends or (0.0, 0.0)
    assert high - low == pytest.approx(0.3 * np.diff(chart.x_range() or (0, 0))[0], rel=0.02)
    QTest.keyClick(chart, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QApplication.clipboard().text().splitlines()
    assert copied[0].startswith("Δt ")
    assert copied[1].split("\t")[:5] == ["Pen", "Δ", "Mean", "Least", "Most"]
    assert len(copied) == 2 + len(rows)
    QTest.keyClick(chart, Qt.Key.Key_Escape)
    assert page.measured.isHidden()


def test_slope_and_difference_are_those_of_the_samples_between() -> None:
    trace = Trace(PenSpec("a", "A", "pressure", "Pressure, MPa", "#000000"), THEMES["light"])
    x = np.arange(0.0, 20 * 86_400, 3_600)
    trace.set_data(x, 5 - 0.1 * x / 86_400, np.empty(0), np.empty(0))
    found = measured(trace, 86_400.0, 11 * 86_400.0)
    assert found is not None
    assert (found.delta, found.slope) == (pytest.approx(-1.0), pytest.approx(-0.1))
    assert (found.least, found.most) == (pytest.approx(3.9), pytest.approx(4.9))
    assert found.unit == "MPa"
    assert measured(trace, -10.0, -5.0) is None


@pytest.mark.slow
@pytest.mark.opens("103", "trends")
def test_a_view_taken_back_has_its_scales_again(window: MainWindow, settled: Wait) -> None:
    page = window.stack.made["trends"]
    assert isinstance(page, TrendsPage)
    chart, box = page.chart, page.chart.panes[0].box
    chart.setFocus()
    before = box.viewRange()[1]
    box.hand_scaled = True
    box._scale_y(0.5, before[0])
    settled()
    zoomed = box.viewRange()[1]
    assert zoomed != pytest.approx(before)
    QTest.keyClick(chart, Qt.Key.Key_Backspace)
    settled()
    assert box.viewRange()[1] == pytest.approx(before)
    QTest.keyClick(chart, Qt.Key.Key_Backspace, Qt.KeyboardModifier.ShiftModifier)
    settled()
    assert box.viewRange()[1] == pytest.approx(zoomed)


def test_a_card_tells_what_both_strokes_carry_at_a_position() -> None:
    curve = Curve(np.array([0.0, 1.0, 2.0, 1.0]), np.array([10.0, 40.0, 42.0, 12.0]), "#000000")
    assert strokes_at(curve, 1.0) == (40.0, 12.0)
    assert np.isnan(strokes_at(curve, 2.5)).all()


@pytest.mark.opens("202", "cards")
def test_a_chart_over_the_whole_screen_stands_in_its_page_again_after_escape(
    window: MainWindow, settled: Wait
) -> None:
    chart = window.stack.made["cards"].chart  # type: ignore[attr-defined]
    home, size = chart.parentWidget(), chart.size()
    actions = actions_of(window.context, chart)
    actions.show_full_screen()
    settled()
    assert actions.full_screen is not None
    assert chart.window() is actions.full_screen
    QTest.keyClick(chart.window(), Qt.Key.Key_Escape)
    settled()
    assert chart.parentWidget() is home
    assert chart.isVisible()
    assert chart.size() == size


@pytest.mark.opens("103", "flow")
def test_data_of_any_chart_are_saved_and_copied(
    window: MainWindow, settled: Wait, tmp_path: Path, notices: list[Notice]
) -> None:
    actions = actions_of(window.context, window.stack.made["flow"].rates)  # type: ignore[attr-defined]
    for suffix in ("csv", "html", "svg"):
        actions.save(tmp_path / f"chart.{suffix}")
    settled()
    with (tmp_path / "chart.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert set(rows[0]) == {"time", "pen", "value", "unit"}
    page = (tmp_path / "chart.html").read_text(encoding="utf-8")
    assert "http" not in page.replace("http-equiv", ""), "it asks nothing of a network"
    data = json.loads(re.findall(r'id="data">(.*?)</script>', page, re.S)[0])
    assert sum(len(pen["x"]) for chart in data["charts"] for pen in chart["pens"]) >= len(rows)
    actions.copy_data()
    assert len(QApplication.clipboard().text().splitlines()) == len(rows) + 1
    assert notices[-1].code == "notice.copied"


def test_a_page_for_a_browser_is_whole_whatever_a_pen_is_called(tmp_path: Path) -> None:
    pen = Pen("</script><b>", np.array([0.0, np.nan]), np.array([1.0, 2.0]))
    out = tmp_path / "a.html"
    chart_files.write_page([("", Chart("", "x", "y", (pen,)))], "a <b> & c", Speaker("en"), out)
    page = out.read_text(encoding="utf-8")
    assert page.count("</script>") == 2
    assert "<b>" not in page
    (kept,) = json.loads(re.findall(r'id="data">(.*?)</script>', page, re.S)[0])["charts"][0]["pens"]
    assert (kept["name"], kept["x"]) == ("</script><b>", [0.0, None])


def test_times_of_a_page_are_by_the_clock_of_the_field(tmp_path: Path) -> None:
    at = datetime(2026, 7, 1, 12, tzinfo=UTC)
    chart = Chart("", "", "MPa", (Pen("p", np.array([at.timestamp()]), np.array([1.0])),), time_axis=True)
    speaker = Speaker("en", zone=FieldZone("Asia/Yekaterinburg"))
    out = tmp_path / "a.html"
    chart_files.write_page([("", chart)], "t", speaker, out)
    data = json.loads(re.findall(r'id="data">(.*?)</script>', out.read_text(encoding="utf-8"), re.S)[0])
    assert data["charts"][0]["pens"][0]["x"] == [to_us(at) / 1e6 + 5 * 3600]
    assert data["zone"] == "UTC+5"
