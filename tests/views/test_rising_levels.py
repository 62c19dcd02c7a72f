"""What rises in the well is drawn rising: a sensor says once that it is a depth, and every chart follows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPointF

from app.core.clock import to_us
from app.models.readings import Readings
from app.models.sensors import SENSORS
from app.models.store import readings
from app.reports.blocks import Chart
from app.services.reports import chart_files, report
from app.services.wells.computed_pens import ComputedPen, shown_as
from app.services.workspace import Workspace
from app.views.flow.page import FlowPage
from app.views.main_window import MainWindow
from app.views.overview.page import OverviewPage
from app.views.plots.time_chart import TimeChart
from app.views.trends.compare_dialog import AGAINST, PERIODS, WELLS, CompareDialog
from app.views.trends.page import TrendsPage
from tests.views.small_field import BEGAN, ENDED, wells

Wait = Callable[[], None]
LEVEL = ComputedPen("dynamic_level", "Уровень", "Level", "dynamic_level", "length")
SPEED = ComputedPen("pumping_speed", "Ход", "Speed", "pumping_speed", "pumping_speed")


@pytest.mark.parametrize(
    ("formula", "depth"),
    [
        ("dynamic_level", True),
        ("mean(dynamic_level, 24 h)", True),
        ("dynamic_level + 12 m", True),
        ("(dynamic_level + static_level) / 2", True),
        ("dynamic_level - static_level", False),
        ("1500 m - dynamic_level", False),
        ("change(dynamic_level)", False),
        ("intake_pressure", False),
    ],
)
def test_what_is_computed_of_a_depth_is_one_where_it_is_as_deep(formula: str, depth: bool) -> None:
    assert shown_as(formula).downwards == depth


def test_levels_are_the_depths_among_the_sensors() -> None:
    assert {sensor.key for sensor in SENSORS if sensor.downwards} == {"dynamic_level", "static_level"}


def test_no_page_turns_an_axis_by_itself() -> None:
    turning = {
        path.name
        for path in (Path(__file__).parents[2] / "app" / "views").rglob("*.py")
        if re.search(r"\binvertY\(", path.read_text(encoding="utf-8"))
    }
    assert turning == {"pane.py", "plot.py", "xy_chart.py"}


def _rises(box: pg.ViewBox) -> bool:
    """A level of 500 m is drawn above one of 900 m."""
    high, deep = (box.mapViewToScene(QPointF(0, depth)).y() for depth in (500, 900))
    return bool(high < deep)


def _boxes_of_depth(chart: TimeChart) -> Iterator[pg.ViewBox]:
    for pane in chart.panes:
        for trace in pane.traces:
            if "level" in trace.spec.key:
                yield trace.line.getViewBox()


@pytest.mark.slow
def test_a_rising_level_is_drawn_rising_wherever_it_is_drawn(
    small_window: MainWindow, settled: Wait, tmp_path: Path
) -> None:
    workspace: Workspace = small_window.context.workspace
    rods = wells(workspace)[1]
    hours = np.arange(to_us(BEGAN), to_us(ENDED), 3_600_000_000)
    for key, values in {
        "dynamic_level": np.linspace(900, 500, len(hours)),
        "static_level": np.linspace(880, 480, len(hours)),
        "pumping_speed": np.full(len(hours), 0.1),
    }.items():
        readings.write(workspace.store, Readings.of_one(int(rods.id), SENSORS[key].number, hours, values))
    small_window.context.choose_well(rods)
    settled()

    overview = small_window.page("overview")
    assert isinstance(overview, OverviewPage)
    seen = list(_boxes_of_depth(overview.evidence.chart))
    assert seen
    assert all(_rises(box) for box in seen)

    small_window.open_page("trends")
    settled()
    trends = small_window.page("trends")
    assert isinstance(trends, TrendsPage)
    trends.legend.table.toggled.emit("static_level", True)
    settled()
    boxes = list(_boxes_of_depth(trends.chart))
    assert len(boxes) == 2
    assert all(_rises(box) for box in boxes)
    speed = trends.chart.traces["pumping_speed"].line.getViewBox()
    assert not speed.yInverted(), "what is no depth grows upwards"
    parts = trends.chart.clippings()
    assert {block.downwards for name, block in parts if isinstance(block, Chart) and "level" in name} == {
        True
    }
    out = tmp_path / "page.html"
    chart_files.write_page(parts, "levels", workspace.settings.speaker(), out)
    assert '"down":true' in out.read_text(encoding="utf-8")

    window = small_window.context.period
    assert window is not None
    dialog = CompareDialog(small_window.context, rods, [LEVEL, SPEED], window, small_window)  # type: ignore[arg-type]
    dialog.show()
    for kind, chart in ((AGAINST, dialog.points), (WELLS, dialog.lines), (PERIODS, dialog.points)):
        dialog.mode.setCurrentIndex(dialog.mode.findData(kind))
        settled()
        assert chart.is_drawn
        assert _rises(chart.main_box()), kind
    dialog.y.setCurrentIndex(1)
    settled()
    assert not dialog.points.main_box().yInverted()
    dialog.close()

    small_window.open_page("flow")
    settled()
    flow = small_window.page("flow")
    assert isinstance(flow, FlowPage)
    assert flow.levels.is_drawn
    assert _rises(flow.levels.main_box())

    made = report.document(workspace, report.order(workspace, [rods]))
    of_depth = [
        block
        for part in made.parts
        for block in part.blocks
        if isinstance(block, Chart) and any("level" in pen.name for pen in block.pens)
    ]
    assert len(of_depth) == 2, "trends and levels"
    assert all(block.downwards for block in of_depth)
