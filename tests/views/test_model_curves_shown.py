"""Curves of a model on the page of flow: chosen beside the pump, drawn with the tests, told in the table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from app.core.clock import from_us
from app.core.ids import new_id
from app.models.kinds.curved import IPR, VLP
from app.models.records import Record
from app.models.store import kinds
from app.views.flow.curves import INFLOW, PUMP
from app.views.main_window import MainWindow

Wait = Callable[[], None]


@pytest.mark.slow
@pytest.mark.opens("103", "flow")
def test_ipr_and_vlp_of_a_model_are_chosen_beside_the_pump_and_stay_chosen(
    window: MainWindow, settled: Wait
) -> None:
    page, context = window.page("flow"), window.context
    column = page.curves  # type: ignore[attr-defined]
    assert not column.choice.isVisible()
    assert context.well is not None
    assert context.span is not None
    at = from_us(context.span[1]) - timedelta(days=3)
    for curve, ends in ((IPR, (25e6, 2e6)), (VLP, (8e6, 12e6))):
        points = [{"liquid_m3_per_s": q, "pressure_pa": p} for q, p in zip((0.0, 3e-3), ends, strict=True)]
        values = {"model": "PROSPER", "scenario": "base", "curve": curve, "points": points, "depth_m": 2000.0}
        with context.workspace.store.writing() as cursor:
            kinds.put_one(cursor, Record(new_id(), "model_curve", int(context.well.id), at, None, values))
    context.everything_changed()
    settled()

    assert column.choice.isVisible()
    assert column.choice.currentData() == PUMP
    column.choice.setCurrentIndex(column.choice.findData(INFLOW))
    names = [series.name for series in column.inflow.series]
    assert names == ["PROSPER base", "", "tests before", "last test"]
    assert column.inflow.isVisible()
    assert [row.of for row in page.models.table.source.rows] == ["IPR", "VLP"]  # type: ignore[attr-defined]
    assert all(row.off != "—" for row in page.models.table.source.rows)  # type: ignore[attr-defined]
    context.everything_changed()
    settled()
    assert column.choice.currentData() == INFLOW
