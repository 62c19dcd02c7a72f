"""What holds the window up is found with its place; a change of the theme does not wait for pages that go."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.views import theme
from app.views.main_window import MainWindow
from app.views.stall_meter import StallMeter


def holds_up() -> None:
    until = time.thread_time() + 0.04
    while time.thread_time() < until:
        pass


def test_a_turn_that_takes_long_is_told_with_what_it_did_and_short_ones_are_not(qtbot: QtBot) -> None:
    meter = StallMeter(QApplication.instance())
    qtbot.wait(20)
    meter.stalls.clear()
    QTimer.singleShot(0, holds_up)
    qtbot.waitUntil(lambda: bool(meter.stalls), timeout=2_000)
    qtbot.wait(20)
    meter.stop()
    (stall,) = [one for one in meter.stalls if one.cpu_ms > 35]
    assert stall.wall_ms >= 0.9 * stall.cpu_ms
    assert "holds_up" in str(stall)


@pytest.mark.opens("103", "trends")
def test_a_theme_is_laid_on_the_window_when_the_pages_that_go_are_gone(
    window: MainWindow, settled: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It took the window for seconds: four hundred widgets of pages that nobody would see again."""
    there: list[int] = []
    laid = theme.apply

    def counted(*words: object, **more: object) -> None:
        there.append(len(window.findChildren(QWidget)))
        laid(*words, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(theme, "apply", counted)
    before = len(window.findChildren(QWidget))
    window.context.next_theme()
    settled()
    assert there[0] < before / 2
    assert window.page("trends").isVisible()
