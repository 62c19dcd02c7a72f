"""Pens laid over each other: against another, of several wells, of several periods."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from app.models.readings import Readings
from app.models.sensors import SENSORS
from app.models.store import readings
from app.services.wells import comparing
from app.services.wells.computed_pens import ComputedPen
from app.services.workspace import Workspace
from app.views.main_window import MainWindow
from app.views.trends.compare_dialog import AGAINST, PERIODS, WELLS, CompareDialog
from app.views.trends.page import TrendsPage

Wait = Callable[[], None]
MINUTE, DAY = 60_000_000, 86_400_000_000
FIRST = 1_790_000_000_000_000 // DAY * DAY
CURRENT = ComputedPen("motor_current", "Ток ПЭД", "Motor current", "motor_current", "current")
FREQUENCY = ComputedPen("frequency", "Частота", "Frequency", "frequency", "frequency")


def put(workspace: Workspace, well: int, sensor: str, value: np.ndarray, first: int = FIRST) -> None:
    time_us = first + np.arange(len(value), dtype=np.int64) * MINUTE
    readings.write(workspace.store, Readings.of_one(well, SENSORS[sensor].number, time_us, value))


def test_points_are_pairs_of_one_time_told_apart_by_it(workspace: Workspace) -> None:
    count = 1440
    put(workspace, 1, "frequency", np.linspace(40, 60, count))
    put(workspace, 1, "motor_current", np.linspace(40, 60, count)[: count // 2] / 2)
    found = comparing.against(workspace, 1, FREQUENCY, CURRENT, (FIRST, FIRST + DAY), 2_000)
    assert [one.from_us for one in found] == [FIRST + number * DAY // 6 for number in range(3)], "half a day"
    for one in found:
        assert one.y == pytest.approx(one.x / 2, rel=1e-6)
    assert sum(len(one.x) for one in found) == count // 2


def test_a_period_is_laid_over_those_of_its_length_before_it(workspace: Workspace) -> None:
    put(workspace, 1, "motor_current", np.full(2880, 20.0))
    put(workspace, 1, "motor_current", np.full(1440, 30.0), FIRST + 2 * DAY)
    window = (FIRST + 2 * DAY, FIRST + 3 * DAY)
    found = comparing.of_periods(workspace, 1, CURRENT, window, 6, 200)
    assert [one for one, _ in found] == [window, (FIRST + DAY, FIRST + 2 * DAY), (FIRST, FIRST + DAY)]
    assert [float(np.nanmax(made.value)) for _, made in found] == [30.0, 20.0, 20.0]


@pytest.mark.slow
@pytest.mark.opens("103", "trends")
def test_the_three_ways_to_compare_are_drawn_and_can_be_taken_away(window: MainWindow, settled: Wait) -> None:
    page = window.stack.made["trends"]
    assert isinstance(page, TrendsPage)
    page.given.run("chart.compare")
    settled()
    dialog = page.dialogs.compared
    assert isinstance(dialog, CompareDialog)
    assert [len(one.x) > 0 for one in dialog.points.series] == [True] * 6
    assert len({one.colour for one in dialog.points.series}) == 6
    dialog.mode.setCurrentIndex(dialog.mode.findData(WELLS))
    QApplication.processEvents()
    assert dialog.wells.visualItemRect(dialog.wells.item(0)).height() >= 28, "a target for a finger"
    for row in range(2):
        dialog.wells.item(row).setCheckState(Qt.CheckState.Checked)
    settled()
    assert [one.name for one in dialog.lines.series] == ["103", "101", "102"]
    dialog.mode.setCurrentIndex(dialog.mode.findData(PERIODS))
    settled()
    title = dialog._titles[PERIODS]
    title.setText("Сколько прошлых периодов той же длины, которую заняло бы две строки")
    QApplication.processEvents()
    assert title.height() >= title.heightForWidth(title.width()), "read whole in Russian"
    assert dialog.points.series[0].x[0] >= 0
    assert dialog.mode.findData(AGAINST) == 0
    viewport = dialog.points._plots.viewport()
    place = viewport.rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, place, viewport.mapToGlobal(place))
    QApplication.sendEvent(viewport, event)
    opened = QApplication.activePopupWidget()
    assert isinstance(opened, QMenu)
    assert opened.actions()[1].text() == "Copy picture"
    opened.close()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    settled()
    assert not [
        one for one in QApplication.topLevelWidgets() if isinstance(one, CompareDialog) and one.isVisible()
    ]


@pytest.mark.slow
@pytest.mark.opens("202", "trends")
def test_pens_are_compared_by_the_names_that_their_chart_gives_them(window: MainWindow) -> None:
    """Of a rod pump's well the chart said «Ток двигателя», and the dialog over it the current of an ESP."""
    page = window.page("trends")
    assert isinstance(page, TrendsPage)
    named = {pen.key: pen.name("ru") for pen in page.pens.all()}
    assert named["motor_current"] == SENSORS["motor_current"].name("ru", "srp")
