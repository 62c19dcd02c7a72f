"""What an operating point lacks is named, and nothing that is there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.core.texts import Speaker
from app.reports.flow_words import no_pump_words
from app.services.imports import importing
from app.services.imports.opening import ImportOptions
from app.services.wells import flow
from app.services.wells.finding import find_well
from app.services.workspace import Workspace
from tests.importers.imported import readers_here

__all__ = ["readers_here"]

pytestmark = pytest.mark.usefixtures("readers_here")

HEAD = "Скважина;Способ эксплуатации;Дата спуска;Тип насоса;Число ступеней;Глубина спуска насоса, м\n"
POINTS = ((0, 1990), (20, 1960), (40, 1905), (60, 1800), (80, 1640), (100, 1390), (120, 1040), (140, 590))


def files(folder: Path, *, with_discharge: bool) -> list[Path]:
    told = {
        "паспорт": HEAD + "8802;УЭЦН;02.05.2026;ЭЦН5-80-1800;320;1850\n",
        "кривая": "Скважина;Подача, м3/сут;Напор, м\n" + "".join(f"8802;{q};{h}\n" for q, h in POINTS),
        "замер": "Скважина;Дата замера;Qж, м3/сут;Обводнённость, %\n8802;29.10.2026 12:00;84;55\n",
    }
    more = ";Рвык, МПа" if with_discharge else ""
    told["тм"] = f"Дата;Скважина;Частота, Гц;Рпр, МПа{more}\n" + "".join(
        f"29.10.2026 {hour:02}:00;8802;50;6,1{';19,5' if with_discharge else ''}\n" for hour in range(10, 20)
    )
    found = []
    for name, text in told.items():
        found.append(folder / f"{name}.csv")
        found[-1].write_text(text, encoding="utf-8")
    return found


@pytest.mark.parametrize("with_discharge", [False, True])
def test_an_operating_point_names_the_gauge_that_is_not_read_and_no_other(
    workspace: Workspace, tmp_path: Path, with_discharge: bool
) -> None:
    for file in files(tmp_path, with_discharge=with_discharge):
        importing.import_file(workspace, file, ImportOptions(new_wells=True))
    well = find_well(workspace, "8802")
    until = datetime(2026, 10, 30, tzinfo=UTC)
    seen = flow.history(workspace, well, until - timedelta(days=30), until)
    if with_discharge:
        assert seen.pump is not None
        assert seen.unread == ()
        return
    assert (seen.pump, seen.unread) == (None, ("discharge_pressure",))
    said = no_pump_words(seen, Speaker("en"))
    assert "Discharge pressure" in said
    assert "requency" not in said
