"""Curves of integrated models: taken from tables, kept as records, held against the flow tests."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import numpy as np
import pyarrow.csv
import pytest

from app.core.clock import to_us
from app.core.errors import KnownError
from app.core.ids import new_id
from app.models.kinds.curved import GAS_LIFT, IPR, MODEL_CURVE, VLP
from app.models.kinds.done import MODEL_RESULT
from app.models.readings import Readings
from app.models.records import FlowTest, Record
from app.models.sensors import SENSORS
from app.models.store import kinds, readings, records
from app.reports import curve_blocks, curve_words
from app.services.imports import importing
from app.services.imports.importing import ImportOptions
from app.services.reports import report
from app.services.reports.exporting import TABLES
from app.services.reports.facts import StoreFacts
from app.services.wells import model_curves
from app.services.wells.finding import find_well
from app.services.wells.model_curves import of_well
from app.services.wells.power import medians
from app.services.workspace import Workspace
from tests.conftest import NOW

pytestmark = pytest.mark.usefixtures("read_here")
TESTED = NOW - timedelta(days=5)
DAY = f"{NOW - timedelta(days=20):%d.%m.%Y}"
WIDE = (
    "Скважина;Дата;Модель;Версия;Сценарий;Глубина узла, м;Дебит жидкости, м3/сут;"
    "Давление IPR, МПа;Давление VLP, МПа"
)
POINTS = ((0, 20, 9), (50, 15, 10), (100, 10, 11), (150, 5, 12.5))


def wide(version: str, depth: str = "2000") -> list[str]:
    return [f"77;{DAY};PROSPER;{version};база;{depth};{q};{p};{need}" for q, p, need in POINTS]


def kept(
    workspace: Workspace, *, depth_m: float | None = 2000.0, points: int = 4, scenario: str = "база"
) -> None:
    """The same two curves, as records."""
    for place, curve in ((1, IPR), (2, VLP)):
        told = [
            {"liquid_m3_per_s": one[0] / 86_400, "pressure_pa": one[place] * 1e6} for one in POINTS[:points]
        ]
        values = {"model": "PROSPER", "version": "15", "scenario": scenario, "curve": curve, "points": told}
        if depth_m is not None:
            values["depth_m"] = depth_m
        with workspace.store.writing() as cursor:
            kinds.put_one(cursor, Record(new_id(), "model_curve", 2, NOW - timedelta(days=20), None, values))


def taken(workspace: Workspace, folder: Path, head: str, rows: list[str]) -> None:
    path = folder / f"{new_id()}.csv"
    path.write_text("\n".join([head, *rows]).replace(".5", ",5"), encoding="utf-8")
    importing.import_file(workspace, path, ImportOptions())


def measured(workspace: Workspace, *, pressure_pa: float | None = 9e6, pump_m: float | None = 2000.0) -> None:
    """100 m³/d, of which half is water; the gauge says what it says for the whole day."""
    with workspace.store.writing() as cursor:
        rate = 100 / 86_400
        records.put_flow_tests(
            cursor, [FlowTest("t", 2, TESTED, 14_400.0, rate, None, 0.5, 12_000 / 86_400, None)]
        )
        if pump_m is not None:
            run = Record(new_id(), "installation", 2, TESTED - timedelta(days=90), None, {"depth_m": pump_m})
            fluid = {"oil_relative_density": 0.8, "water_relative_density": 1.0, "gas_oil_ratio": 40.0}
            kinds.put_one(cursor, run)
            kinds.put_one(cursor, Record(new_id(), "fluid", 2, run.at, None, dict(fluid)))
    if pressure_pa is not None:
        at = np.array([to_us(TESTED + timedelta(hours=hour)) for hour in range(-3, 9)], np.int64)
        number = SENSORS["intake_pressure"].number
        readings.write(workspace.store, Readings.of_one(2, number, at, np.full(len(at), pressure_pa)))


def said(workspace: Workspace) -> list[str]:
    found = of_well(workspace, find_well(workspace, "77"))
    return [" ".join(line.split()) for line in curve_words.lines(found, workspace.settings.speaker("ru"))]


def test_a_wide_table_is_an_ipr_and_a_vlp_of_one_case_and_both_are_held_against_the_test(
    workspace: Workspace, tmp_path: Path
) -> None:
    measured(workspace)
    taken(workspace, tmp_path, WIDE, wide("15"))
    (case,) = of_well(workspace, find_well(workspace, "77"))
    assert (case.name, [one.curve.what for one in case.curves]) == ("PROSPER 15 база", [IPR, VLP])
    off = {one.curve.what: one.misfit.difference for one in case.curves if one.misfit is not None}
    assert off == pytest.approx({IPR: 1e6, VLP: 2e6})
    assert case.works_at is not None
    assert case.works_at[0] * 86_400 == pytest.approx(100 - 50 / 6.5, abs=2.0)
    assert case.works_at[1] == pytest.approx(20e6 - case.works_at[0] * 86_400 * 1e5)


def test_a_table_in_long_form_with_two_cases_is_a_record_for_each_curve_of_each(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows = [
        f"77;{NOW:%Y-%m-%d};PIPESIM;{case};{curve};{q};{p}"
        for case in ("base", "high")
        for curve, q, p in (("IPR", 0, 200), ("IPR", 100, 100), ("VLP", 50, 90), ("VLP", 120, 110))
    ]
    taken(workspace, tmp_path, "Well;Date;Model;Case;Curve;Liquid rate, m3/d;Bottomhole pressure, bar", rows)
    found = kinds.of_well(workspace.store, MODEL_CURVE, 2)
    told = sorted((one.values["scenario"], one.values["curve"]) for one in found)
    assert told == [("base", IPR), ("base", VLP), ("high", IPR), ("high", VLP)]
    assert {len(one.values["points"]) for one in found} == {2}  # type: ignore[arg-type]


def test_liquid_over_lift_gas_is_compared_with_the_gas_that_did_not_come_with_the_oil(
    workspace: Workspace, tmp_path: Path
) -> None:
    measured(workspace)  # 12 000 m³/d less 40 · 50 of the oil
    rows = [
        f"77;{DAY};PIPESIM;base;{gas};{rate}" for gas, rate in ((5_000, 90), (10_000, 120), (20_000, 130))
    ]
    taken(
        workspace, tmp_path, "Скважина;Дата;Модель;Сценарий;Закачка газа, м3/сут;Дебит жидкости, м3/сут", rows
    )
    (case,) = of_well(workspace, find_well(workspace, "77"))
    (lift,) = case.curves
    assert lift.curve.what == GAS_LIFT
    assert lift.misfit is not None
    assert lift.misfit.difference * 86_400 == pytest.approx(20)


def test_two_files_of_one_case_are_two_curves_and_neither_writes_over_the_other(
    workspace: Workspace, tmp_path: Path
) -> None:
    head = "Скважина;Дата;Модель;Сценарий;Дебит жидкости, м3/сут;Давление {}, МПа"
    for curve in ("IPR", "VLP"):
        taken(
            workspace, tmp_path, head.format(curve), [f"77;{DAY};М;1;{q};{q / 10 + 1:.0f}" for q in (10, 90)]
        )
    assert len(kinds.of_well(workspace.store, MODEL_CURVE, 2)) == 2


def test_of_two_versions_the_newer_is_shown(workspace: Workspace, tmp_path: Path) -> None:
    taken(workspace, tmp_path, WIDE, wide("15"))
    newer = [row.replace(DAY, f"{NOW:%d.%m.%Y}") for row in wide("16")]
    taken(workspace, tmp_path, WIDE, newer)
    assert [case.name for case in of_well(workspace, find_well(workspace, "77"))] == ["PROSPER 16 база"]


def test_a_measured_pressure_is_brought_to_the_depth_of_the_model_and_that_is_said(
    workspace: Workspace,
) -> None:
    measured(workspace, pump_m=1900.0)
    kept(workspace)
    (case,) = of_well(workspace, find_well(workspace, "77"))
    assert case.measured[-1].pressure_pa == pytest.approx(9e6 + 900 * 9.80665 * 100)
    assert any("с глубины насоса 1 900 м на глубину модели 2 000 м" in line for line in said(workspace))


def test_of_several_cases_each_has_the_pressure_at_its_own_depth_and_it_is_read_once(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured(workspace)
    kept(workspace)
    kept(workspace, depth_m=2100.0, scenario="глубже")
    asked: list[object] = []

    def counted(*given: object) -> dict[str, float]:
        asked.append(given)
        return medians(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(model_curves, "medians", counted)
    cases = {case.depth_m: case.measured[-1] for case in of_well(workspace, find_well(workspace, "77"))}
    assert {depth: (one.pressure_pa, one.moved_m) for depth, one in cases.items()} == {
        2000.0: (9e6, 0.0),
        2100.0: (pytest.approx(9e6 + 900 * 9.80665 * 100), 100.0),
    }
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("depth", "pressure", "pump", "words"),
    [
        (None, 9e6, 2000.0, "глубина давлений модели не указана"),
        (2000.0, 9e6, None, "глубина насоса неизвестна"),
        (2000.0, None, 2000.0, "сопоставить давления не с чем"),
    ],
)
def test_what_limits_the_comparison_is_said(
    workspace: Workspace, depth: float | None, pressure: float | None, pump: float | None, words: str
) -> None:
    measured(workspace, pressure_pa=pressure, pump_m=pump)
    kept(workspace, depth_m=depth)
    assert any(words in line for line in said(workspace))


def test_a_level_with_the_pressure_of_the_annulus_stands_in_for_a_gauge_and_is_named(
    workspace: Workspace,
) -> None:
    measured(workspace, pressure_pa=None)
    level = {"level": "dynamic", "level_m": 1200.0, "casing_pressure_pa": 1e6}
    with workspace.store.writing() as cursor:
        kinds.put_one(cursor, Record(new_id(), "fluid_level", 2, TESTED, None, dict(level)))
    kept(workspace)
    (case,) = of_well(workspace, find_well(workspace, "77"))
    pressure = case.measured[-1].pressure_pa
    assert pressure is not None
    assert 1e6 + 800 * 9.8 * 800 < pressure < 1.2e6 + 800 * 9.81 * 800
    assert any("по динамическому уровню: 1 из 1" in line for line in said(workspace))


def test_a_test_beyond_the_curve_is_counted_and_not_stretched_to(workspace: Workspace) -> None:
    measured(workspace)
    kept(workspace, points=2)
    (case,) = of_well(workspace, find_well(workspace, "77"))
    assert [(one.misfit, one.outside) for one in case.curves] == [(None, 1), (None, 1)]
    assert any("замеров вне кривой — 1" in line for line in said(workspace))


@pytest.mark.parametrize(
    ("head", "row", "code"),
    [
        ("Скважина;Дата;Модель;Кривая;Дебит жидкости, м3/сут;Давление, МПа", "77;{};М;;10;9", "curve_unsaid"),
        (f"{WIDE}", "77;{};М;1;б;2000;10;;", "curve_point_alone"),
    ],
)
def test_a_pressure_of_no_curve_and_a_rate_alone_are_refused(
    workspace: Workspace, tmp_path: Path, head: str, row: str, code: str
) -> None:
    rows = [
        row.format(DAY),
        *(wide("15") if head == WIDE else [f"77;{DAY};М;IPR;20;8", f"77;{DAY};М;IPR;40;7"]),
    ]
    with pytest.raises(KnownError) as refused:
        taken(workspace, tmp_path, head, rows)
    assert refused.value.code == code


def test_two_pressures_of_one_rate_are_refused_with_both_lines(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(KnownError) as refused:
        taken(workspace, tmp_path, WIDE, [*wide("15"), f"77;{DAY};PROSPER;15;база;2000;50;14;10"])
    assert refused.value.code == "model_curve_twice"


def test_what_is_exported_comes_back_as_the_same_records(workspace: Workspace, tmp_path: Path) -> None:
    taken(workspace, tmp_path, WIDE, wide("15"))
    table = TABLES["model_curve"](workspace, find_well(workspace, "77"))
    path = tmp_path / "back.csv"
    pyarrow.csv.write_csv(table, path)
    report = importing.import_file(workspace, path, ImportOptions())
    assert (report.added, report.changed, report.same) == (0, 0, 2)


def test_the_report_draws_the_curves_with_the_tests(workspace: Workspace) -> None:
    measured(workspace)
    kept(workspace)
    found = of_well(workspace, find_well(workspace, "77"))
    (chart,) = curve_blocks.drawn(found, workspace.settings.speaker("en"))
    assert [pen.name for pen in chart.pens] == ["PROSPER 15 база, IPR", "PROSPER 15 база, VLP", "tests"]  # type: ignore[union-attr]


def test_a_paper_of_a_past_period_knows_no_curve_result_or_test_of_later(workspace: Workspace) -> None:
    """A report of the spring showed the curve that was made in the autumn, and held the spring's against the
    autumn's tests.
    """
    well, made_at = find_well(workspace, "77"), NOW - timedelta(days=20)
    kept(workspace)
    measured(workspace)
    told = {"model": "PROSPER", "quantity": "liquid rate", "value": 100.0, "unit": "m3/d"}
    with workspace.store.writing() as cursor:
        kinds.put_one(cursor, Record(new_id(), MODEL_RESULT.key, 2, made_at, None, dict(told)))
    for days, models, curves, tests in ((30, 0, 0, 0), (10, 1, 1, 0), (1, 1, 1, 1)):
        until = NOW - timedelta(days=days)
        asked = report.order(workspace, [well], since=until - timedelta(days=9), until=until)
        begun: list[report.Begun] = []
        source = StoreFacts(workspace, until=asked.until)
        flow = source.flow(well, *report.period_of(workspace, asked, well))
        assert (len(flow.models.series), len(flow.curves)) == (models, curves)
        assert [len(one.measured) for one in flow.curves] == [tests] * curves
        words = [str(part.blocks) for part in report.parts_of(workspace, asked, begun, None)]
        assert any("PROSPER" in one for one in words) == bool(tests)
    usual = StoreFacts(workspace).flow(well, NOW - timedelta(days=60), NOW - timedelta(days=30))
    assert len(usual.curves) == 1
