"""Pens computed of others: ready ones and one's own are drawn, checked while they are typed, and kept."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.core.errors import KnownError
from app.services.wells import computed_pens
from app.services.wells.computed_pens import READY, possible, shown_as
from app.services.workspace import Workspace
from app.views.main_window import MainWindow
from app.views.trends.computed_dialog import ComputedDialog
from app.views.trends.page import TrendsPage

Wait = Callable[[], None]


@pytest.fixture
def page(window: MainWindow) -> TrendsPage:
    made = window.stack.made["trends"]
    assert isinstance(made, TrendsPage)
    return made


def test_every_ready_pen_can_be_read_and_has_a_unit() -> None:
    assert [shown_as(pen.formula, pen.quantity).quantity for pen in READY] == [
        "pressure",
        "ratio",
        "temperature_step",
        "number",
        "volume",
        "pressure",
        "current",
    ]
    assert [pen.key for pen in possible(READY, {"intake_pressure", "discharge_pressure"})] == [
        "=pump_dp",
        "=intake_change",
    ]


@pytest.mark.slow
@pytest.mark.opens("103", "trends")
def test_a_ready_pen_is_drawn_in_a_pane_of_its_own_and_measured_like_any(
    page: TrendsPage, window: MainWindow, settled: Wait
) -> None:
    page.legend.table.toggled.emit("=pump_dp", True)
    page.legend.table.toggled.emit("discharge_pressure", True)
    settled()
    made, intake, discharge = (
        page.chart.traces[key] for key in ("=pump_dp", "intake_pressure", "discharge_pressure")
    )
    middle = float(np.nanmedian(made.y))
    assert middle == pytest.approx(float(np.nanmedian(discharge.y) - np.nanmedian(intake.y)), rel=0.05)
    assert made.spec.axis_title.endswith("MPa")
    pane = next(pane for pane in page.chart.panes if made in pane.traces)
    assert pane.traces == [made]
    values = page.chart.values_at(page.chart.to_us(float(made.x[len(made.x) // 2])))
    assert np.isfinite(values["=pump_dp"])


@pytest.mark.slow
@pytest.mark.opens("103", "trends")
def test_a_formula_is_checked_while_it_is_typed_kept_for_the_field_and_taken_away(
    page: TrendsPage, window: MainWindow, settled: Wait
) -> None:
    page.computed_button.click()
    dialog = page.dialogs.computed
    assert isinstance(dialog, ComputedDialog)
    QTest.keyClicks(dialog.name, "Above line")
    QTest.keyClicks(dialog.formula, "intake_pressure + frequency")
    assert "different kinds" in dialog.state.text()
    assert not dialog.save_button.isEnabled()
    dialog.formula.clear()
    dialog.sensors.setCurrentIndex(dialog.sensors.findText("Intake pressure"))
    dialog.sensors.activated.emit(dialog.sensors.currentIndex())
    QTest.keyClicks(dialog.formula, " - 1 MPa")
    assert dialog.formula.text() == "[Intake pressure] - 1 MPa"
    assert "MPa" in dialog.state.text()
    QTest.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    settled()
    workspace, field = window.context.workspace, dialog._well.field_name
    (own,) = [pen for pen in computed_pens.of_field(workspace, field) if not pen.is_ready]
    trace = page.chart.traces[own.key]
    below = page.chart.traces["intake_pressure"].y
    assert np.nanmedian(trace.y) == pytest.approx(np.nanmedian(below) - 1, abs=0.2)
    dialog.remove()
    settled()
    assert own.key not in page.chart.traces
    dialog.reject()


def test_pens_of_a_damaged_file_are_said_and_another_field_has_its_own(workspace: Workspace) -> None:
    pen = computed_pens.save(workspace, "Северное", "a", "load * 2")
    assert pen in computed_pens.of_field(workspace, "Северное")
    assert pen not in computed_pens.of_field(workspace, "Южное")
    changed = computed_pens.save(workspace, "Северное", "b", "load * 3", pen.key)
    assert [one for one in computed_pens.of_field(workspace, "Северное") if not one.is_ready] == [changed]
    with pytest.raises(KnownError, match="nameless"):
        computed_pens.save(workspace, "Северное", " ", "load")
    (workspace.paths.folder / "computed_pens.json").write_text("{")
    with pytest.raises(KnownError, match="damaged"):
        computed_pens.of_field(workspace, "Северное")
