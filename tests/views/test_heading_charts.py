"""Charts, by hand: wheel, cursors, the way back, the menu, the keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.views.explaining import explained
from app.views.main_window import MainWindow
from app.views.trends.page import TrendsPage
from tests.views.hands import CTRL, at_hand, press
from tests.views.test_charts import close_menus, mouse, on_windows, on_x11

Wait = Callable[[], None]
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton


@pytest.mark.slow
def test_a_trend_is_zoomed_measured_copied_and_gone_back_by_mouse_and_keys(
    small_window: MainWindow, settled: Wait
) -> None:
    press(Qt.Key.Key_2, CTRL, on=small_window)
    settled()
    page = small_window.page("trends")
    assert isinstance(page, TrendsPage)
    chart = page.chart
    viewport = chart._plots.viewport()
    area = chart.panes[0].box.sceneBoundingRect()
    middle = chart._plots.mapFromScene(area.center())
    whole = chart.x_range() or (0.0, 0.0)
    turn = QWheelEvent(
        QPointF(middle),
        QPointF(viewport.mapToGlobal(middle)),
        QPoint(),
        QPoint(0, 240),
        NONE,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewport, turn)
    settled()
    near = chart.x_range() or (0.0, 0.0)
    assert near[1] - near[0] < 0.9 * (whole[1] - whole[0])
    QTest.mouseClick(viewport, LEFT, pos=middle)
    assert chart.hasFocus()
    mouse(chart, QEvent.Type.MouseMove, middle + QPoint(60, 0), NONE, NONE)
    assert page.measured.isVisible()
    press(Qt.Key.Key_C, CTRL)
    assert QApplication.clipboard().text().startswith("Δt ")
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Backspace)
    settled()
    assert chart.x_range() == pytest.approx(whole, rel=1e-3)
    for told in (on_x11, on_windows):
        told(chart, middle)
        (offered,) = close_menus()
        assert any("browser" in words for words in offered)


@pytest.mark.slow
def test_a_chart_that_has_the_keyboard_is_ringed_and_tells_its_pens_in_words(
    small_window: MainWindow, settled: Wait
) -> None:
    press(Qt.Key.Key_2, CTRL, on=small_window)
    settled()
    chart = small_window.page("trends").chart  # type: ignore[attr-defined]
    at_hand(small_window)
    chart.setFocus(Qt.FocusReason.TabFocusReason)
    assert chart._ring.isVisible()
    assert "Motor current: " in chart.accessibleDescription()
    assert "last 5" in chart.accessibleDescription(), "50 A or so, since the fault"
    told = explained(chart)
    assert told is not None
    assert "Motor current" in told[1]
    assert chart.picture().size() == chart.grab().size()
    assert chart._ring.isVisible(), "the picture is taken without it, and it stays"
    press(Qt.Key.Key_Tab)
    assert not chart._ring.isVisible()
