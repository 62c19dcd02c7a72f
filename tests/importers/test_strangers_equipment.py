"""Passports and tables of equipment as strangers write them: what each column is proposed to be and what is
made of it, in SI. No file, no store.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from app.core.clock import UTC
from app.importers.base import Contents
from app.importers.grid import sheet_of
from app.importers.opening import Asked, proposal
from app.importers.perforation_words import intervals_of
from app.importers.trial import Tried, try_plan
from app.importers.vocabulary import vocabulary

BOOK = Path("book.xlsx")
Rows = Sequence[Sequence[Any]]
PSI, ATM = 6_894.757293168, 101_325.0
BBL_D = 0.158987294928 / 86_400


def tried(**sheets: Rows) -> Tried:
    """A book of these sheets, taken as it is proposed."""
    words = vocabulary()
    made = [sheet_of(BOOK, name, [list(row) for row in rows], words) for name, rows in sheets.items()]
    contents = Contents(tuple(sheet for sheet in made if sheet is not None))
    plan = proposal(BOOK, contents, Asked())
    return try_plan(BOOK, contents, plan, None, datetime(2026, 12, 1, tzinfo=UTC))


def records(found: Tried, kind: str) -> list[dict[str, Any]]:
    """With what is packed in them unpacked."""
    made = []
    for batch in found.batches:
        if batch.kind is not None and batch.kind.key == kind and batch.named_records is not None:
            for row in batch.named_records.to_pylist():
                made.append(row | json.loads(row[batch.kind.packed] if batch.kind.packed else "{}"))
    return made


def passport(*pairs: tuple[str, Any]) -> Tried:
    whose = [("Скважина", "515"), ("Месторождение", "Берёзовское"), ("Куст", "17")]
    return tried(Паспорт=[*whose, *pairs])


def equipment(found: Tried) -> dict[str, Any]:
    (record,) = records(found, "installation")
    return record


def said(found: Tried) -> set[str]:
    return {code for code, _ in found.remarks}


def left_out(found: Tried) -> set[str]:
    return {about["column"] for code, about in found.remarks if code == "import.column_unused"}


# ---- gas lift ----------------------------------------------------------------------------------------------


def test_a_table_of_gas_lift_valves_is_one_record_with_a_row_a_valve() -> None:
    header = ("Скважина", "Дата", "Глубина клапана, м", "Диаметр седла, мм", "Давление открытия, МПа")
    rows = [("515", "01.09.2026", *valve) for valve in ((1100, 6, 7.8), (650, 6, 8.1), (1500, 6, 7.5))]
    found = tried(Клапаны=[header, *rows])
    valves = equipment(found)["gas_lift"]["valves"]
    assert [valve["depth_m"] for valve in valves] == [650.0, 1100.0, 1500.0]
    assert [valve["opening_pressure_pa"] for valve in valves] == pytest.approx([8.1e6, 7.8e6, 7.5e6])
    assert {valve["port_m"] for valve in valves} == {0.006}
    assert equipment(found)["jet"] == {}


def test_american_valves_beside_a_well_and_a_date_are_no_survey() -> None:
    header = ("Well", "Field", "Install Date", "MD (ft)", "Port Size (1/64 in)", "Ptro (psig)")
    rows = [("SMITH 7H", "Eagle Flat", "09/14/2026", *one) for one in ((2150, 16, 985), (6700, 20, None))]
    first, last = equipment(tried(**{"GL Valves": [header, *rows]}))["gas_lift"]["valves"]
    assert first["depth_m"] == pytest.approx(2150 * 0.3048)
    assert first["port_m"] == pytest.approx(0.00635)
    assert first["opening_pressure_pa"] == pytest.approx(985 * PSI + ATM)
    assert last["port_m"] == pytest.approx(20 * 0.0254 / 64)
    assert "opening_pressure_pa" not in last


def test_valves_that_name_no_well_are_of_the_one_that_the_books_passport_names_and_it_is_said() -> None:
    wellbore = [("Well Name", "SMITH 7H"), ("Field", "Eagle Flat"), ("Lift Type", "Gas Lift")]
    wellbore += [("Install Date", "09/14/2026"), ("Tubing OD (in)", 2.875), ("Packer Depth (ft)", 6900)]
    valves = [("Valve No", "MD (ft)", "Port Size (1/64 in)"), (1, 2150, 16), (2, 3640, 16), (3, 4820, 16)]
    found = tried(**{"Wellbore": wellbore, "GL Valves": valves})
    assert {record["well_name"] for record in records(found, "installation")} == {"SMITH 7H"}
    assert "import.well_of_book" in said(found)
    assert "Valve No" not in left_out(found)


def test_depths_alone_are_no_valves_and_a_nozzle_is_no_seat() -> None:
    stations = [("MD (ft)", "Inc (deg)", "Azi (deg)"), (0, 0, 0), (500, 1.5, 40), (900, 2.5, 41)]
    assert tried(**{"Well 12": stations}).kind == "survey"
    jet = passport(("Способ", "Струйный насос"), ("Дата спуска", "12.07.2026"), ("Диаметр сопла, мм", 4.2))
    assert equipment(jet)["jet"]["nozzle_m"] == pytest.approx(0.0042)


# ---- perforations ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "cell", "top", "bottom"),
    [
        ("Интервал перфорации, м", "1402-1410", 1402.0, 1410.0),
        ("Перфорация, м", "1402,5 – 1410,0", 1402.5, 1410.0),
        ("Интервалы перфорации", "1415-1420; 1402-1410", 1402.0, 1420.0),
        ("Perfs", "4602-4630 ft", 4602 * 0.3048, 4630 * 0.3048),
        ("Perforated interval, ft", "4602-4630", 4602 * 0.3048, 4630 * 0.3048),
    ],
)
def test_an_interval_in_one_cell_is_top_and_bottom_of_the_perforations(
    name: str, cell: str, top: float, bottom: float
) -> None:
    found = passport(("Дата спуска", "03.09.2026"), ("Способ", "ШГН"), ("НКТ", "73х5,5"), (name, cell))
    hole = equipment(found)["hole"]
    assert (hole["perforation_top_m"], hole["perforation_bottom_m"]) == pytest.approx((top, bottom))
    assert ("import.perforations_joined" in said(found)) == (";" in cell)


def test_what_is_no_interval_is_left_empty_and_said_and_columns_of_their_own_go_before() -> None:
    assert intervals_of("1402-1410 и 15") == []
    assert intervals_of("2026-09-03") == []
    assert intervals_of("1402-1410 (ЮВ1), 1415-1420") == [(1402.0, 1410.0), (1415.0, 1420.0)]
    assert intervals_of("1460-1450 м") == [(1460.0, 1450.0)]  # upside down: told by what checks the record
    found = passport(("Дата спуска", "03.09.2026"), ("Пакер, м", 1390), ("Перфорация, м", "два"))
    assert [problem.code for problem in found.problems] == ["value_odd"]
    own = [("Top Perf (ft)", 7010), ("Bottom Perf (ft)", 7060), ("Perfs", "100-200")]
    hole = equipment(passport(("Install Date", "2026-09-14"), ("Tubing OD (in)", 2.875), *own))["hole"]
    assert hole["perforation_top_m"] == pytest.approx(7010 * 0.3048)
    assert hole["perforation_bottom_m"] == pytest.approx(7060 * 0.3048)


# ---- progressing cavity pumps ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value", "turn_m3"),
    [
        ("Подача на 100 об/мин, м3/сут", 2.5, 2.5 / 144_000),
        ("Displacement, bbl/d/100rpm", 24, 24 * BBL_D / 100 * 60),
        ("Подача на оборот, см3/об", 20, 20e-6),
    ],
)
def test_a_rate_at_a_hundred_turns_a_minute_is_the_volume_of_a_turn(
    name: str, value: float, turn_m3: float
) -> None:
    found = passport(("Способ", "УЭВН"), ("Дата спуска", "20.08.2026"), (name, value))
    assert equipment(found)["pcp"]["displacement_m3"] == pytest.approx(turn_m3)


# ---- running numbers ---------------------------------------------------------------------------------------


def test_a_running_number_of_sections_is_no_doubtful_column() -> None:
    rows = [(1, 22, 464, 5), (2, 19, 816, 6)]
    found = tried(Мера=[("Мера штанг скв. 512",), ("№ секции", "Диаметр, мм", "Длина, м", "Износ"), *rows])
    assert left_out(found) == {"Износ"}
    assert "№ секции" not in found.sheets[0]["not_used"]
