"""A sheet with days or months in its header, turned: each row and column of what comes out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.importers.dates_across import MOST_PARAMETERS, _as_days, _as_months, undated
from app.importers.grid import sheet_of
from app.importers.sheets import LINE, Layout, Sheet
from app.importers.vocabulary import vocabulary

D13, D14, D15 = "13.10.2026", "14.10.2026", "15.10.2026"


def turned(rows: list[list[Any]], above: str = "Дебит жидкости, м3/сут", named: str = "") -> Sheet:
    sheet = sheet_of(Path("f.xlsx"), "Л", [[above], *rows], vocabulary(), Layout(1, data=2))
    assert sheet is not None
    return undated(sheet, vocabulary(), named)


def cells(sheet: Sheet) -> list[list[Any]]:
    columns = [sheet.table.column(f"c{i}").to_pylist() for i in range(len(sheet.headers))]
    return [list(row) for row in zip(*columns, strict=True)]


def test_each_day_of_a_well_is_a_row_and_an_empty_one_is_none() -> None:
    found = turned([["Скважина", D13, D14], ["101", 80.0, 81.0], ["102", 50.0, None]])
    assert found.headers == ("Скважина", "Дата", "Дебит жидкости, м3/сут")
    assert cells(found) == [["101", D13, 80.0], ["101", D14, 81.0], ["102", D13, 50.0]]
    assert found.table.column(LINE).to_pylist() == [3, 3, 4]
    assert found.layout.dates is True
    assert len(found.units) == 3


def test_texts_on_one_day_make_texts_of_all() -> None:
    found = turned([["Скважина", D13, D14], ["101", 80.0, "ост."], ["102", 50.0, "ост."]])
    assert cells(found) == [
        ["101", D13, "80"],
        ["101", D14, "ост."],
        ["102", D13, "50"],
        ["102", D14, "ост."],
    ]


@pytest.mark.parametrize(
    ("header", "rows", "above"),
    [
        (["Скважина", D13], [["101", 80.0]], "Qж, м3/сут"),  # one day alone
        (["Куст", D13, D14], [["5", 80.0, 81.0]], "Qж, м3/сут"),  # of no well
        (["Скважина", "Дата", D13, D14], [["101", D13, 80.0, 81.0]], "Qж, м3/сут"),  # dates of their own
        (["Скважина", D14, D13], [["101", 80.0, 81.0]], "Qж, м3/сут"),  # not one after another
        (["Скважина", D13, D13], [["101", 80.0, 81.0]], "Qж, м3/сут"),
        (["Скважина", D13, D14], [["101", 80.0, 81.0]], ""),  # of what?
        (["Скважина", "1", "2"], [["101", 80.0, 81.0]], "Qж, м3/сут за октябрь 2026"),  # two numbers alone
        (["Скважина", "2", "3", "4"], [["101", 80.0, 81.0, 82.0]], "Qж, м3/сут за октябрь 2026"),
        (["Скважина", "1", "2", "3"], [["101", 80.0, 81.0, 82.0]], "Qж, м3/сут"),  # of which month?
    ],
)
def test_what_nothing_proves_stays_as_it_is(header: list[str], rows: list[list[Any]], above: str) -> None:
    found = turned([header, *rows], above)
    assert found.headers == tuple(header)
    assert found.layout.dates is False


def test_numbers_of_days_are_those_of_the_month_that_the_title_or_the_name_says() -> None:
    rows = [["Скважина", "1", "2", "3"], ["101", "80", "81", "82"], ["102", "50", None, "52"]]
    expected = [
        *(["101", f"2026-10-0{n}", value] for n, value in ((1, "80"), (2, "81"), (3, "82"))),
        *(["102", f"2026-10-0{n}", value] for n, value in ((1, "50"), (3, "52"))),
    ]
    assert cells(turned(rows, "Qж, м3/сут за октябрь 2026")) == expected
    assert cells(turned(rows, "Qж, м3/сут", named="Октябрь 2026")) == expected


def test_months_are_called_months() -> None:
    found = turned([["Скважина", "янв.26", "фев.26"], ["101", 1000.0, 1100.0]], "Добыча нефти, т")
    assert found.headers[:2] == ("Скважина", "Месяц")
    assert cells(found) == [["101", "2026-01-01", 1000.0], ["101", "2026-02-01", 1100.0]]
    english = turned([["Well", "Jan-26", "Feb-26"], ["101", 1000.0, 1100.0]], "Oil, t")
    assert english.headers[:2] == ("Well", "Month")


@pytest.mark.parametrize(
    ("text", "said", "month"),
    [
        ("01.2026", "", "2026-01-01"),
        ("2026-12", "", "2026-12-01"),
        ("13.2026", "", ""),
        ("Янв 2026 г.", "", "2026-01-01"),
        ("Sept'26", "", "2026-09-01"),
        ("октябрь", "за 2026 год", "2026-10-01"),
        ("октябрь", "", ""),
        ("октябрь", "2025 и 2026", ""),
        ("квартал 2026", "", ""),
        ("итого", "за 2026 год", ""),
    ],
)
def test_a_month_of_a_header_has_its_year_or_the_titles(text: str, said: str, month: str) -> None:
    assert _as_months(text, said) == month


@pytest.mark.parametrize(
    ("text", "day"), [("1", "2026-10-01"), ("31", "2026-10-31"), ("07", "2026-10-07"), ("32", ""), ("0", "")]
)
def test_a_number_is_a_day_of_the_month(text: str, day: str) -> None:
    assert _as_days(text, "за октябрь 2026") == day
    assert _as_days(text, "за 2026 год") == ""


PARAMETERS = [
    ["Скважина", "Показатель", "Ед. изм.", D13, D14, "Итого"],
    ["101", "Дебит жидкости", "м3/сут", 80.0, 81.0, 161.0],
    [None, "Обводненность", "%", 45.0, None, 45.0],
    ["102", "Дебит жидкости", "м3/сут", 50.0, 51.0, 101.0],
]


def test_a_column_of_what_is_measured_becomes_columns() -> None:
    found = turned(PARAMETERS)
    assert found.headers == ("Скважина", "Итого", "Дата", "Дебит жидкости, м3/сут", "Обводненность, %")
    assert [[row[0], *row[2:]] for row in cells(found)] == [
        ["101", D13, "80", "45"],
        ["101", D14, "81", None],
        ["102", D13, "50", None],
        ["102", D14, "51", None],
    ]
    assert found.table.column(LINE).to_pylist() == [3, 3, 5, 5]


@pytest.mark.parametrize(
    "more",
    [
        ["101", "Дебит жидкости", "м3/сут", 70.0, 71.0, 141.0],  # one of them twice
        ["103", None, "м3/сут", 70.0, 71.0, 141.0],  # a value of nothing
    ],
)
def test_a_well_that_has_one_of_them_twice_and_a_value_of_nothing_turn_no_sheet(more: list[Any]) -> None:
    rows = [PARAMETERS[0], PARAMETERS[1], more]
    assert turned(rows).headers == tuple(PARAMETERS[0])


def test_nothing_that_anybody_knows_is_measured_turns_no_sheet() -> None:
    rows = [["Скважина", "Показатель", D13, D14], ["101", "неведомое", 1.0, 2.0]]
    assert turned(rows).headers == tuple(rows[0])
    known = [["101", "Рпр, МПа", 1.0, 2.0]]
    many = [["101", f"неведомое {n}", 1.0, 2.0] for n in range(MOST_PARAMETERS - 1)]
    assert turned([rows[0], *known, *many]).headers != tuple(rows[0])
    assert turned([rows[0], *known, *many, ["101", "ещё", 1.0, 2.0]]).headers == tuple(rows[0])


def test_what_was_settled_is_not_found_out_again() -> None:
    sheet = turned([["Скважина", "Рпр"], ["101", 5.0]])
    assert sheet.layout.dates is False
    days = sheet_of(
        Path("f"), "Л", [["x"], ["Скважина", D13, D14], ["101", 1.0, 2.0]], vocabulary(), Layout(1, data=2)
    )
    assert days is not None
    settled = replace(days, layout=replace(days.layout, dates=False))
    assert undated(settled, vocabulary()) is settled
