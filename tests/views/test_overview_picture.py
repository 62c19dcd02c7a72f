"""The overview answers with a picture: what the readings did when the worst finding began."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea

from app.core.clock import to_us
from app.views.main_window import MainWindow
from app.views.overview.page import OverviewPage
from app.views.overview.values import ROW_PX
from app.views.trends.page import TrendsPage
from tests.views.small_field import wells
from tests.views.test_calm import turn_wheel

Wait = Callable[[], None]
Open = Callable[[MainWindow, str, str], None]


@pytest.mark.slow
@pytest.mark.opens("103", "overview")
def test_the_worst_finding_has_its_readings_beside_it_and_a_click_opens_them(
    window: MainWindow, open_well: Open, settled: Wait
) -> None:
    page = window.stack.made["overview"]
    assert isinstance(page, OverviewPage)
    picture, finding = page.evidence, page.finding_boxes[0].finding
    assert picture.isVisible()
    assert picture.finding == finding
    drawn = list(picture.chart.traces)
    assert drawn == [one.sensor for one in finding.evidence][: len(drawn)]
    assert all(np.isfinite(trace.y).sum() > 100 for trace in picture.chart.traces.values())
    since, until = picture.chart.window_us() or (0, 0)
    assert since < to_us(finding.from_at) < until
    before = picture.chart.window_us()
    turn_wheel(picture.chart._plots.viewport())
    assert picture.chart.window_us() == before, "the wheel scrolls the page"
    QTest.mouseClick(picture.chart._plots.viewport(), Qt.MouseButton.LeftButton)
    settled()
    trends = window.stack.current()
    assert isinstance(trends, TrendsPage)
    assert trends._chosen_finding is not None
    assert trends._chosen_finding.id == finding.id
    open_well(window, "101", "overview")
    assert page.finding_boxes == []
    assert page.evidence.isVisible(), "what the well did, where nothing is wrong"
    assert page.evidence.finding is None
    open_well(window, "202", "overview")
    assert not page.evidence.chart.measure.is_on


@pytest.mark.slow
@pytest.mark.opens("103", "overview")
def test_the_overview_is_whole_in_a_window_of_910_pixels(window: MainWindow, settled: Wait) -> None:
    window.context.workspace.settings.set("language", "ru")
    settled()
    window.resize(910, 512)
    settled()
    page = window.stack.current()
    assert isinstance(page, OverviewPage)
    for area in page.findChildren(QScrollArea):
        inside = area.widget()
        assert inside.width() <= area.viewport().width(), "it would be cut at its right"
    for box in page.finding_boxes:
        assert box.show_button.isVisible()


@pytest.mark.slow
def test_on_a_low_screen_the_readings_beside_a_card_are_still_a_table(
    small_window: MainWindow, settled: Wait
) -> None:
    small_window.context.choose_well(wells(small_window.context.workspace)[1])
    settled()
    small_window.resize(911, 512)
    settled()
    page = small_window.page("overview")
    assert isinstance(page, OverviewPage)
    assert page.card_chart.isVisible()
    assert page.values.viewport().height() >= 5 * ROW_PX


@pytest.mark.slow
@pytest.mark.opens("103", "reports")
def test_the_report_fits_a_window_of_910_pixels(window: MainWindow, settled: Wait) -> None:
    window.context.workspace.settings.set("language", "ru")
    settled()
    window.resize(910, 512)
    settled()
    assert window.width() == 910
    page = window.stack.current()
    bar = page.choices  # type: ignore[attr-defined]
    assert bar.width() <= page.width()
    assert bar.menu.button.width() >= bar.menu.button.sizeHint().width(), "nothing is written with dots"
    for field in (bar.template, bar.wells, bar.period, bar.language):
        assert field.width() >= min(field.minimumSizeHint().width(), 150)
        assert field.mapTo(page, field.rect().topRight()).x() <= page.width()


@pytest.mark.slow
@pytest.mark.opens("103", "overview")
def test_the_well_is_drawn_with_what_was_measured_last_where_it_was(window: MainWindow) -> None:
    page = window.page("overview")
    sketch = page.sketch  # type: ignore[attr-defined]
    assert sketch.isVisible()
    depths = [depth for depth, _ in sketch.labels()]
    assert depths == sorted(depths)
    told = sketch.accessibleDescription()
    assert "Pump at" in told
    assert "Intake pressure" in told


@pytest.mark.slow
def test_a_name_has_two_lines_only_where_one_has_no_room(small_window: MainWindow, settled: Wait) -> None:
    page = small_window.page("overview")
    assert isinstance(page, OverviewPage)
    heights = {page.values.rowHeight(row) for row in range(page.values.model().rowCount())}
    assert heights == {ROW_PX}
    page.values.setColumnHidden(1, True)
    page.values.horizontalHeader().resizeSection(0, 60)
    page.values.horizontalHeader().setStretchLastSection(False)
    page.values.resize(120, 400)
    page.values._fit_columns()
    assert {page.values.rowHeight(row) for row in range(page.values.model().rowCount())} != {ROW_PX}
