"""What integrated models gave for a well is drawn beside what was measured, and told in a table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from app.core.clock import from_us
from app.services.imports import importing
from app.services.imports.importing import ImportOptions
from app.views.main_window import MainWindow

Wait = Callable[[], None]


@pytest.mark.slow
@pytest.mark.usefixtures("read_here")
@pytest.mark.opens("103", "trends")
def test_what_a_model_gave_stands_beside_the_pen_in_the_flow_chart_and_in_a_table(
    window: MainWindow, settled: Wait, tmp_path: Path
) -> None:
    span = window.context.span
    assert span is not None
    last = from_us(span[1]).replace(hour=0, minute=0, second=0, microsecond=0)
    path = tmp_path / "models.csv"
    rows = ["Скважина;Дата;Модель;Версия;Сценарий;Показатель;Значение;Ед.изм."]
    for back in (20, 10, 1):
        head = f"103;{last - timedelta(days=back):%d.%m.%Y};PIPESIM;2026.1;base"
        rows += [f"{head};Дебит жидкости;95;м3/сут", f"{head};Давление на приёме;20;МПа"]
    path.write_text("\n".join(rows), encoding="utf-8")
    importing.import_file(window.context.workspace, path, ImportOptions())
    window.context.everything_changed()
    settled()

    page = window.page("trends")
    trace = page.chart.traces["intake_pressure"]  # type: ignore[attr-defined]
    assert list(trace.points.y) == pytest.approx([20.0] * 3)
    shown = next(pane for pane in page.chart.panes if trace in pane.traces)  # type: ignore[attr-defined]
    assert shown.box.viewRange()[1][1] > 20.0, "the model's points are inside the scale"

    window.open_page("flow")
    settled()
    flow = window.page("flow")
    assert "PIPESIM 2026.1 base" in [series.name for series in flow.rates.series]  # type: ignore[attr-defined]
    assert [row.of for row in flow.models.table.source.rows] == ["Intake pressure", "Liquid rate"]  # type: ignore[attr-defined]
    assert flow.models.isVisible()  # type: ignore[attr-defined]
