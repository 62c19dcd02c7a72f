"""What a kind is worth for a table, and the unit of pressures that a system exports: step by step."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.importers import mapping, weighing
from app.importers.plan import UNDATED, ColumnPlan
from app.importers.scoring import Profile
from app.importers.targets import TABLE_KINDS
from app.importers.vocabulary import vocabulary
from tests.importers.sheets_at_hand import sheet_of_headers

NEVER = -weighing.NEVER


def whole(kind: str, *fields: str, dated: bool = False) -> tuple[list[str], float]:
    """(fields that are left, what the kind is worth) of columns that are worth nothing by themselves."""
    columns = [ColumnPlan(field, field) for field in fields]
    told = set(fields) - {""}
    left, worth = mapping._made_whole(columns, TABLE_KINDS[kind], told, 0.0, dated=dated)
    return [column.field for column in left], worth


@pytest.mark.parametrize(
    ("kind", "fields", "worth"),
    [
        # what a kind cannot do without counts one each, a moment six tenths
        ("flow_test", "well time liquid_m3_per_s", 0.0),
        ("flow_test", "well liquid_m3_per_s", -0.6),
        ("flow_test", "well year month liquid_m3_per_s", 0.0),
        ("flow_test", "well year liquid_m3_per_s", -0.6),
        ("flow_test", "well elapsed liquid_m3_per_s", 0.0),
        ("flow_test", "well clock liquid_m3_per_s", -0.6),
        ("flow_test", "well time water_cut", -1.0),
        ("flow_test", "well time oil_part water_part", 0.0),
        ("fluid_level", "time", -1.0),
        # a table in long form is worth a half more, and no wide one at once
        ("readings", "well time sensor value", 0.5),
        ("readings", "well time intake_pressure sensor", -1.0),
        # a list of wells has no dates, and says of them more than anything else
        ("wells", "well pad", 0.0),
        ("wells", "well time pad", -1.0),
        ("wells", "well pad  ", NEVER),
        ("wells", "well pad lift  ", 0.0),
        ("wells", "well", NEVER),
        # what is no change of what stands in a well
        ("installation", "well time pump_name", 0.0),
        ("installation", "well time note", NEVER),
        ("installation", "well pump_name", -0.6),
        # a passport tells of several things
        ("passport", "well time pump_name liquid_m3_per_s", 0.0),
        ("passport", "well time pump_name", NEVER),
    ],
)
def test_a_kind_is_worth_less_for_each_thing_that_it_lacks(kind: str, fields: str, worth: float) -> None:
    assert whole(kind, *fields.split(" "))[1] == pytest.approx(worth)


def test_how_a_pump_is_run_is_no_change_of_it() -> None:
    run = sorted(mapping.RUN_AT)[0]
    assert whole("installation", "well", "time", run)[1] == NEVER
    assert whole("installation", "well", "time", run, "pump_name")[1] == 0.0


def test_clocks_under_a_date_of_the_title_are_moments() -> None:
    assert whole("flow_test", "clock", "liquid_m3_per_s", dated=True)[1] == 0.0
    assert whole("flow_test", "liquid_m3_per_s", dated=True)[1] == -0.6


def test_columns_of_a_long_form_that_is_not_whole_are_left_out_and_so_is_a_duration_beside_a_moment() -> None:
    assert whole("readings", "time", "intake_pressure", "sensor")[0] == ["time", "intake_pressure", ""]
    assert whole("readings", "time", "sensor", "value")[0] == ["time", "sensor", "value"]
    assert whole("readings", "time", "elapsed", "intake_pressure")[0] == ["time", "", "intake_pressure"]
    assert whole("readings", "elapsed", "intake_pressure")[0] == ["elapsed", "intake_pressure"]


# ---- one unit of all pressures -----------------------------------------------------------------------------


def units(*columns: tuple[str, str, str, float], guessed: bool = True) -> list[tuple[str, bool]]:
    """(unit, whether it is guessed) of readings of (header, field, unit, value in each row)."""
    plans = [
        ColumnPlan(header, field, unit, guessed=bool(unit) and guessed) for header, field, unit, _ in columns
    ]
    profiles = [Profile("number", np.full(10, value), 0, 10) for *_, value in columns]
    found = mapping._one_pressure_unit(plans, profiles, TABLE_KINDS["readings"])
    return [(column.unit, column.guessed) for column in found]


INTAKE = ("PIP", "intake_pressure", "bar", 60.0)


@pytest.mark.parametrize(
    ("other", "unit"),
    [
        (("PDP", "discharge_pressure", "", 18.0), "bar"),
        (("WHP", "wellhead_pressure", "", 15.0), "bar"),
        (("PDP", "discharge_pressure", "", 0.001), ""),  # no pump would give so little
        (("Freq", "frequency", "", 50.0), ""),
        (("", "", "", 18.0), ""),
    ],
)
def test_pressures_without_a_unit_are_in_that_of_the_one_that_tells_itself(
    other: tuple[str, str, str, float], unit: str
) -> None:
    assert units(INTAKE, other) == [("bar", True), (unit, bool(unit))]


def test_two_units_or_one_that_a_header_names_speak_for_no_other_column() -> None:
    psi = ("PDP", "discharge_pressure", "psi", 2_000.0)
    without = ("WHP", "wellhead_pressure", "", 15.0)
    assert units(INTAKE, psi, without)[2] == ("", False)
    named = ("PIP, bar", "intake_pressure", "bar", 60.0)
    assert units(named, without, guessed=False)[1] == ("", False)


@pytest.mark.parametrize(("fitting", "unit"), [(9, "bar"), (8, "")])
def test_nine_values_of_ten_must_be_usual_in_it(fitting: int, unit: str) -> None:
    plans = [
        ColumnPlan("PIP", "intake_pressure", "bar", guessed=True),
        ColumnPlan("PDP", "discharge_pressure"),
    ]
    odd = np.where(np.arange(10) < fitting, 180.0, 1e7)
    profiles = [Profile("number", np.full(10, 60.0), 0, 10), Profile("number", odd, 0, 10)]
    assert mapping._one_pressure_unit(plans, profiles, TABLE_KINDS["readings"])[1].unit == unit


# ---- small words -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "key", "written", "may"),
    [
        ("flow_test", "liquid_m3_per_s", "", True),
        ("fluid", "oil_relative_density", "кг/м3", True),
        ("fluid", "oil_relative_density", "psi", False),
        ("lab_result", "ph", "psi", False),
    ],
)
def test_a_unit_stands_beside_what_has_one(kind: str, key: str, written: str, may: bool) -> None:
    target = TABLE_KINDS[kind].target(key)
    assert target is not None
    assert mapping._has_unit(target, written) is may


@pytest.mark.parametrize(
    ("name", "file", "near", "named"),
    [
        ("Скв 101", "/x/Скв 101.csv", "", True),
        ("архив.zip › Скв 101", "/x/Скв 101.csv", "", True),
        ("Скв 101", "/x/Сводка.xlsx", "Скв 101", False),
        ("Скв 101", "", "Скв 101", True),
        ("Лист1", "/x/Скв 101.csv", "", False),
    ],
)
def test_a_sheet_that_is_called_as_its_file_has_no_name_of_its_own(
    name: str, file: str, near: str, named: bool
) -> None:
    sheet: Any = replace(sheet_of_headers(["a"], name=name), file=file and str(Path(file)))
    assert mapping.named_by_file(sheet, near) is named


def test_a_number_under_a_name_of_no_quantity_is_bare() -> None:
    text = TABLE_KINDS["flow_test"].target("note")
    rate = TABLE_KINDS["flow_test"].target("liquid_m3_per_s")
    assert text is not None
    assert rate is not None
    for kind, target, bare in (("number", text, True), ("text", text, False), ("number", rate, False)):
        assert mapping._is_bare_number(target, Profile(kind, np.zeros(0), 0, 1)) is bare


@pytest.mark.parametrize(
    ("headers", "row", "time"),
    [
        (["Скважина", "Тип насоса", "Глубина спуска, м"], ["101", "ЭЦН5-80-1900", 1900], UNDATED),
        (
            ["Скважина", "Дата спуска", "Тип насоса", "Глубина спуска, м"],
            ["101", "2026-08-01", "ЭЦН5-80-1900", 1900],
            "",
        ),
    ],
)
def test_what_stands_in_a_well_holds_without_a_date_where_the_table_has_none(
    headers: list[str], row: list[Any], time: str
) -> None:
    plan = mapping.propose(sheet_of_headers(headers, [row, row]), vocabulary())
    assert (plan.kind in ("passport", "installation"), plan.time) == (True, time)


@pytest.mark.parametrize("in_row", [False, True])
@pytest.mark.parametrize(
    ("kind", "name", "unit", "heard"),
    [("pump_curve", "Head", "ft/stage", "ft"), ("fluid_level", "Dynamic level", "ft/stage", "ft/stage")],
)
def test_units_of_one_stage_are_heard_of_a_curve_alone(
    in_row: bool, kind: str, name: str, unit: str, heard: str
) -> None:
    """What a level is in, the file is asked for."""
    headers, units = ([name], (unit,)) if in_row else ([f"{name} ({unit})"], ("",))
    sheet = replace(sheet_of_headers(headers, [[500], [900]]), units=units)
    [column] = mapping.propose(sheet, vocabulary(), kind=kind).columns
    assert (column.field in ("head_m", "level_m"), column.unit) == (True, heard)


@pytest.mark.parametrize(
    ("header", "cells", "field"),
    [
        ("Назначение", ["Нагнетательная", "Добывающая"], "lift"),
        ("Назначение", ["первое", "второе"], ""),
        ("Способ эксплуатации", ["ЭЦН", "ШГН"], "lift"),
    ],
)
def test_a_purpose_is_the_lift_where_its_words_are_lifts(header: str, cells: list[str], field: str) -> None:
    rows = [[name, cell] for name, cell in zip(("101", "102"), cells, strict=True)]
    sheet = sheet_of_headers(["Скважина", header], rows)
    assert mapping.propose(sheet, vocabulary(), kind="wells").columns[1].field == field
