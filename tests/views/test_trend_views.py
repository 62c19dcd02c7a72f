"""Views of the trends in the window: named, fixed scales, dragged panes, all of it there after a change of
language.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from app.core.clock import to_us
from app.services.wells import trend_views
from app.services.wells.computed_pens import ComputedPen
from app.services.wells.trend_views import Look, TrendView
from app.views.main_window import MainWindow
from app.views.period import CUSTOM, PRESETS, Period, preset
from app.views.plots.pane import PenSpec, Trace
from app.views.theme import THEMES

Wait = Callable[[], None]


@pytest.mark.slow
@pytest.mark.opens("103", "trends")
def test_pens_scales_and_heights_get_a_name_and_survive_language_and_another_well(
    window: MainWindow, settled: Wait
) -> None:
    page = window.page("trends")
    chart = page.chart  # type: ignore[attr-defined]
    window.activateWindow()
    chart.setFocus()
    QTest.keyClick(chart, Qt.Key.Key_L)
    dialog = page.dialogs.limits  # type: ignore[attr-defined]
    key = next(iter(dialog.rows))
    box, low, high = dialog.rows[key]
    low.setValue(1.0)
    high.setValue(12.0)
    assert box.isChecked(), "who types a limit wants it to stay"
    QTest.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    assert chart.fixed[key] == pytest.approx((1.0, 12.0))
    first, second = chart.panes[:2]
    before = first.plot.sceneBoundingRect().height()
    viewport = chart._plots.viewport()
    line = int(first.plot.sceneBoundingRect().bottom())
    at = QPoint(viewport.width() // 2, line)
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    QTest.mouseMove(viewport, at + QPoint(0, 40))
    QTest.mouseRelease(
        viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at + QPoint(0, 40)
    )
    settled()
    assert first.plot.sceneBoundingRect().height() == pytest.approx(before + 40, abs=8)
    page.pens._toggle("wellhead_pressure", True)  # type: ignore[attr-defined]
    settled()
    assert chart.fixed[key] == pytest.approx((1.0, 12.0)), "another pen leaves the scale alone"
    shown = page.pens.shown  # type: ignore[attr-defined]
    page.given.run("chart.view")  # type: ignore[attr-defined]
    naming = page.views.dialog  # type: ignore[attr-defined]
    assert not naming.save.isEnabled()
    QTest.keyClicks(naming.name, "Pump")
    QTest.mouseClick(naming.save, Qt.MouseButton.LeftButton)
    settled()
    workspace = window.context.workspace
    window.context.next_language()
    settled()
    page = window.page("trends")
    chart = page.chart  # type: ignore[attr-defined]
    assert page.pens.shown == shown  # type: ignore[attr-defined]
    assert chart.fixed[key] == pytest.approx((1.0, 12.0))
    heights = [pane.plot.sceneBoundingRect().height() for pane in chart.panes]
    assert heights[0] > 1.1 * heights[1]
    assert window.context.well is not None
    (view,) = trend_views.every(workspace, window.context.well)
    assert (view.name, view.lift) == ("Pump", "esp")
    other = next(well for well in window.tree.wells() if well.name == "104")
    window.context.choose_well(other)
    settled()
    assert page.pens.shown == shown, "a view of its lift is what a new well opens with"  # type: ignore[attr-defined]
    page.views.button.menu().aboutToShow.emit()  # type: ignore[attr-defined]
    offered = page.views.button.menu().actions()  # type: ignore[attr-defined]
    assert offered[0].text() == "Pump"
    page.pens._toggle(shown[0], False)  # type: ignore[attr-defined]
    settled()
    offered[0].trigger()
    settled()
    assert page.pens.shown == shown  # type: ignore[attr-defined]


def test_one_reading_is_seen_as_a_dot_on_an_axis_of_an_hour() -> None:
    at = to_us(datetime(2026, 11, 1, tzinfo=UTC))
    assert preset("all", at, at).to_us - preset("all", at, at).from_us >= 3_600_000_000
    trace = Trace(PenSpec("a", "A", "pressure", "Pressure, MPa", "#000000"), THEMES["light"])
    nan, none = float("nan"), np.empty(0)
    trace.set_data(np.arange(6.0), np.array([1.0, nan, 2.0, 3.0, nan, 4.0]), none, none)
    x, y = trace.alone.getData()
    assert (list(x), list(y)) == ([0.0, 5.0], [1.0, 4.0])


def test_the_pointer_is_told_the_last_value_of_a_series_for_as_long_as_its_line_goes_on() -> None:
    trace = Trace(PenSpec("a", "A", "pressure", "Pressure, MPa", "#000000"), THEMES["light"])
    none, four_h = np.empty(0), 4 * 3_600.0
    trace.set_data(np.array([0.0, four_h]), np.array([1.0, 2.0]), none, none, gap_s=2.5 * four_h)
    assert [trace.value_at(x) for x in (5.0, four_h - 1, four_h + 1)] == [1.0, 1.0, 2.0]
    assert np.isnan(trace.value_at(4 * four_h))
    trace.set_data(np.array([0.0, four_h]), np.array([1.0, 2.0]), none, none, gap_s=600.0)
    assert np.isnan(trace.value_at(four_h - 1))


@pytest.mark.opens("103", "trends")
def test_a_view_waits_for_the_pens_that_it_computes_whatever_is_read_meanwhile(
    window: MainWindow, settled: Wait
) -> None:
    page = window.page("trends")
    pen = ComputedPen("own_drop", "Перепад", "Drop", "[discharge_pressure] - [intake_pressure]", "pressure")
    view = TrendView("With a drop", Look(("intake_pressure", pen.key), {}, (), (pen,)))
    before = page._history  # type: ignore[attr-defined]
    page.views.choose(view)  # type: ignore[attr-defined]
    page._history_ready(before)  # type: ignore[attr-defined]  # it was read before the pens were there
    assert page.pens.shown != ["intake_pressure", pen.key]  # type: ignore[attr-defined]
    settled()
    assert page.pens.shown == ["intake_pressure", pen.key]  # type: ignore[attr-defined]


@pytest.mark.parametrize("key", PRESETS)
def test_a_period_is_told_to_end_with_its_newest_reading(key: str) -> None:
    """A report of a year spoke of two days after the last that anybody knew."""
    last = to_us(datetime(2026, 10, 31, 23, 59, tzinfo=UTC))
    for far in (0, 1, 199, 3_600_000_000, 86_400_000_000 * 2_500 + 137):
        made = preset(key, last - far, last)
        assert made.until_us == last < made.to_us, far
    assert Period(CUSTOM, last - 1_000, last).until_us == last, "what was typed is the end"
