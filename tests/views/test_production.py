"""Production on the page Flow and on the overview of a well that has its books alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from PySide6.QtWidgets import QLabel, QWidget

from app.core.ids import new_id
from app.models.records import Record
from app.models.store import records
from app.models.wells import UNKNOWN_LIFT, Well, WellId
from app.services.records import entries
from app.views.context import Context
from app.views.flow.page import FlowPage
from app.views.overview.page import OverviewPage

Wait = Callable[[], None]
AsWindow = Callable[[QWidget], None]
BEGAN = datetime(2016, 3, 1, tzinfo=UTC)


def with_books(context: Context) -> Well:
    workspace = context.workspace
    well = Well(WellId(9), "F-12", "Volve", "", UNKNOWN_LIFT)
    with workspace.store.writing() as cursor:
        records.put_wells(cursor, [well])
    for n in (0, 1, 2, 90):
        values = {"period": "day", "oil_m3": 10.0 + min(n, 3), "water_m3": 30.0, "on_stream_s": 86_400.0}
        at = BEGAN + timedelta(days=n)
        entries.save_record(workspace, Record(new_id(), "production", int(well.id), at, None, dict(values)))
    return well


def test_years_of_books_are_drawn_and_no_empty_chart_stands_before_them(
    context: Context, as_window: AsWindow, settled: Wait
) -> None:
    page = FlowPage(context)
    as_window(page)
    page.show()
    context.choose_well(with_books(context))
    settled()
    assert page.production.isVisible()
    assert {one.name for one in page.production.chart.series} == {"liquid", "oil"}
    drawn = page.production.chart.series[0].y
    assert drawn.tolist() == pytest.approx([40, 41, 42, np.nan, 43], nan_ok=True), (
        "not over months of nothing"
    )
    assert not page.charts.isVisible()
    assert any("30.05.2016" in label.text() for label in page.production.findChildren(QLabel))


def test_an_overview_tells_the_newest_day_of_the_books_and_does_not_say_that_there_are_no_data(
    context: Context, as_window: AsWindow, settled: Wait
) -> None:
    page = OverviewPage(context)
    as_window(page)
    page.show()
    context.choose_well(with_books(context))
    settled()
    said = " ".join(label.text() for label in page.findChildren(QLabel))
    assert "нефть 13,0" in said
    assert "No data yet" not in said
    assert not page.values.isVisible(), "an empty table had pushed what is known below the page"
    assert "No readings yet" in said
    assert "nothing to judge the well by" in said


def test_before_a_well_is_chosen_nothing_empty_stands_on_its_overview(
    context: Context, as_window: AsWindow, settled: Wait
) -> None:
    page = OverviewPage(context)
    as_window(page)
    page.show()
    settled()
    assert not page.values.isVisible()
    assert not page.card_chart.isVisible()
