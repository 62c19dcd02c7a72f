"""Kinds of files about wells and what stands in them, as strangers bring them: nothing silently wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from app.services.imports.opening import ImportOptions
from app.services.workspace import Workspace
from tests.importers.imported import Imported, imported, readers_here, strangers

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")
DAY = 86_400.0


def take(strangers: Workspace, tmp_path: Path, text: str, **options: Any) -> Imported:
    path = tmp_path / "f.csv"
    path.write_bytes(text.encode())
    return imported(strangers, path, ImportOptions(**options))


def take_sheet(strangers: Workspace, tmp_path: Path, *rows: list[Any], **options: Any) -> Imported:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    path = tmp_path / "f.xlsx"
    book.save(path)
    return imported(strangers, path, ImportOptions(**options))


def packed(record: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(record.get("equipment") or record["body"])
    return found


# ---- technological regimes ---------------------------------------------------------------------------------

REGIME: tuple[list[Any], ...] = (
    ["Технологический режим работы скважин на ноябрь 2026 г."],
    ["№ скв", "Способ экспл.", "Тип насоса", "Нсп, м", "Ндин, м", "Qж план, м3/сут", "Qж, м3/сут", "Обв., %"],
    ["101", "УЭЦН", "ЭЦН5-80-1800", 1850, 1200, 85, 80, 45],
)


def test_a_regime_is_no_change_of_the_equipment_and_its_rate_has_no_invented_duration(
    strangers: Workspace, tmp_path: Path
) -> None:
    found = take_sheet(strangers, tmp_path, *REGIME)
    assert not found.refused
    test, level = found.records
    assert test["liquid_m3_per_s"] == pytest.approx(80 / DAY)
    assert test["note"] == "Технологический режим"
    assert "duration_s" not in test
    assert level["level_m"] == 1200
    assert {"import.regime_equipment", "import.column_unused"} <= found.said


def test_what_a_regime_says_of_the_equipment_is_taken_where_a_person_says_so(
    strangers: Workspace, tmp_path: Path
) -> None:
    found = take_sheet(strangers, tmp_path, *REGIME, answers={"regime_equipment": "take"})
    assert [packed(one)["pump"] for one in found.records if "equipment" in one] == [{"depth_m": 1850}]


def test_a_regime_of_equipment_alone_is_refused_by_name(strangers: Workspace, tmp_path: Path) -> None:
    rows: tuple[list[Any], ...] = (
        ["Технологический режим на декабрь 2026"],
        ["Скважина", "Диаметр плунжера, мм", "Длина хода, м", "Число качаний"],
        ["101", 38, 2.5, 6],
    )
    assert take_sheet(strangers, tmp_path, *rows).refused == "regime_only_equipment"


# ---- passports ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("order", [("Дата ввода", "Дата спуска"), ("Дата спуска", "Дата ввода")])
def test_the_day_on_which_a_pump_was_run_dates_what_stands_in_the_well(
    strangers: Workspace, tmp_path: Path, order: tuple[str, str]
) -> None:
    day = {"Дата ввода": "01.05.2019", "Дата спуска": "13.02.2026"}
    head = ["Скважина", *order, "Тип насоса", "Глубина спуска, м"]
    found = take_sheet(strangers, tmp_path, head, ["101", *(day[name] for name in order), "ЭЦН", 1850])
    assert [one["at"] for one in found.records] == ["2026-02-13T00:00:00Z"]
    assert "import.column_twice" in found.said


PIPE = ["Скважина", "Дата спуска", "НКТ", "Глубина спуска насоса, м"]


@pytest.mark.parametrize(
    ("cell", "outer", "inner"),
    [
        ("НКТ 73х5,5", 0.073, 0.062),
        ("73x5.5", 0.073, 0.062),
        ("НКТ-60,3 × 5 мм", 0.0603, 0.0503),
        ('2 7/8"', 0.073025, None),
        ("НКТ 89", 0.089, None),
    ],
)
def test_a_pipe_is_told_by_its_diameter_and_its_wall(
    strangers: Workspace, tmp_path: Path, cell: str, outer: float, inner: float | None
) -> None:
    found = take_sheet(strangers, tmp_path, PIPE, ["101", "13.02.2026", cell, 1390])
    assert not found.refused, found.details
    tubing = packed(found.records[0])["tubing"]
    assert tubing["outer_diameter_m"] == pytest.approx(outer)
    assert tubing.get("inner_diameter_m") == (None if inner is None else pytest.approx(inner))


def test_what_is_no_pipe_is_left_empty_and_said(strangers: Workspace, tmp_path: Path) -> None:
    found = take_sheet(strangers, tmp_path, PIPE, ["101", "13.02.2026", "гладкие", 1390])
    assert not found.refused, found.details
    assert "tubing" not in packed(found.records[0]) or not packed(found.records[0])["tubing"]
    assert "value_odd" in found.said


# ---- volumes told by mass ----------------------------------------------------------------------------------

BY_MASS = "Скважина;Дата замера;Qж, т/сут;Обв., %\n101;2026-10-01;45;40\n"


def test_liquid_told_by_mass_is_asked_of_where_no_density_is_known(
    strangers: Workspace, tmp_path: Path
) -> None:
    found = take(strangers, tmp_path, BY_MASS)
    assert found.refused == "liquid_density"
    assert "47.47 m³/d" in found.details["first"]["en"], "what it would be stands beside it"


@pytest.mark.parametrize(("said", "density"), [("950", 950.0), ("860/1080", 948.0), ("0.95", 950.0)])
def test_the_density_that_is_said_makes_a_rate_of_it(
    strangers: Workspace, tmp_path: Path, said: str, density: float
) -> None:
    found = take(strangers, tmp_path, BY_MASS, answers={"liquid_density": said})
    assert found.records[0]["liquid_m3_per_s"] == pytest.approx(45_000 / density / DAY)
    assert "import.by_density" in found.said


@pytest.mark.parametrize("said", ["heavy", "12", "0/0", "860/1080/3"])
def test_what_is_no_density_leaves_the_question_open(strangers: Workspace, tmp_path: Path, said: str) -> None:
    assert take(strangers, tmp_path, BY_MASS, answers={"liquid_density": said}).refused == "liquid_density"


def test_the_tables_own_densities_are_taken_and_the_row_without_one_is_marked(
    strangers: Workspace, tmp_path: Path
) -> None:
    head = "Скважина;Дата замера;Qж, т/сут;Обв., %;Плотность нефти, г/см3;Плотность воды, кг/м3\n"
    whole = f"{head}101;2026-10-01;45;40;0,86;1100\n"
    found = take(strangers, tmp_path, whole)
    assert found.records[0]["liquid_m3_per_s"] == pytest.approx(45_000 / (0.6 * 860 + 0.4 * 1100) / DAY)
    assert "import.column_unused" not in found.said, "the densities are used"
    assert take(strangers, tmp_path, f"{whole}102;2026-10-01;45;40;;1100\n").refused == "density_missing"


def test_a_gas_oil_ratio_by_the_tonne_is_made_with_the_oils_density(
    strangers: Workspace, tmp_path: Path
) -> None:
    head = "Скважина;Дата;Газовый фактор, м3/т;Давление насыщения, атм;Плотность нефти, кг/м3\n"
    found = take(strangers, tmp_path, f"{head}101;2026-10-01;60;90;850\n", kind="fluid")
    fluid = packed(found.records[0])
    assert fluid["gas_oil_ratio"] == pytest.approx(51.0)
    assert fluid["oil_relative_density"] == pytest.approx(0.85)


# ---- surveys and curves ------------------------------------------------------------------------------------


def survey(*rows: str) -> str:
    return "Скважина;Глубина, м;Зенитный угол, град;Азимут, град\n" + "".join(f"101;{row}\n" for row in rows)


def test_depths_in_no_order_are_sorted_and_the_same_station_twice_is_one(
    strangers: Workspace, tmp_path: Path
) -> None:
    found = take(strangers, tmp_path, survey("0;0;0", "200;5;40", "100;2;40", "200;5;40"))
    stations = packed(found.records[0])["stations"]
    assert [one["measured_depth_m"] for one in stations] == [0, 100, 200]
    assert {"import.survey_sorted", "import.repeated"} <= found.said


def test_one_depth_with_two_inclinations_is_refused(strangers: Workspace, tmp_path: Path) -> None:
    found = take(strangers, tmp_path, survey("0;0;0", "200;5;40", "200;7;40"))
    assert (found.refused, found.details["line"], found.details["other"]) == ("survey_twice", 4, 3)


def curve(*rows: str) -> str:
    return "Скважина;Насос;Подача, м3/сут;Напор, м\n" + "".join(f"101;{row}\n" for row in rows)


def test_points_in_no_order_are_sorted_and_a_head_that_rises_is_told(
    strangers: Workspace, tmp_path: Path
) -> None:
    found = take(strangers, tmp_path, curve("X;80;1500", "X;0;1400", "X;40;1600"))
    points = packed(found.records[0])["esp"]["curve"]
    assert [round(one["flow_m3_per_s"] * DAY) for one in points] == [0, 40, 80]
    assert {"import.pump_curve_sorted", "import.curve_rises"} <= found.said


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (("X;0;1500", "X;40;1400", "X;40;1300"), "pump_curve_twice"),
        (("X;0;1500", "Y;40;1400", "Y;60;1300"), "curve_of_two_pumps"),
    ],
)
def test_two_heads_at_one_rate_and_two_pumps_in_one_curve_are_refused(
    strangers: Workspace, tmp_path: Path, rows: tuple[str, ...], code: str
) -> None:
    assert take(strangers, tmp_path, curve(*rows)).refused == code


# ---- lines over the table ----------------------------------------------------------------------------------

POINTS = "0;20\n1;40\n2;42\n2.5;40\n1.5;22\n0.5;19\n"
ABOVE_A_CARD = "Well;101\nDate;2026-10-30 10:00\nStrokes per minute;6\nStroke;2.5;m\n"


def test_lines_of_key_and_value_over_a_card_are_no_points(strangers: Workspace, tmp_path: Path) -> None:
    found = take(strangers, tmp_path, f"{ABOVE_A_CARD}Position, m;Load, kN\n{POINTS}")
    assert (found.kind, found.cards, found.wells) == ("card", 1, ["101"])


def test_such_lines_over_points_without_names_are_refused_by_name(
    strangers: Workspace, tmp_path: Path
) -> None:
    assert take(strangers, tmp_path, f"Well;101\nSPM;6\n{POINTS}").refused == "header_missing"


def test_such_lines_over_readings_say_whose_they_are(strangers: Workspace, tmp_path: Path) -> None:
    head = "Скважина;101\nДата выгрузки;2026-11-01\nПериод;октябрь\nВремя;Рпр, атм;F, Гц\n"
    rows = "".join(f"2026-10-01 0{hour}:00;50;50\n" for hour in range(4))
    found = take(strangers, tmp_path, head + rows)
    assert len(found.readings["101"]["intake_pressure"]) == 4


# ---- clocks and limits -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "cells", "said"),
    [
        ("Время", ("01.10.2026 08:00", "01.10.2026 09:00"), True),
        ("Время", ("20261001080000", "20261001090000"), True),
        ("Время", ("01.10.2026", "02.10.2026"), False),
        ("Время (МСК)", ("01.10.2026 08:00", "01.10.2026 09:00"), False),
        ("Время", ("2026-10-01T08:00Z", "2026-10-01T09:00Z"), False),
        ("Время", ("1790841600", "1790845200"), False),
    ],
)
def test_a_clock_of_no_zone_is_read_in_one_that_is_said(
    strangers: Workspace, tmp_path: Path, header: str, cells: tuple[str, str], said: bool
) -> None:
    rows = "".join(f"101;{cell};50\n" for cell in cells)
    found = take(strangers, tmp_path, f"Скважина;{header};Рпр, атм\n{rows}")
    assert found.readings
    assert ("import.zone_unknown" in found.said) == said


def test_readings_of_a_long_form_outside_their_limits_are_marked_and_said(
    strangers: Workspace, tmp_path: Path
) -> None:
    rows = "101;2026-10-01;Рпр, атм;50\n101;2026-10-02;Рпр, атм;5000\n"
    found = take(strangers, tmp_path, f"Скважина;Дата;Параметр;Значение\n{rows}")
    assert found.marked["101"]["intake_pressure"] == ["2026-10-02T00:00:00Z"]
    assert "import.out_of_range" in found.said


# ---- what is said to be left out is left out ---------------------------------------------------------------


def test_a_column_that_tells_the_part_of_each_rod_is_no_column_that_was_not_taken(
    strangers: Workspace, tmp_path: Path
) -> None:
    rows: list[list[Any]] = [
        ["Мера штанг, скв. 101, спуск 17.08.2026"],
        ["№ п/п", "Тип", "Диаметр, мм", "Марка стали", "Длина, м", "Нарастающая, м"],
        [1, "Полированный шток", 31, "", 6.1, 6.1],
        [2, "Штанги", 22, "D", 496.0, 502.1],
        [3, "Тяжёлый низ", 38, "", 80.0, 582.1],
    ]
    found = take_sheet(strangers, tmp_path, *rows)
    assert not found.refused, found.details
    (string,) = found.records
    parts = [one.get("part") for one in packed(string)["sections"]]
    assert parts == ["polished_rod", None, "sinker_bars"]
    assert found.checked is not None
    assert found.checked.sheets[0]["not_used"] == ["Нарастающая, м"]


def test_a_plunger_in_a_name_is_not_said_to_be_taken_where_the_regimes_equipment_is_left(
    strangers: Workspace, tmp_path: Path
) -> None:
    rows: list[list[Any]] = [
        ["Технологический режим на ноябрь 2026 г."],
        ["Скважина", "Насос", "Нспуска, м", "Qж, м3/сут", "Обв., %"],
        ["101", "НН-44", 1340, 14.5, 48],
    ]
    left = take_sheet(strangers, tmp_path, *rows)
    assert "import.plunger_by_name" not in left.said
    told = take_sheet(strangers, tmp_path, *rows, answers={"regime_equipment": "take"})
    assert [packed(one)["pump"] for one in told.records if "equipment" in one] == [
        {"depth_m": 1340.0, "plunger_diameter_m": 0.044}
    ]
    assert "import.plunger_by_name" in told.said


@pytest.mark.parametrize("header", ["Ø плунжера, мм", "Плунжер Ø, мм", "⌀ плунжера, мм"])
def test_the_sign_of_a_diameter_is_its_word(strangers: Workspace, tmp_path: Path, header: str) -> None:
    text = f"Скважина;Дата спуска;Насос;Глубина спуска, м;{header}\n101;12.03.2026;НН-2Б;1460;32\n"
    (run,) = take(strangers, tmp_path, text).records
    assert packed(run)["pump"] == {"depth_m": 1460.0, "plunger_diameter_m": 0.032}
