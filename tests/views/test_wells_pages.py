"""Flow, well tests, forecast and field pages as an engineer works with them."""

from __future__ import annotations

import json
from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from app.models.findings import Finding
from app.models.store import made
from app.views.advice.page import AdvicePage
from app.views.field.page import FieldPage
from app.views.flow.page import FlowPage
from app.views.forecast.page import ForecastPage
from app.views.main_window import MainWindow
from app.views.trends.page import TrendsPage
from app.views.welltests.page import WellTestsPage
from tests.services.test_made_at_the_centre import NIGHT, body

Wait = Callable[[], None]


def words_of(page: object) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel))  # type: ignore[attr-defined]


@pytest.mark.opens("103", "flow")
def test_flow_tests_are_listed_with_validity_and_drawn_with_the_pump(window: MainWindow) -> None:
    page = window.page("flow")
    assert isinstance(page, FlowPage)
    assert len(page.table.source.rows) > 5
    assert any("valid" in column.text(page.table.source.rows[0]) for column in page.table.source.columns)
    assert {series.name for series in page.rates.series} >= {"Liquid, test", "By pump"}
    assert [series.name for series in page.pump.series][:3] == ["catalogue", "what is left", "test"]
    assert page.levels.series
    assert "differs from tests" in words_of(page)


@pytest.mark.opens("103", "flow")
def test_a_click_on_a_header_sorts_by_the_value_and_ctrl_c_copies_the_table(window: MainWindow) -> None:
    page = window.page("flow")
    assert isinstance(page, FlowPage)
    page.table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    order = [
        page.table.row_at(page.table.model().index(i, 0)).test.liquid_m3_per_s
        for i in range(page.table.model().rowCount())
    ]
    assert order == sorted(order)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QApplication.clipboard().text().splitlines()
    assert copied[0].startswith("Taken\tLiquid")
    assert len(copied) == len(order) + 1


@pytest.mark.opens("201", "flow")
def test_a_rod_pumped_well_has_its_tests_and_no_rate_by_pump(window: MainWindow) -> None:
    page = window.page("flow")
    assert isinstance(page, FlowPage)
    assert page.table.source.rows
    assert "No rate by the pump" in words_of(page)
    assert page.pump.series == []
    assert page.pump.isHidden()
    assert "Well 201 has no ESP (Rod pump): there is no pump curve" in page.no_pump.text()
    assert not window.stack.tabs.tabToolTip(2), "dynamograms it has"


@pytest.mark.opens("101", "cards")
def test_an_esp_has_a_sentence_in_place_of_dynamograms_and_their_tab_is_grey(window: MainWindow) -> None:
    page, tabs = window.page("cards"), window.stack.tabs
    assert "Well 101 has no rod pump (ESP): there are no dynamograms" in words_of(page)
    assert page.filters.isHidden()  # type: ignore[attr-defined]
    assert "no dynamograms" in tabs.tabToolTip(2)
    assert tabs.tabTextColor(2) != tabs.tabTextColor(1)


@pytest.mark.opens("101", "welltests")
def test_a_build_up_is_drawn_and_its_window_can_be_dragged(window: MainWindow, settled: Wait) -> None:
    page = window.page("welltests")
    assert isinstance(page, WellTestsPage)
    assert page.opened is not None
    assert "Permeability" in words_of(page)
    assert {series.name for series in page.loglog.series} >= {"Δp", "derivative", "match"}
    by_itself = page.opened.answer["permeability_m2"]
    assert page.loglog.window is not None
    page.loglog._window.setRegion((np.log10(10.0), np.log10(60.0)))  # type: ignore[union-attr]
    settled()
    assert page.opened.found is not None
    assert page.opened.found.by == "line"
    assert page.opened.found.window is not None
    assert page.opened.found.window.from_s == pytest.approx(36_000, rel=0.1)
    assert page.opened.answer["permeability_m2"] == pytest.approx(by_itself, rel=0.05, abs=0)
    page.choice.boundary.setValue(200.0)
    page._reset.click()
    settled()
    assert page.opened.answer["permeability_m2"] == by_itself
    assert page.opened.answer["next_test"]["boundary_m"] == 200.0
    assert not page.choice.undrift.isVisible(), "there is no second gauge"


@pytest.mark.opens("201", "welltests")
def test_a_well_without_tests_says_what_would_be_here(window: MainWindow) -> None:
    page = window.page("welltests")
    assert isinstance(page, WellTestsPage)
    assert page._empty.isVisible()
    assert page.loglog.series == []


@pytest.mark.opens("104", "forecast")
def test_the_forecast_gives_chances_reasons_and_the_curve_of_its_kind(window: MainWindow) -> None:
    page = window.page("forecast")
    assert isinstance(page, ForecastPage)
    said = words_of(page)
    assert "within 30 days" in said
    assert "insulation" in said
    assert "not calibrated for this field" in said
    assert {series.name for series in page.survival.series} >= {"Kaplan–Meier", "now"}
    assert page.survival.shades
    assert page.survival.isVisible()
    assert page.of_field.isVisible()
    assert "Between pulls (worked by pulls): " in said
    assert "Pulled because: " in said


def test_a_kind_of_pump_that_nobody_ran_has_no_empty_chart(small_window: MainWindow, settled: Wait) -> None:
    small_window.open_page("forecast")
    settled()
    page = small_window.page("forecast")
    assert isinstance(page, ForecastPage)
    assert page.isVisible()
    assert not page.survival.isVisible()
    assert not page.decline.isVisible()
    assert not page.of_field.isVisible(), "nothing was ever run in"
    assert any("No run of a pump" in label.text() for label in page.findChildren(QLabel))


@pytest.mark.opens("104", "forecast")
def test_what_the_centre_made_stands_under_its_own_heading_beside_what_was_found_here(
    window: MainWindow, settled: Wait
) -> None:
    page = window.page("forecast")
    assert isinstance(page, ForecastPage)
    workspace, well = window.context.workspace, window.context.well
    assert well is not None
    assert not page._of_centre.isVisible()
    own = words_of(page)
    with workspace.store.writing() as cursor:
        made.keep(cursor, [(int(well.id), NIGHT, json.dumps(body()))])
    window.context.everything_changed()
    settled()
    assert page._of_centre.isVisible()
    said = words_of(page)
    assert "model 2026.11.3" in said
    assert "days old" in said
    assert all(word in said for word in own.split()), "what was found here stays"
    assert (
        "decline, by the centre" in {one.name for one in page.decline.series} or not page.decline.isVisible()
    )


@pytest.mark.opens("101", "field")
def test_the_field_has_the_worst_first_and_a_double_click_opens_the_well(
    window: MainWindow, settled: Wait
) -> None:
    page = window.page("field")
    assert isinstance(page, FieldPage)
    rows = page.table.source.rows
    assert rows[0].status.well.name == "205"
    page.table.setCurrentIndex(page.table.model().index(0, 0))
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    settled()
    assert window.context.well is not None
    assert window.context.well.name == "205"
    assert window.page("overview").isVisible()


@pytest.mark.slow
@pytest.mark.opens("103", "field")
def test_an_episode_on_the_pad_line_opens_its_trend(window: MainWindow, settled: Wait) -> None:
    page = window.page("field")
    assert isinstance(page, FieldPage)
    settled()
    bars = page.pad_chart.bars()
    assert bars
    bar, finding = next((b, f) for b, f in bars if f.code == "pump_off")
    assert isinstance(finding, Finding)
    QTest.mouseClick(page.pad_chart, Qt.MouseButton.LeftButton, pos=QPointF(bar.center()).toPoint())
    settled()
    trends = window.page("trends")
    assert isinstance(trends, TrendsPage)
    assert trends.isVisible()
    assert trends._chosen_finding is not None
    assert trends._chosen_finding.code == "pump_off"


@pytest.mark.slow
@pytest.mark.opens("103", "field")
def test_the_whole_field_can_be_diagnosed_from_its_page(window: MainWindow, settled: Wait) -> None:
    page = window.page("field")
    assert isinstance(page, FieldPage)
    before = [row.worst for row in page.table.source.rows]
    page._diagnose.click()
    settled()
    assert [row.worst for row in page.table.source.rows] == before


@pytest.mark.slow
@pytest.mark.opens("103", "trends")
def test_a_template_shows_the_sensors_of_a_condition_and_usual_lays_their_bands(
    window: MainWindow, settled: Wait
) -> None:
    page = window.page("trends")
    assert isinstance(page, TrendsPage)
    page.pens.show_template("pump_off")
    settled()
    assert set(page.chart.traces) == {"intake_pressure", "motor_current", "liquid_rate", "frequency"}
    page.usual.button.setChecked(True)
    settled()
    assert page.chart.traces["intake_pressure"]._band
    page.usual.button.setChecked(False)
    settled()
    assert not page.chart.traces["intake_pressure"]._band


@pytest.mark.slow
@pytest.mark.opens("102", "advice")
def test_a_moved_slider_says_what_it_would_bring_and_as_it_stands_brings_it_back(
    window: MainWindow, settled: Wait
) -> None:
    page = window.page("advice")
    assert isinstance(page, AdvicePage)
    assert {row.well.name for row in page.pad.source.rows} == {"101", "102", "103", "104"}
    assert set(page.knobs.sliders) == {"frequency_hz", "wellhead_pa", "stages"}
    before = words_of(page)
    slider = page.knobs.sliders["frequency_hz"].slider
    slider.setValue(slider.maximum())
    settled()
    assert words_of(page) != before
    assert "60.0" in words_of(page)
    page._reset.click()
    settled()
    assert words_of(page) == before
    page.sizing.rate.setValue(60.0)
    page.sizing.size.click()
    settled()
    assert "stages" in words_of(page.sizing), "an ESP for another rate"
    page.sizing.rate.setValue(5000.0)
    page.sizing.size.click()
    settled()
    assert "stages" not in words_of(page.sizing), "the well does not give it, and that is said"


@pytest.mark.opens("205", "advice")
def test_a_well_of_which_nothing_can_be_said_says_what_is_missing(window: MainWindow) -> None:
    page = window.page("advice")
    assert isinstance(page, AdvicePage)
    assert page.missing.isVisible()
    assert not page._body.isVisible()
