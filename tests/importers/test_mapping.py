"""What is proposed for a sheet: its kind, its columns, their units, and why."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.importers.grid import sheet_of
from app.importers.mapping import propose
from app.importers.plan import ColumnPlan, SheetPlan
from app.importers.sheets import Layout, Sheet
from app.importers.vocabulary import folded, vocabulary

DAYS = ("01.03.2026", "02.03.2026", "03.03.2026")


def sheet(headers: list[str], *rows: list[Any], name: str = "Лист1", above: tuple[str, ...] = ()) -> Sheet:
    cells = [*([line] for line in above), headers, *rows]
    found = sheet_of(Path("f.xlsx"), name, cells, vocabulary(), Layout(len(above), data=len(above) + 1))
    assert found is not None
    return found


def proposed(headers: list[str], *rows: list[Any], **more: Any) -> SheetPlan:
    of_sheet = {key: more.pop(key) for key in ("name", "above") if key in more}
    return propose(sheet(headers, *rows, **of_sheet), vocabulary(), **more)


def fields(plan: SheetPlan) -> list[str]:
    return [column.field for column in plan.columns]


# ---- kinds -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "row", "kind", "expected"),
    [
        (
            ["Дата", "Рпр, МПа", "Ток"],
            ["01.03.2026", 5.2, 30.1],
            "readings",
            ["time", "intake_pressure", "motor_current"],
        ),
        (
            ["Скв", "Дата", "Параметр", "Значение"],
            ["1", "01.03.2026", "Рпр", 30.1],
            "readings",
            ["well", "time", "sensor", "value"],
        ),
        (
            ["Скважина", "Дата замера", "Дебит жидкости, м3/сут", "Длительность замера, ч"],
            ["1", "01.03.2026", 30.1, 4],
            "flow_test",
            ["well", "time", "liquid_m3_per_s", "duration_s"],
        ),
        (
            ["Скважина", "Дата отбора", "Плотность нефти", "Вода, %"],
            ["1", "01.03.2026", 0.85, 50],
            "lab_result",
            ["well", "time", "oil_density_20c", "water_cut"],
        ),
        (
            ["Скважина", "Способ", "Состояние", "Куст"],
            ["1", "эцн", "раб", "5"],
            "wells",
            ["well", "lift", "state", "pad"],
        ),
        (["Ход, м", "Нагрузка, кН"], [0.1, 30], "card", ["position", "load"]),
        (
            ["Скважина", "Дата", "Событие", "Примечание"],
            ["1", "01.03.2026", "пуск", "x"],
            "event",
            ["well", "time", "kind", "note"],
        ),
        (
            ["Скважина", "Дата", "Вид ремонта", "Бригада"],
            ["1", "01.03.2026", "ТРС", "5"],
            "workover",
            ["well", "time", "kind", "crew"],
        ),
    ],
)
def test_a_table_is_known_by_its_headers(headers: list, row: list, kind: str, expected: list[str]) -> None:
    plan = proposed(headers, row)
    assert plan.kind == kind
    assert fields(plan) == expected
    assert not plan.skip


@pytest.mark.parametrize(
    ("headers", "otherwise"),
    [(["Добыча жидкости, м3"], "production"), (["Дебит жидкости, м3/сут", "Часы"], "readings")],
)
def test_the_date_of_a_test_speaks_for_a_test(headers: list[str], otherwise: str) -> None:
    row = ["1", "01.03.2026", 30.1, 24][: 2 + len(headers)]
    kinds = [proposed(["Скважина", date, *headers], row).kind for date in ("Дата замера", "Дата")]
    assert kinds == ["flow_test", otherwise]


def test_the_kind_that_is_asked_for_is_taken() -> None:
    headers, row = ["Скважина", "Дата", "Обводненность, %"], ["1", "01.03.2026", 50]
    for kind in ("flow_test", "lab_result"):
        plan = proposed(headers, row, kind=kind)
        assert (plan.kind, fields(plan)) == (kind, ["well", "time", "water_cut"])


@pytest.mark.parametrize("where", ["near", "name", "above"])
def test_the_files_name_the_sheets_name_and_a_title_speak_for_a_kind(where: str) -> None:
    headers, row = ["Скважина", "Дата", "Обводненность, %"], ["1", "01.03.2026", 50]
    for words, kind in (("Протокол испытаний ХАЛ", "lab_result"), ("Замеры АГЗУ", "flow_test")):
        said: Any = (words,) if where == "above" else words
        headers_of = [*headers, "Дебит жидкости"] if kind == "flow_test" else headers
        row_of = [*row, 30.0] if kind == "flow_test" else row
        assert proposed(headers_of, row_of, **{where: said}).kind == kind


def test_a_sheet_without_a_known_column_is_left_out() -> None:
    plan = proposed(["foo", "bar"], ["a", "b"])
    assert plan.skip
    assert fields(plan) == ["", ""]
    assert [column.header for column in plan.columns] == ["foo", "bar"]


def test_a_list_with_dates_is_no_list_of_wells() -> None:
    assert proposed(["Скважина", "Дата", "Состояние", "Ток"], ["1", "01.03.2026", "раб", 5]).kind != "wells"


def test_a_table_of_sensors_by_name_leaves_columns_of_values_alone() -> None:
    plan = proposed(["Дата", "Значение", "Ток"], ["01.03.2026", 5.2, 30.1], kind="readings")
    assert fields(plan) == ["time", "", "motor_current"]


# ---- what stands around the table --------------------------------------------------------------------------


def test_well_date_laboratory_and_strokes_are_read_from_the_title() -> None:
    plan = proposed(
        ["Ход, м", "Нагрузка, кН"],
        [0.1, 30],
        above=("Динамограмма скв. № 123Г от 05.03.2026, число качаний 5,5", "ХАЛ ЦППН-2; тел. 5"),
    )
    assert (plan.well, plan.time, plan.lab, plan.strokes_per_minute) == (
        "123Г",
        "05.03.2026",
        "ХАЛ ЦППН-2",
        5.5,
    )


@pytest.mark.parametrize(
    ("title", "well"),
    [
        ("Скважина: 123Г", "123Г"),
        ("скважины №15/9-F-1", "15/9-F-1"),
        ("скв 77 / 5", "77 / 5"),
        ("Well #A-12", "A-12"),
        ("well no. 5", "5"),
        ("Отчёт о работе", ""),
    ],
)
def test_a_well_in_the_title_is_the_well_of_every_row(title: str, well: str) -> None:
    assert proposed(["Дата", "Ток"], ["01.03.2026", 5], above=(title,)).well == well


def test_the_sheets_name_may_be_the_well() -> None:
    assert proposed(["Дата", "Ток"], ["01.03.2026", 5], name="скв_123Г").well == "123Г"
    assert proposed(["Дата", "Ток"], ["01.03.2026", 5], name="скв 5", above=("скв 7",)).well == "7"


def test_a_column_of_wells_goes_before_a_title() -> None:
    plan = proposed(["Скважина", "Дата", "Ток"], ["1", "01.03.2026", 5], above=("скважина 7",))
    assert plan.well == ""
    assert fields(plan)[0] == "well"


@pytest.mark.parametrize(
    ("title", "time"),
    [
        ("Дата отбора пробы: 5.3.26", "5.3.26"),
        ("от 2026-03-05", "2026-03-05"),
        ("Date of sampling: 05/03/2026", "05/03/2026"),
        ("за март", ""),
    ],
)
def test_a_date_in_the_title_is_the_date_of_every_row(title: str, time: str) -> None:
    assert proposed(["Скважина", "Вода, %"], ["1", 5], above=(title,)).time == time


def test_nothing_around_the_table_is_nothing_said() -> None:
    plan = proposed(["Дата", "Ток"], ["01.03.2026", 5])
    assert (plan.well, plan.time, plan.lab, plan.strokes_per_minute) == ("", "", "", None)
    assert plan.name == "Лист1"
    assert plan.layout == Layout(0, data=1)


@pytest.mark.parametrize(
    ("title", "spm"), [("N = 6.25", 6.25), ("spm 7", 7.0), ("качаний в минуту: 4,5", 4.5), ("качания", None)]
)
def test_strokes_per_minute_are_read_with_point_and_comma(title: str, spm: float | None) -> None:
    assert proposed(["Ход, м", "Нагрузка, кН"], [0.1, 30], above=(title,)).strokes_per_minute == spm


# ---- columns -----------------------------------------------------------------------------------------------


def test_a_column_keeps_the_unit_that_its_header_or_the_row_of_units_spells() -> None:
    plan = proposed(["Дата", "Рпр, МПа", "Рбуф (атм)"], ["01.03.2026", 5.2, 12])
    assert [column.unit for column in plan.columns] == ["", "МПа", "атм"]
    found = sheet_of(Path("f"), "Л", [["Дата", "Рпр"], ["", "бар"], [DAYS[0], 52]], vocabulary())
    assert found is not None
    assert propose(found, vocabulary()).columns[1].unit == "бар"


@pytest.mark.parametrize(
    ("header", "key", "unit"),
    [
        ("Pintake_atm", "intake_pressure", "atm"),
        ("IntakePressure_psi", "intake_pressure", "psi"),
        ("PIP_bar", "intake_pressure", "bar"),
        ("P_wellhead_psi", "wellhead_pressure", "psi"),
        ("Tmotor_F", "motor_temperature", "F"),
        ("freq_Hz", "frequency", "Hz"),
    ],
)
def test_a_unit_after_an_underscore_is_heard(header: str, key: str, unit: str) -> None:
    found = proposed(["Date", header], ["01.03.2026", 50.0], ["02.03.2026", 51.0]).columns[1]
    assert (found.field, found.unit) == (key, unit)


def test_a_sheet_without_a_row_of_units_goes_by_its_headers() -> None:
    without = replace(sheet(["Дата", "Рпр, МПа"], ["01.03.2026", 5.2]), units=())
    assert [column.unit for column in propose(without, vocabulary()).columns] == ["", "МПа"]


def test_what_stands_behind_an_underscore_is_no_unit_of_another_quantity() -> None:
    found = proposed(["Date", "p_intake"], ["01.03.2026", 5.0], ["02.03.2026", 5.1]).columns[1]
    assert (found.field, found.unit) == ("intake_pressure", "")


@pytest.mark.parametrize(
    ("headers", "units"),
    [
        (["position_in", "load_lbf"], ["in", "lbf"]),
        (["Position (in)", "Load (lbs)"], ["in", "lbs"]),
        (["position_m", "weight_kN"], ["m", "kN"]),
        (["Displacement, mm", "Weight, kgf"], ["mm", "kgf"]),
    ],
)
def test_a_card_is_known_with_its_units_in_the_names(headers: list[str], units: list[str]) -> None:
    plan = proposed(headers, [0.0, 4000.0], [20.0, 9000.0])
    assert (plan.kind, fields(plan)) == ("card", ["position", "load"])
    assert [column.unit for column in plan.columns] == units


def test_a_position_without_a_unit_is_not_guessed_to_be_small() -> None:
    plan = proposed(["Position", "Load"], [0.0, 4000.0], [60.0, 9000.0], kind="card")
    assert plan.columns[0].unit == ""


def test_a_known_word_is_sure_and_a_near_one_less() -> None:
    plan = proposed(["Дата", "Давление на приёме насосса"], ["01.03.2026", 5.2])
    assert plan.columns[0] == ColumnPlan("Дата", "time", "", 1.0, "word")
    assert (plan.columns[1].field, plan.columns[1].why) == ("intake_pressure", "near")
    assert 0.75 <= plan.columns[1].score < 1.0


def test_what_was_chosen_before_goes_before_every_word() -> None:
    headers, row = ["Дата", "Рпр", "Р3"], ["01.03.2026", 5.2, 5.1]
    plan = proposed(headers, row, kind="readings", memory={folded("Р3"): "intake_pressure"})
    assert fields(plan) == ["time", "", "intake_pressure"]
    assert plan.columns[2].why == "remembered"
    assert plan.columns[2].score == 1.0
    assert plan.columns[1].why == "twice:intake_pressure"


def test_of_two_columns_with_one_meaning_the_first_is_taken_and_the_other_told_of() -> None:
    plan = proposed(["Дата", "Рпр", "Рпр"], ["01.03.2026", 5.2, 5.1])
    assert plan.columns[1].field == "intake_pressure"
    assert plan.columns[2] == ColumnPlan("Рпр", why="twice:intake_pressure")


def test_of_two_columns_with_one_meaning_the_one_with_values_is_taken() -> None:
    plan = proposed(["Дата", "Рпр", "Рпр"], ["01.03.2026", "", 5.1])
    assert fields(plan) == ["time", "", "intake_pressure"]


def test_a_unit_of_another_quantity_speaks_against_a_word() -> None:
    plan = proposed(["Дата", "Рпр, °С", "Рбуф, атм"], ["01.03.2026", 95.0, 12], kind="readings")
    assert fields(plan) == ["time", "", "wellhead_pressure"]


def test_dates_under_the_name_of_a_number_speak_against_it() -> None:
    plan = proposed(["Дата", "Ток", "Рпр"], ["01.03.2026", "02.03.2026", 5], kind="readings")
    assert fields(plan) == ["time", "", "intake_pressure"]


def test_words_under_a_known_header_are_to_be_put_right_and_not_overlooked() -> None:
    plan = proposed(["Дата", "Рпр"], ["01.03.2026", "пять"], ["02.03.2026", "шесть"], kind="readings")
    assert fields(plan) == ["time", "intake_pressure"]


def test_words_under_a_header_that_is_only_near_are_overlooked() -> None:
    headers = ["Дата", "Давление на приёме насосса"]
    assert fields(proposed(headers, ["01.03.2026", "пять"], kind="readings")) == ["time", ""]


def test_hours_under_the_word_time_are_no_moment_and_a_clock_is_a_clock() -> None:
    plan = proposed(["Дата", "Время", "Ток"], ["01.03.2026", "05:06", 30], kind="readings")
    assert fields(plan) == ["time", "clock", "motor_current"]
    plan = proposed(["Дата", "Время", "Ток"], ["01.03.2026", 4.5, 30], kind="readings")
    assert fields(plan) == ["time", "", "motor_current"]


def test_a_header_of_blank_cells_is_still_proposed_and_a_blank_header_over_blanks_is_not() -> None:
    plan = proposed(["Дата", "Ток", "Рпр"], ["01.03.2026", "", 5], kind="readings")
    assert fields(plan) == ["time", "motor_current", "intake_pressure"]
    assert plan.columns[1].score == 0.95


def test_moments_in_a_column_of_wells_are_no_wells() -> None:
    assert "well" not in fields(proposed(["Скважина", "Ток"], ["01.03.2026 05:06", 5], kind="readings"))
