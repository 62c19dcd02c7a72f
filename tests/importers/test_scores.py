"""How well a header, its unit and its cells fit a field: what speaks for or against it, by its weight."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.core.unit_spellings import find_unit
from app.importers import mapping
from app.importers.mapping import propose
from app.importers.plan import ColumnPlan
from app.importers.scoring import Profile, _fit, nearness, score_of
from app.importers.sheets import Layout
from app.importers.targets import TABLE_KINDS
from app.importers.vocabulary import folded, split_unit, vocabulary
from tests.importers.cells_at_hand import target
from tests.importers.test_mapping import fields, proposed, sheet

PRESSURE, TIME, CLOCK, WELL = "intake_pressure", "time", "clock", "well"


def looks(kind: str, filled: int = 10, texts: int = 0) -> Profile:
    return Profile(kind, np.ones(filled - texts), texts, filled)


@pytest.mark.parametrize(
    ("key", "kind", "profile", "unit", "fit", "near"),
    [
        (PRESSURE, "readings", looks("number"), "", 0.05, 0.05),
        (PRESSURE, "readings", looks("number"), "МПа", 0.20, 0.20),
        (PRESSURE, "readings", looks("number"), "°C", -0.55, -0.55),
        (PRESSURE, "readings", looks("empty", 0), "", -0.05, -0.05),
        (PRESSURE, "readings", looks("empty", 0), "МПа", 0.10, 0.10),
        (PRESSURE, "readings", looks("text", 10, 7), "", -0.2, -0.5),
        (PRESSURE, "readings", looks("text", 10, 6), "", 0.05, 0.05),
        (PRESSURE, "readings", looks("number", 10, 7), "", -0.5, -0.5),
        (PRESSURE, "readings", looks("time"), "", -0.5, -0.5),
        (PRESSURE, "readings", looks("clock"), "", -0.5, -0.5),
        ("duration_s", "flow_test", looks("clock"), "", 0.0, -0.5),
        ("duration_s", "flow_test", looks("clock"), "мин", -0.35, -0.35),
        ("liquid_m3_per_s", "flow_test", looks("number"), "т/сут", 0.05, 0.05),
        ("liquid_m3_per_s", "flow_test", looks("number"), "м3", 0.05, 0.05),
        ("chloride_ion", "lab_result", looks("number"), "мг-экв/л", 0.20, 0.20),
        (TIME, "readings", looks("time"), "", 0.2, 0.2),
        (TIME, "readings", looks("serial"), "", 0.0, 0.0),
        (TIME, "readings", looks("year"), "", 0.0, 0.0),
        (TIME, "readings", looks("epoch"), "", 0.1, 0.1),
        (TIME, "readings", looks("compact"), "", 0.1, 0.1),
        (TIME, "readings", looks("text"), "", -0.2, -0.2),
        (TIME, "readings", looks("number"), "", -0.5, -0.5),
        ("until", "event", looks("clock"), "", 0.0, 0.0),
        ("until", "event", looks("time"), "", 0.2, 0.2),
        (CLOCK, "readings", looks("clock"), "", 0.3, 0.3),
        (CLOCK, "readings", looks("number"), "", -0.8, -0.8),
        (WELL, "readings", looks("time"), "", -0.6, -0.6),
        (WELL, "readings", looks("number"), "", 0.0, 0.0),
        (WELL, "readings", looks("clock"), "", -0.3, -0.3),
        ("note", "event", looks("time"), "", -0.3, -0.3),
        ("note", "event", looks("text"), "", 0.0, 0.0),
    ],
)
def test_what_unit_and_cells_say_for_a_field_or_against_it(
    key: str, kind: str, profile: Profile, unit: str, fit: float, near: float
) -> None:
    of = target(kind, key)
    known = find_unit(unit, of.quantity) or find_unit(unit) if unit else None
    found = [_fit(profile, known, unit, of, exact=exact) for exact in (True, False)]
    assert found == [pytest.approx(fit), pytest.approx(near)]


def score(header: str, key: str, kind: str = "readings", cells: str = "number") -> tuple[float, str]:
    name, unit, spelled = split_unit(header)
    memory = {folded("Помню"): "intake_pressure"}
    found, why = score_of(header, name, unit, spelled, looks(cells), target(kind, key), vocabulary(), memory)
    return round(found, 3), why


@pytest.mark.parametrize(
    ("header", "key", "kind", "cells", "expected"),
    [
        ("Помню", PRESSURE, "readings", "number", (1.5, "remembered")),
        ("Рпр", PRESSURE, "readings", "number", (1.05, "word")),
        ("Рпр, МПа", PRESSURE, "readings", "number", (1.2, "word")),
        ("intake_pressure", PRESSURE, "readings", "number", (1.05, "word")),
        ("Рпр (уставка)", PRESSURE, "readings", "number", (0.0, "")),
        ("Давление на приёме насосса", PRESSURE, "readings", "number", (0.932, "near")),
        ("Фаза луны", PRESSURE, "readings", "number", (0.0, "")),
        ("Oil (BOPD)", "oil_m3", "production", "number", (0.45, "word")),
        ("Qж, м3", "liquid_m3", "production", "number", (1.15, "word")),
        ("Температура ПЭД дбар", "motor_temperature", "readings", "number", (0.0, "")),
        ("Температура ПЭД kgf", "motor_temperature", "readings", "number", (0.45, "word")),
        ("Расход, кВт*ч", "energy_j", "energy", "number", (1.05, "word")),
        ("Расход", "energy_j", "energy", "number", (0.0, "")),
        ("Время, мин", "elapsed", "readings", "number", (1.2, "word")),
        ("Время", "elapsed", "readings", "number", (0.0, "")),
        ("Что угодно", "elapsed", "readings", "lasted", (1.2, "word")),
        ("Дата", TIME, "readings", "time", (1.2, "word")),
        ("ts_ms", TIME, "readings", "epoch", (1.1, "word")),
    ],
)
def test_a_name_is_worth_as_much_as_it_says(
    header: str, key: str, kind: str, cells: str, expected: tuple[float, str]
) -> None:
    found = score(header, key, kind, cells)
    assert found == (pytest.approx(expected[0], abs=0.02), expected[1])


@pytest.mark.parametrize(
    ("header", "unit", "expected"),
    [("Oil (BOPD)", "bbl/d", 1.1), ("Oil, bbl", "bbl", 0.95), ("Oil", "", 0.0), ("Oil, т/сут", "т/сут", 0.0)],
)
def test_oil_and_water_of_a_test_are_parts_of_its_liquid_by_their_unit(
    header: str, unit: str, expected: float
) -> None:
    assert score(header, "oil_part", "flow_test")[0] == pytest.approx(expected, abs=0.011)


@pytest.mark.parametrize(
    ("name", "named", "nearest"),
    [
        ("давление на приеме насоса", PRESSURE, 0.9),
        ("насоса давление на приеме", PRESSURE, 0.9),
        ("общее давление на приеме насоса цднг", PRESSURE, 0.86),
        ("ток", "motor_current", 0.0),
        ("давление на выкиде насоса", PRESSURE, 0.0),
        ("температура пч", "motor_temperature", 0.0),
        ("дата последнего пакера", "time", 0.0),  # nearly `замера`, and another word
        ("", PRESSURE, 0.0),
    ],
)
def test_a_name_is_as_near_as_its_nearest_spelling(name: str, named: str, nearest: float) -> None:
    assert nearness(folded(name), named, vocabulary()) == pytest.approx(nearest)


# ---- columns -----------------------------------------------------------------------------------------------


def test_a_nameless_column_of_moments_at_the_left_is_when_the_rows_were() -> None:
    plan = proposed(["", "Рпр"], ["01.03.2026 05:00", 5.2], ["01.03.2026 06:00", 5.3])
    assert plan.columns[0] == ColumnPlan("", "time", "", 0.9, "values")


def test_tonnes_beside_tonnes_of_oil_are_told_twice_and_tonnes_alone_are_the_oil() -> None:
    header = ["Скважина", "Месяц", "Нефть, т", "Добыча нефти, тонн"]
    plan = proposed(header, ["1", "03.2026", 100, 100], kind="production")
    assert fields(plan)[:3] == ["well", "time", "oil_kg"]
    assert plan.columns[3].why.startswith("twice:oil_kg")


def test_a_known_unit_of_another_quantity_is_no_text_and_no_place() -> None:
    plan = proposed(["Скважина", "Куст, м", "Двигатель, кВт"], ["1", 5, 32], kind="installation")
    assert "pad" not in fields(plan)
    assert "motor" not in fields(plan)


@pytest.mark.parametrize(
    ("header", "cells", "field"),
    [
        ("Время", ["08:00", "09:00"], "clock"),
        ("Часы", [8, 9], "clock"),
        ("Время (HHMMSS)", [80000, 90000], "clock"),
    ],
)
def test_clocks_beside_dates_are_clocks(header: str, cells: list[Any], field: str) -> None:
    rows = [["01.03.2026", cell, 5.2 + n] for n, cell in enumerate(cells)]
    assert fields(proposed(["Дата", header, "Рпр"], *rows, kind="readings"))[1] == field


def test_what_an_alarm_says_is_its_tag_where_it_has_none() -> None:
    rows = [["1", "01.03.2026 05:00", "Перегруз ПЭД"], ["1", "01.03.2026 06:00", "Недогруз"]]
    plan = proposed(["Скважина", "Время", "Сообщение"], *rows, kind="alarm")
    assert fields(plan) == ["well", "time", "alarm_tag"]


def test_days_or_wells_in_the_header_unfold_a_sheet() -> None:
    for across, dates, unfolded in ((True, False, True), (False, True, True), (None, None, False)):
        assert Layout(0, across=across, dates=dates).unfolded is unfolded
    assert Layout(0, across=True, dates=True).unfolded


def test_the_end_of_the_day_alone_is_an_end() -> None:
    header = ["Скважина", "Дата", "Начало", "Окончание", "Причина"]
    rows = [["1", "01.03.2026", "08:00", "12:00", "ППР"], ["1", "02.03.2026", "09:00", "11:00", "ППР"]]
    found = propose(sheet(header, *rows), vocabulary(), kind="event")
    assert "until" in fields(found)
    assert "until_clock" not in fields(found)


@pytest.mark.parametrize(
    ("more", "kept"),
    [(["Oil (BOPD)", "Water (BWPD)"], ["oil_part", "water_part"]), (["Oil (BOPD)"], [""])],
)
def test_oil_and_water_of_a_test_are_parts_where_both_are_there(more: list[str], kept: list[str]) -> None:
    row = ["1", "01.03.2026", *([250, 100][: len(more)])]
    assert fields(proposed(["Well", "Test date", *more], row, kind="flow_test"))[2:] == kept
    with_liquid = proposed(
        ["Well", "Test date", "Liquid rate, m3/d", *more], [*row[:2], 55, *row[2:]], kind="flow_test"
    )
    assert fields(with_liquid)[2:] == ["liquid_m3_per_s", *[""] * len(more)]


def test_a_passport_tells_of_equipment_and_of_something_else() -> None:
    kind = TABLE_KINDS["passport"]

    def worth(*taken: str) -> float:
        columns = [ColumnPlan(f"H{i}", field) for i, field in enumerate(taken)]
        return mapping._made_whole(columns, kind, set(taken), 10.0, dated=False)[1]

    assert worth("well", "pump_name", "liquid_m3_per_s") > 0
    assert worth("well", "pump_name") < -50
    assert worth("well", "liquid_m3_per_s", "water_cut") < -50
