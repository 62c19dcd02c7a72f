"""Names that look alike and mean the opposite, names of wells, gauges that are called absolute."""

from __future__ import annotations

import pytest

from app.importers.gauge_words import by_words
from app.importers.historian_names import fixed
from app.importers.naming_wells import calls_a_well
from app.importers.opposites import modifiers, opposed
from app.importers.plan import ColumnPlan, SheetPlan
from app.importers.regimes import is_regime, leaves_equipment, said_of, without_run_dates
from app.importers.sheets import Layout
from app.importers.vocabulary import folded
from tests.importers.sheets_at_hand import sheet_of_headers


@pytest.mark.parametrize(
    ("one", "other", "are"),
    [
        ("давление на приеме", "давление на выкиде", True),
        ("intake pressure", "casing pressure", True),
        ("pump intake pressure", "intake pressure", False),
        ("bhp", "annulus", True),
        ("bhpx", "annulus", False),  # three letters are a word of their own
        ("gas rate", "oil rate", True),
        ("gaslift rate", "oil rate", False),
        ("дебит газа", "дебит нефти", False),  # `газ` and `нефт`: a short stem has no ending
        ("дебит жидкости", "дебит нефти", True),
        ("объем нефти", "дебит нефти", True),
        ("температура мотора", "температура радиатора", True),
        ("temperature ambient", "temperature motor", True),
        ("динамический уровень", "статический уровень", True),
        ("верх интервала", "низ интервала", True),
        ("начало ремонта", "окончание ремонта", True),
        ("phase a current", "phase b current", True),
        ("phase a current", "current", False),
        ("x vibration", "y vibration", True),
        ("диаметр штуцера", "диаметр сопла", True),
        ("частота уставка", "частота", True),  # a modifier of one alone
        ("частота заданная", "частота уставка", False),
        ("дебит план", "дебит", True),
        ("current limit", "current", True),
        ("до ремонта", "после ремонта", True),
        ("давление до", "давление", True),
        ("свободный доступ", "доступ", False),  # `до` is a word, no beginning of one
        ("forecast rate", "rate", True),
        ("pump speed", "spmx", False),
        ("annulus b pressure", "annulus pressure", True),
    ],
)
def test_names_are_opposed_by_their_alternatives_and_by_what_one_of_them_has_alone(
    one: str, other: str, are: bool
) -> None:
    assert opposed(folded(one), folded(other)) is are
    assert opposed(folded(other), folded(one)) is are
    assert not opposed(folded(one), folded(one))


def test_modifiers_begin_words() -> None:
    assert modifiers(folded("уставка частоты")) == modifiers(folded("setpoint")) != frozenset()
    assert modifiers(folded("неуставка")) == frozenset()


@pytest.mark.parametrize(
    ("header", "calls"),
    [
        ("WELL_BORE_CODE", True),
        ("Код скважины", True),
        ("Well Name", True),
        ("№ скв", True),
        ("Well#", True),
        ("UWI", True),
        ("API No.", True),
        ("API", False),
        ("API gravity", False),
        ("Name", False),
        ("Bore", False),
        ("Well depth", False),
        ("Скважина (основная)", True),
        ("wellName", True),
        ("", False),
    ],
)
def test_a_well_is_called_by_a_word_for_wells_and_one_for_names(header: str, calls: bool) -> None:
    assert calls_a_well(header) is calls


P = "pressure"


@pytest.mark.parametrize(
    ("unit", "quantity", "header", "title", "found"),
    [
        ("MPa", P, "Давление абсолютное, МПа", "", "MPa (a)"),
        ("MPa", P, "Давление избыточное", "", "MPa (g)"),
        ("bar", P, "PIP (gauge)", "", "bar (g)"),
        ("bar", P, "PIP abs", "", "bar (a)"),
        ("bar", P, "Absolute PIP", "", "bar (a)"),
        ("bar", P, "gauge pressure", "", "bar"),  # a gauge is an instrument as well
        ("bar", P, "PIP", "All pressures are gauge", "bar (g)"),
        ("bar", P, "PIP", "Давления избыточные", "bar (g)"),
        ("bar", P, "PIP", "absolute pressures", "bar (a)"),
        ("bar", P, "PIP abs", "All pressures are gauge", "bar (a)"),  # its own header goes before
        ("bar", P, "PIP abs (gauge)", "", "bar"),  # both say nothing
        ("bar", P, "PIP", "Pressures gauge, pressures absolute", "bar"),
        ("bara", P, "PIP (gauge)", "", "bara"),
        ("", "temperature", "T abs", "", ""),
        ("unknown", P, "PIP abs", "", "unknown"),
        ("bar", "surface_pressure", "WHP abs", "", "bar (a)"),
    ],
)
def test_words_tell_gauge_from_absolute_where_the_unit_does_not(
    unit: str, quantity: str, header: str, title: str, found: str
) -> None:
    assert by_words(unit, quantity, header, title) == found


def test_a_pressure_in_no_unit_that_words_call_absolute_is_in_the_usual_one() -> None:
    assert by_words("", P, "PIP abs", "") == "MPa (a)"


@pytest.mark.parametrize(
    ("headers", "found"),
    [
        (
            ["_time", "_value", "_field", "_start", "x"],
            {"_time": "time", "_value": "value", "_field": "sensor", "_start": ""},
        ),
        (["_TIMESTAMP", " _Value", "_name"], {"_TIMESTAMP": "time", " _Value": "value", "_name": "sensor"}),
        (
            ["VarName", "TimeString", "VarValue", "Validity", "Time_ms"],
            {
                "VarName": "sensor",
                "TimeString": "time",
                "VarValue": "value",
                "Validity": "quality",
                "Time_ms": "",
            },
        ),
        (["_time", "_value"], {}),
        (["Time", "Value", "Field"], {}),
    ],
)
def test_tables_of_historians_are_known_by_three_names(headers: list[str], found: dict[str, str]) -> None:
    told = fixed(sheet_of_headers(headers))
    assert {name.strip(): key for name, key in told.items()} == {
        name.strip(): key for name, key in found.items()
    }


@pytest.mark.parametrize(
    ("said", "by_measurement"),
    [
        (["value", "_field"], True),
        (["value", ""], True),
        (["value", "pip"], False),
        (["pip", "value"], False),
        (["pip", "freq"], False),
    ],
)
def test_a_field_that_is_called_a_value_says_nothing_and_the_measurement_does(
    said: list[str], by_measurement: bool
) -> None:
    headers = ["_time", "_value", "_field", "_measurement"]
    found = fixed(sheet_of_headers(headers, [["2026-08-01", 5, one, "pip"] for one in said]))
    assert (found["_field"], found["_measurement"]) == (("", "sensor") if by_measurement else ("sensor", ""))


@pytest.mark.parametrize(
    ("name", "above", "near", "is_one"),
    [
        ("Техрежим", "", "", True),
        ("Лист1", "Технологический режим на август", "", True),
        ("Лист1", "", "режим работы скважин.xlsx", True),
        ("Лист1", "", "tech. regime", True),
        ("Лист1", "Режимы насосов", "", False),
        ("Лист1", "", "", False),
    ],
)
def test_a_regime_of_a_month_says_so_in_a_title_or_a_name(
    name: str, above: str, near: str, is_one: bool
) -> None:
    assert is_regime(sheet_of_headers(["Скв"], name=name, above=above), near) is is_one


def test_when_a_pump_was_started_is_not_when_its_rate_was_planned() -> None:
    columns = [
        ColumnPlan("Дата запуска", "time"),
        ColumnPlan("ЭЦН: дата спуска", "time"),
        ColumnPlan("Месяц", "time"),
        ColumnPlan("Дата запуска", "note"),
    ]
    assert [one.field for one in without_run_dates(columns)] == ["", "", "time", "note"]


@pytest.mark.parametrize(
    ("kind", "answer", "said"),
    [("passport", "leave", ["regime_equipment"]), ("passport", "take", []), ("flow_test", "leave", [])],
)
def test_equipment_of_a_regime_is_left_out_by_name_unless_it_is_asked_for(
    kind: str, answer: str, said: list[str]
) -> None:
    sheet = sheet_of_headers(["Скв", "Насос", "Qж"])
    columns = (
        ColumnPlan("Скв", "well"),
        ColumnPlan("Насос", "pump_name"),
        ColumnPlan("Qж", "liquid_m3_per_s"),
    )
    plan = SheetPlan(sheet.name, kind, Layout(0), columns, answers={"regime_equipment": answer})
    assert leaves_equipment(plan) is (answer == "leave")
    remarks = said_of(sheet, plan)
    assert [code.removeprefix("import.") for code, _ in remarks] == said
    assert all("«Насос»" in str(details) and "Qж" not in str(details) for _, details in remarks)
    bare = SheetPlan(
        sheet.name, kind, Layout(0), (columns[0], columns[2]), answers={"regime_equipment": answer}
    )
    assert said_of(sheet, bare) == []
