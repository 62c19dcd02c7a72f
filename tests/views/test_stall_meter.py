"""What holds the window up is found with its place; a change of the theme does not wait for pages that go."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.core.notices import NoticeBus
from app.core.paths import profile_paths
from app.services.opening import open_workspace
from app.views import theme
from app.views.main_window import MainWindow
from app.views.page_titles import NAMES
from app.views.stall_meter import StallMeter
from benchmarks import big_field, stalls


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


@pytest.mark.slow
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


def test_the_meter_tells_what_most_turns_took_of_those_with_something_to_do(qapp: QApplication) -> None:
    meter = StallMeter(qapp)
    meter.reset()
    meter.beat()
    for took_ms in (2, 2, 2, 12):
        until = time.thread_time() + (took_ms + 0.5) / 1e3
        while time.thread_time() < until:
            pass
        meter.beat()
    meter.stop()
    assert [stall.cpu_ms > 12 for stall in meter.stalls] == [True]
    assert 2 <= meter.part_ms(0.5) < 12 <= meter.part_ms(0.99)


@pytest.mark.slow
def test_a_tour_of_a_made_field_meets_every_page_and_no_turn_of_a_second_and_a_half(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The short form of what `make bench` reports. The bound is a guard against what grows with a field: its
    worst turns took 1.5 to 18 s before, and a theme, which does not grow, 0.7.
    """
    monkeypatch.setattr(stalls, "ENTERED", ())
    monkeypatch.setattr(stalls, "DIALOGS", ())
    store = tmp_path / "cache.duckdb"
    workspace = open_workspace(profile_paths(store), NoticeBus())
    big_field.build(workspace, wells=300, cards=21_000, lab=6_000, events=6_000, notes=6_000, findings=2_000)
    workspace.close()
    met: set[str] = set()
    told = stalls.tour
    monkeypatch.setattr(
        stalls,
        "tour",
        lambda *asked: (met.add(what) or (what, step) for what, step in told(*asked)),  # type: ignore[func-returns-value]
    )
    meter = stalls.go_round(qapp, store, ("1",), twice=False)
    assert {f"1 {page.key}" for page in NAMES} <= met
    assert stalls.figures(meter)["worst_ms"] < 1_500, max(meter.stalls, key=lambda one: one.cpu_ms)
