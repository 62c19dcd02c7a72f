"""What the lines above a table say of all of it, line by line."""

from __future__ import annotations

import pytest

from app.importers.titles import (
    date_said,
    field_said,
    is_of_the_paper,
    lab_said,
    lines_above,
    moment_said,
    month_said,
    name_dated,
    speed_said,
    tells_units_of,
    unit_of_ions,
    units_of_fluids,
    units_said,
    well_said,
    without_month,
    year_said,
)


def test_lines_and_cells_stay_apart() -> None:
    assert lines_above((("Скважина", "101"), ("Дата",))) == "Скважина\t101 \nДата"
    assert lines_above(()) == ""


@pytest.mark.parametrize(
    ("line", "well"),
    [
        ("Скважина: ABC", "ABC"),
        ("Well: Baker 4-12, Field: X", "Baker 4-12"),
        ("Well: Baker 4-12 Pad: 5", "Baker 4-12"),
        ("Well: Baker 4-12 куст 5", "Baker 4-12"),
        ("Well\tBaker 4-12\tx", "Baker 4-12"),
        ("Скважина № ABC", "ABC"),
        ("скв. 123Г", "123Г"),
        ("скв_123Г", "123Г"),
        ("скв 77 / 5", "77 / 5"),
        ("скважина 15 бис", "15 бис"),
        ("скважины 101 бс 2", "101 бс 2"),
        ("Well test report", ""),
        ("Well test of well 12", "12"),
        ("Исследование скважин", ""),
        ("Обводненность", ""),
        ("", ""),
    ],
)
def test_a_line_names_a_well_by_a_figure_or_by_its_mark(line: str, well: str) -> None:
    assert well_said(line) == well


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("Field: Eagle Flat", "Eagle Flat"),
        ("Месторождение: «Южно-Лесное»", "Южно-Лесное"),
        ("Lease\tSmith A", "Smith A"),
        ("м/р Южно-Лесное, куст 5", "Южно-Лесное"),
        ("Берёзовское месторождение", "Берёзовское"),
        ("скважины Берёзовского месторождения", "Берёзовское"),
        ("Верхнего нефтяного месторождения", "Верхнее"),
        ("куст 31, месторождение Ключевское", "Ключевское"),
        ("месторождение и куст", ""),
        ("Field test", ""),
        ("", ""),
    ],
)
def test_a_line_names_a_field(line: str, field: str) -> None:
    assert field_said(line) == field


@pytest.mark.parametrize(
    ("line", "date", "moment"),
    [
        ("Дата: 05.03.2026", "05.03.2026", "05.03.2026"),
        ("Дата и время: 05.03.2026 06:30", "05.03.2026 06:30", "05.03.2026 06:30"),
        ("DATE: 2026-10-01\nTIME: 06:00:00", "2026-10-01", "2026-10-01 06:00:00"),
        ("от 5.3.26", "5.3.26", "5.3.26"),
        ("от 12 марта 2026", "12 марта 2026", "12 марта 2026"),
        ("Протокол от 07.03.2026, проба отобрана 05.03.2026", "05.03.2026", "05.03.2026"),
        ("Дата печати: 09.03.2026", "", ""),
        ("Дата формирования отчёта: 09.03.2026", "", ""),
        ("Date of export: 2026-03-09", "", ""),
        ("на октябрь 2026 г.", "октябрь 2026", "октябрь 2026"),
        ("Месяц: октябрь 2026\nTime: 06:00", "октябрь 2026", "октябрь 2026"),
        ("за 10.2026", "01.10.2026", "01.10.2026"),
        ("за 9/2026", "01.09.2026", "01.09.2026"),
        ("за декаду 2026", "", ""),
        ("Спущен 01.02.2026", "01.02.2026", "01.02.2026"),
        ("Start: 01.02.2026 12:00 PM", "01.02.2026 12:00 PM", "01.02.2026 12:00 PM"),
        ("Время работы: 06:00, дата: 01.02.2026", "01.02.2026", "01.02.2026"),
        ("Время: 06:00, дата: 01.02.2026", "01.02.2026", "01.02.2026 06:00"),
        ("Time zone: 05:00, date: 01.02.2026", "01.02.2026", "01.02.2026"),
        ("куст 5", "", ""),
    ],
)
def test_a_line_tells_a_date_and_its_clock_but_not_of_the_paper(line: str, date: str, moment: str) -> None:
    assert (date_said(line), moment_said(line)) == (date, moment)


@pytest.mark.parametrize(
    ("line", "paper"), [("Отчёт сформирован", True), ("Printed on", True), ("Дата замера", False)]
)
def test_a_line_may_be_of_the_paper(line: str, paper: bool) -> None:
    assert is_of_the_paper(line) is paper


@pytest.mark.parametrize(
    ("name", "dated"),
    [
        ("05.10.2026", "05.10.2026"),
        ("Отчёт 05.10.2026", "05.10.2026"),
        ("Октябрь 2026", "Октябрь 2026"),
        ("Лист1", ""),
        ("Квартал 2026", ""),
        ("5.10", ""),
    ],
)
def test_a_sheet_may_be_called_by_its_day_or_month(name: str, dated: str) -> None:
    assert name_dated(name) == dated


@pytest.mark.parametrize(
    ("line", "month", "year"),
    [
        ("за октябрь 2026", (2026, 10), "2026"),
        ("(October 2026)", (2026, 10), "2026"),
        ("Qж 10.2026", (2026, 10), ""),
        ("за октябрь 2026, 10.2026", (2026, 10), "2026"),
        ("за октябрь и ноябрь 2026", (2026, 11), "2026"),
        ("октябрь 2026, ноябрь 2026", None, "2026"),
        ("за 2026 год", None, "2026"),
        ("2025 и 2026", None, ""),
        ("13.2026", None, ""),
        ("5.10.2026", None, ""),
    ],
)
def test_a_line_tells_one_month_and_one_year_or_none(
    line: str, month: tuple[int, int] | None, year: str
) -> None:
    assert (month_said(line), year_said(line)) == (month, year)


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("Qж, м3/сут за октябрь 2026 г.", "Qж, м3/сут"),
        ("Qж, м3/сут (октябрь 2026)", "Qж, м3/сут"),
        ("Добыча нефти, т за 2026 год", "Добыча нефти, т"),
        ("Добыча 2026", "Добыча"),
        ("Qж, м3/сут 10.2026", "Qж, м3/сут"),
        ("Qж, м3/сут", "Qж, м3/сут"),
    ],
)
def test_a_title_without_its_period_is_what_is_measured(title: str, bare: str) -> None:
    assert without_month(title) == bare


@pytest.mark.parametrize(
    ("line", "spm"),
    [
        ("Число качаний: 5,5", 5.5),
        ("качаний, 1/мин: 6", 6.0),
        ("SPM 7", 7.0),
        ("strokes per minute = 7.25", 7.25),
        ("n = 6.25", 6.25),
        ("Stroke period (s) 10", 6.0),
        ("Период качания, с: 8", 7.5),
        ("Период качания, с: 1", None),
        ("Период качания, с: 1,5", 40.0),
        ("Период качания: 8", None),
        ("Период качания: 8, число качаний: 7,5", 7.5),
        ("Ход 3", None),
    ],
)
def test_a_line_tells_strokes_a_minute_or_the_seconds_of_one(line: str, spm: float | None) -> None:
    assert speed_said(line) == spm


def test_a_laboratory_is_named_up_to_what_else_is_said() -> None:
    assert lab_said("ХАЛ ЦППН-2; тел. 5") == "ХАЛ ЦППН-2"
    assert lab_said("Испытательная лаборатория №3 | x") == "лаборатория №3"
    assert lab_said("Протокол") == ""


@pytest.mark.parametrize(
    ("line", "units"),
    [
        (
            "Давление в атм, температура в °F",
            {"pressure": "атм", "surface_pressure": "атм", "temperature": "°F"},
        ),
        ("Давления даны в кгс/см2.", {"pressure": "кгс/см2", "surface_pressure": "кгс/см2"}),
        ("Depths are in ft", {"length": "ft"}),
        ("Pressure in apples", {}),
        ("Units: bbl/d, ft", {"rate": "bbl/d", "length": "ft", "small_length": "ft"}),
        ("Единицы: м; ft", {}),
        ("Отчёт", {}),
    ],
)
def test_a_line_tells_the_units_of_quantities(line: str, units: dict[str, str]) -> None:
    found = units_said(line)
    assert {key: found.get(key) for key in units} == units
    if not units:
        assert not {"pressure", "length"} & set(found)


def test_a_line_tells_the_unit_of_each_fluid() -> None:
    assert units_of_fluids("Нефть - т, газ - тыс. м3, вода - м3") == {
        "oil_mass": "т",
        "gas_volume": "тыс. м3",
        "water_volume": "м3",
    }
    assert units_of_fluids("Oil in bbl; liquid: m3") == {"oil_volume": "bbl", "liquid_volume": "m3"}
    assert units_of_fluids("Нефть - кг/м3") == {}
    names = ["well", "date", "oil", "water", "gas"]
    assert tells_units_of(["oil m3", "water m3", "gas 1000 m3"], names)
    assert not tells_units_of(["oil m3", "water m3"], ["well", "date", "oil"])
    assert not tells_units_of(["oil m3"], names)


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("Анализ воды, мг-экв/л", "мг-экв/л"),
        ("Ионы, мг/дм3", "мг/дм3"),
        ("мг/л и мг-экв/л", ""),
        ("mg/l, MG/L", "mg/l"),
        ("Анализ воды", ""),
    ],
)
def test_the_one_unit_of_concentration_above_a_table_is_that_of_its_ions(line: str, unit: str) -> None:
    assert unit_of_ions(line) == unit
