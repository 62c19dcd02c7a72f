"""Results of integrated models beside what was measured: by test, by sensor, or honestly by nothing."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from app.core.clock import to_us
from app.core.texts import Speaker
from app.models.readings import Readings
from app.models.records import FlowTest
from app.models.sensors import SENSORS
from app.models.store import readings, records
from app.reports import model_words, wording
from app.services.diagnosis.diagnose import diagnose
from app.services.imports import importing
from app.services.imports.importing import ImportOptions
from app.services.wells.finding import find_well
from app.services.wells.modelled import results
from app.services.workspace import Workspace
from tests.conftest import NOW

pytestmark = pytest.mark.usefixtures("read_here")
FIRST = NOW.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=40)


def days(*numbers: int) -> list[str]:
    return [f"{FIRST + timedelta(days=n):%d.%m.%Y}" for n in numbers]


def taken(workspace: Workspace, folder: Path, rows: list[str]) -> None:
    head = "Скважина;Дата;Модель;Версия;Сценарий;Показатель;Значение;Ед.изм."
    path = folder / "models.csv"
    path.write_text("\n".join([head, *rows]), encoding="utf-8")
    importing.import_file(workspace, path, ImportOptions())


def row(day: str, quantity: str, value: str, unit: str) -> str:
    return f"77;{day};PIPESIM;2026.1;база;{quantity};{value};{unit}"


def measured(workspace: Workspace) -> None:
    """Tests of 100 m³/d, one of them no good; an intake pressure of 5 MPa over a day."""
    moments = [FIRST + timedelta(days=n, hours=9) for n in (1, 11, 21)]
    tests = [
        FlowTest(f"t{n}", 2, at, 14_400.0, (100 if n else 400) / 86_400, None, 0.4, None, None, bool(n))
        for n, at in enumerate(moments)
    ]
    number = SENSORS["intake_pressure"].number
    at = np.array([to_us(FIRST + timedelta(days=20, hours=h)) for h in range(24)], np.int64)
    with workspace.store.writing() as cursor:
        records.put_flow_tests(cursor, tests)
    readings.write(workspace.store, Readings.of_one(2, number, at, np.full(24, 5e6)))


def test_a_rate_is_compared_with_the_nearest_good_test_and_a_pressure_with_its_sensor(
    workspace: Workspace, tmp_path: Path
) -> None:
    measured(workspace)
    told = [
        row(day, "Дебит жидкости", str(v), "м3/сут")
        for day, v in zip(days(0, 10, 20), (104, 110, 116), strict=True)
    ]
    taken(workspace, tmp_path, [*told, row(days(20)[0], "Давление на приёме", "4,5", "МПа")])

    pressure, rate = results(workspace, find_well(workspace, "77")).series
    assert (rate.of, rate.case) == ("liquid_rate", "PIPESIM 2026.1 база")
    assert rate.measured * 86_400 == pytest.approx([100, 100, 100])
    assert rate.misfit is not None
    assert rate.misfit.share == pytest.approx(0.10)
    assert rate.misfit.drift == pytest.approx(0.6 / 86_400)
    assert pressure.misfit is not None
    assert pressure.misfit.difference == pytest.approx(-0.5e6)


def test_what_cannot_be_compared_is_said_and_why(workspace: Workspace, tmp_path: Path) -> None:
    day = days(5)[0]
    taken(
        workspace,
        tmp_path,
        [
            row(day, "Индекс доходности", "1,2", "д.е."),
            row(day, "Дебит жидкости", "95", ""),
            row(day, "Давление на приёме", "95", "м3/сут"),
            row(day, "Частота", "47", "Гц"),
        ],
    )
    found = results(workspace, find_well(workspace, "77"))
    assert sorted(one.why for one in found.left) == ["no_unit", "quantity", "unit"]
    (alone,) = found.series
    assert alone.misfit is None
    lines = model_words.lines(found, workspace.settings.speaker("ru"))
    assert (
        lines[0].replace("\xa0", " ")
        == "PIPESIM 2026.1 база, Частота: последнее 47,0 Гц; сопоставить не с чем (0 из 1)."
    )
    assert len(lines) == 4


def test_a_temperature_is_off_by_degrees_and_not_by_their_zero(workspace: Workspace) -> None:
    speaker = workspace.settings.speaker("ru")
    assert model_words.step_words(-2.5, "temperature", speaker) == "−2,5 °C"


@pytest.mark.parametrize("lift", ["esp", "flowing"])
def test_a_stale_model_is_a_finding_whatever_lifts_the_well(
    workspace: Workspace, tmp_path: Path, lift: str
) -> None:
    tests = [
        FlowTest(f"t{n}", 2, FIRST + timedelta(days=n), None, (100 + n / 10) / 86_400, None, 0.4, None, None)
        for n in (0, 20, 40)
    ]
    with workspace.store.writing() as cursor:
        records.put_flow_tests(cursor, tests)
        cursor.execute("UPDATE wells SET lift = ? WHERE id = 2", [lift])
    told = [row(day, "Дебит жидкости", "140", "м3/сут") for day in days(0, 20, 40)]
    taken(workspace, tmp_path, told)
    found = [one for one in diagnose(workspace, find_well(workspace, "77")) if one.code == "model_stale"]
    assert [(one.severity, one.evidence[0].sensor) for one in found] == [("watch", "liquid_rate")]
    words = wording.evidence_words(found[0].evidence[0].code, found[0].evidence[0].details, Speaker("ru"))
    assert words.startswith("PIPESIM 2026.1 база: Дебит жидкости, модель минус замер 37 %")
