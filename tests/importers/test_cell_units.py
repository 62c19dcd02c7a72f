"""Cells that say their own unit, and money that is none of ours."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.importers.cell_units import parted, said_in_cells
from app.importers.currencies import currency_of
from app.importers.sheets import Sheet
from app.importers.vocabulary import vocabulary
from tests.importers.sheets_at_hand import sheet_of_headers, told, under


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("4560 фут", ("4560", "фут")),
        (" 4,528 ft ", ("4,528", "ft")),
        ("-5,5°C", ("-5,5", "°C")),
        ("<0.5 %", ("<0.5", "%")),
        ("1 200 м", ("1 200", "м")),
        ("4560", None),
        ("фут", None),
        ("4560 чего-то", None),
        ("73х5,5 мм", None),
        ("", None),
    ],
)
def test_a_number_with_a_unit_behind_it_is_both(cell: str, parts: tuple[str, str] | None) -> None:
    assert parted(cell) == parts


def heard(header: str, *cells: str | None) -> tuple[str, list[str | None]]:
    """The unit and the cells that are left."""
    sheet = said_in_cells(sheet_of_headers([header], [[cell] for cell in cells]), vocabulary())
    return sheet.units[0] if sheet.units else "", sheet.table.column("c0").to_pylist()


@pytest.mark.parametrize(
    ("header", "cells", "unit", "left"),
    [
        ("Глубина спуска", ["4560 фут", "4600 фут"], "фут", ["4560", "4600"]),
        ("Глубина спуска", ["4560 фут", "-", "4600 фт"], "фут", ["4560", None, "4600"]),
        ("Глубина спуска", ["4560 фут", "1400 м"], "", None),
        ("Глубина спуска", ["4560 фут", "1400"], "", None),
        ("Глубина спуска", ["4560 psi", "4600 psi"], "", None),
        ("Неведомое", ["4560 psi", "4600 psi"], "psi", ["4560", "4600"]),
        ("Дебит нефти", ["5 т/сут", "6 т/сут"], "т/сут", ["5", "6"]),
        ("Наружный диаметр НКТ", ["73 мм", "89 мм"], "", None),
        ("", ["4560 фут", "4600 фут"], "", None),
    ],
)
def test_a_column_whose_cells_all_say_one_unit_has_it(
    header: str, cells: list[str | None], unit: str, left: list[str | None] | None
) -> None:
    assert heard(header, *cells) == (unit, cells if left is None else left)


def test_what_is_settled_is_not_found_out_again_and_what_was_found_is_said_in_the_layout() -> None:
    sheet = sheet_of_headers(["Глубина спуска"], [["4560 фут"], ["4600 фут"]])
    once = said_in_cells(sheet, vocabulary())
    assert once.layout.spelled is True
    settled = replace(sheet, layout=replace(sheet.layout, spelled=False))
    assert said_in_cells(settled, vocabulary()) is settled
    plain: Sheet = said_in_cells(sheet_of_headers(["Глубина спуска"], [["4560"], ["x"]]), vocabulary())
    assert plain.layout.spelled is False


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("$0.085/kWh", "USD"),
        ("MUSD", "USD"),
        ("Стоимость, долл.", "USD"),
        ("€", "EUR"),
        ("3 евро", "EUR"),
        ("GBP", "GBP"),
        ("тыс. тенге", "KZT"),
        ("бел. руб.", "BYN"),
        ("сум/кВт·ч", "UZS"),
        ("манат", "AZN"),
        ("CNY", "CNY"),
        ("CAD", "CAD"),
        ("руб.", ""),
        ("Сумма", ""),
        ("", ""),
    ],
)
def test_money_is_known_by_its_sign_and_its_name(text: str, code: str) -> None:
    assert currency_of(text) == code


MOMENT = "2026-08-01 00:00:00"


@pytest.mark.parametrize(
    ("header", "unit", "cells", "left_out"),
    [
        ("Cost, USD", "", ["100", "200"], True),
        ("Стоимость", "USD", ["100", "200"], True),
        ("Стоимость", "", ["$100", "$200"], True),
        ("Стоимость", "", ["$100", "€200"], False),
        ("Стоимость", "руб", ["100", "200"], False),
    ],
)
def test_money_of_another_country_is_left_out_and_said(
    header: str, unit: str, cells: list[str], left_out: bool
) -> None:
    rows = [["101", MOMENT, "ГРП", cell] for cell in cells]
    names = {3: header}
    found = under("workover", ["well", "time", "work", ("cost", unit)], *rows, headers=names)
    assert ("currency" in told(found)) is left_out
    assert ("cost" not in found.values) is left_out
