"""Numbers as people and laboratories write them."""

from __future__ import annotations

import math
from datetime import date, datetime

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.importers import numbers
from app.importers.numbers import FORMULA, NOTHING, WORDS, number_of, numbers_of, texts_of
from tests.proofs import examples

TEXT, FLOAT = pa.string(), pa.float64()


def column(cells: list, kind: pa.DataType = TEXT) -> pa.ChunkedArray:
    return pa.chunked_array([pa.array(cells, kind)])


def read(*cells: str | None) -> list[float | None]:
    """The values, None for NaN; no cell may be bad."""
    found = numbers_of(column(list(cells)))
    assert not found.bad.any(), found.bad
    return [None if math.isnan(value) else value for value in found.value.tolist()]


def qualified(cell: str) -> tuple[float | None, str]:
    found = numbers_of(column([cell]))
    assert found.qualifier is not None
    assert not found.bad.any()
    value = float(found.value[0])
    return None if math.isnan(value) else value, found.qualifier[0]


def refused(cell: str) -> bool:
    found = numbers_of(column([cell, "1"]))
    assert found.value[1] == 1
    assert not found.bad[1]
    assert math.isnan(found.value[0]) == bool(found.bad[0])
    assert found.qualifier is None
    return bool(found.bad[0])


# ---- plain numbers -----------------------------------------------------------------------------------------


def test_plain_numbers_pass_without_a_closer_look() -> None:
    found = numbers_of(column(["1", "-2.5", "1e3"]))
    assert found.value.tolist() == [1.0, -2.5, 1000.0]
    assert found.qualifier is None
    assert found.bad.tolist() == [False, False, False]


def test_a_null_among_plain_numbers_is_nothing_and_not_wrong() -> None:
    assert read("1", None, "3") == [1.0, None, 3.0]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1,5", 1.5),
        ("-1,5", -1.5),
        ("+1,5", 1.5),
        ("\u22121,5", -1.5),  # the minus sign of typographers
        (",5", 0.5),
        ("5,", 5.0),
        ("1 024,5", 1024.5),
        ("1\u00a0024,5", 1024.5),
        ("1\u202f024,5", 1024.5),
        ("1\u2009024,5", 1024.5),
        ("1'024,5", 1024.5),
        ("1’024,5", 1024.5),
        ("  7,25  ", 7.25),
        ("1,5e3", 1500.0),
        ("1,5E-3", 0.0015),
        ("1.024,5", 1024.5),
        ("1,024.5", 1024.5),
        ("1,024,000.5", 1024000.5),
        ("-1,024.5", -1024.5),
        ("1.024.000,5", 1024000.5),
        ("1,024", 1.024),  # one comma alone is a decimal one here
    ],
)
def test_the_marks_of_decimals_and_thousands_are_understood(cell: str, value: float) -> None:
    assert read(cell) == [pytest.approx(value, rel=1e-12)]


def test_cells_with_one_mark_stay_what_they_are_beside_a_cell_with_two() -> None:
    assert read("1.024,5", "2,5", "2.5", "3") == [1024.5, 2.5, 2.5, 3.0]


@pytest.mark.parametrize("cell", [*NOTHING, "N/A", "#Н/Д", " - ", "Нет данных", "NaN"])
def test_what_stands_for_nothing_is_neither_a_number_nor_wrong(cell: str) -> None:
    assert read(cell, "1,5") == [None, 1.5]


def test_a_column_in_which_nothing_is_qualified_has_no_qualifiers() -> None:
    assert numbers_of(column(["1,5", "пять"])).qualifier is None
    assert numbers_of(column(["1,5", "12%"])).qualifier is None


# ---- what laboratories write -------------------------------------------------------------------------------


@pytest.mark.parametrize(("cell", "kept"), list(WORDS.items()))
def test_a_laboratorys_word_is_kept_as_a_qualifier_without_a_value(cell: str, kept: str) -> None:
    assert qualified(cell) == (None, kept)


def test_a_laboratorys_word_may_have_capitals_and_spaces() -> None:
    assert qualified(" Не обн. ".replace("Не", "не").replace("не обн.", "Необн.")) == (None, "н/о")
    assert qualified("Not detected") == (None, "н/о")
    assert qualified("СЛЕДЫ") == (None, "следы")


@pytest.mark.parametrize(
    ("cell", "value", "sign"),
    [
        ("<0,05", 0.05, "<"),
        ("< 0,05", 0.05, "<"),
        ("<=0,05", 0.05, "≤"),
        ("≤0,05", 0.05, "≤"),
        ("менее 0,05", 0.05, "<"),
        ("не более 0,05", 0.05, "≤"),
        ("до 10", 10.0, "≤"),
        ("less than 3", 3.0, "<"),
        (">100", 100.0, ">"),
        (">=100", 100.0, "≥"),
        ("≥100", 100.0, "≥"),
        ("более 100", 100.0, ">"),
        ("свыше 100", 100.0, ">"),
        ("не менее 100", 100.0, "≥"),
        ("more than 3", 3.0, ">"),
        ("<2·10^-3", 0.002, "<"),
    ],
)
def test_a_bound_keeps_its_number_and_its_sign(cell: str, value: float, sign: str) -> None:
    assert qualified(cell) == (pytest.approx(value), sign)


def test_a_qualifier_stands_in_its_own_row_only() -> None:
    found = numbers_of(column(["1,5", "<0,05", "", "н/о", "7"]))
    assert found.qualifier is not None
    assert found.qualifier.tolist() == ["", "<", "", "н/о", ""]
    assert found.value[[0, 1, 4]].tolist() == [1.5, 0.05, 7.0]
    assert np.isnan(found.value[[2, 3]]).all()
    assert not found.bad.any()


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("12%", 12.0),
        ("*12", 12.0),
        ("0,85±0,02", 0.85),
        ("0,85 +/- 0,02", 0.85),
        ("1,2·10³", 1200.0),
        ("1,2*10^3", 1200.0),
        ("1,2x10-3", 0.0012),
        ("1,2×10(3)", 1200.0),
        ("1,2х10^+2", 120.0),
        ("1,2·10⁻³", 0.0012),
        ("-1,2*10^3", -1200.0),
    ],
)
def test_powers_tolerances_and_per_cent_signs_are_read_as_the_number_in_them(cell: str, value: float) -> None:
    assert read(cell) == [pytest.approx(value)]


@pytest.mark.parametrize(
    "cell",
    ["пять", "12a", "1.2.3", "--5", "1e", "<", "< пять", "±5", "%", "12:30", "1/2", "1,2*10^999", "+", "e5"],
)
def test_what_is_no_number_is_wrong_and_has_no_value(cell: str) -> None:
    assert refused(cell)


@pytest.mark.parametrize("cell", ["inf", "-inf", "Infinity", "1e999", "<inf", "1e400%"])
def test_infinity_is_no_measurement(cell: str) -> None:
    found = numbers_of(column([cell, "1"]))
    assert found.bad.tolist() == [True, False]
    assert found.value[1] == 1.0


# ---- columns that come with a type -------------------------------------------------------------------------


def test_floats_pass_as_they_are_and_infinity_among_them_is_wrong() -> None:
    found = numbers_of(column([1.5, None, float("inf"), float("-inf"), float("nan")], FLOAT))
    assert found.value[0] == 1.5
    assert np.isnan(found.value[[1, 4]]).all()
    assert found.bad.tolist() == [False, False, True, True, False]
    assert found.qualifier is None


def test_whole_numbers_become_floats() -> None:
    found = numbers_of(column([1, None, -3], pa.int64()))
    assert found.value[[0, 2]].tolist() == [1.0, -3.0]
    assert found.value.dtype == np.float64
    assert not found.bad.any()


@pytest.mark.parametrize("kind", [pa.timestamp("us"), pa.date32()])
def test_a_moment_is_no_number_and_its_absence_is_nothing(kind: pa.DataType) -> None:
    moment = datetime(2026, 3, 4) if kind == pa.timestamp("us") else date(2026, 3, 4)
    found = numbers_of(column([moment, None], kind))
    assert np.isnan(found.value).all()
    assert len(found.value) == 2
    assert found.bad.tolist() == [True, False]


def test_an_empty_column_gives_empty_numbers() -> None:
    assert len(numbers_of(column([])).value) == 0
    assert len(numbers_of(column([], FLOAT)).value) == 0


def test_a_column_in_several_pieces_is_read_through() -> None:
    pieces = pa.chunked_array([pa.array(["1,5"]), pa.array(["<2", None])])
    found = numbers_of(pieces)
    assert found.value[:2].tolist() == [1.5, 2.0]
    assert found.qualifier is not None
    assert found.qualifier.tolist() == ["", "<", ""]


# ---- as texts ----------------------------------------------------------------------------------------------


def test_texts_are_trimmed_and_nothing_is_an_empty_text() -> None:
    assert texts_of(column([" 123Г ", None, ""])).to_pylist() == ["123Г", "", ""]


def test_whole_floats_are_shown_without_a_point_and_others_in_full() -> None:
    shown = texts_of(column([123.0, -4.0, 0.1, None, float("nan"), 1e15, 999_999_999_999_999.0], FLOAT))
    assert shown.to_pylist() == ["123", "-4", "0.1", "", "", "1000000000000000.0", "999999999999999"]


def test_whole_numbers_are_shown_as_they_are() -> None:
    assert texts_of(column([7, None], pa.int32())).to_pylist() == ["7", ""]
    assert texts_of(column([float("inf"), float("-inf")], FLOAT)).to_pylist() == ["inf", "-inf"]


# ---- properties --------------------------------------------------------------------------------------------

FINITE = st.floats(allow_nan=False, allow_infinity=False, width=64)


@given(st.lists(FINITE, min_size=1, max_size=8))
def test_every_float_written_by_python_comes_back_with_point_and_with_comma(values: list[float]) -> None:
    assert read(*map(repr, values)) == values
    assert read(*(repr(value).replace(".", ",") for value in values)) == values


@given(st.lists(FINITE, min_size=1, max_size=8))
def test_a_float_shown_as_text_is_the_same_number_again(values: list[float]) -> None:
    shown = texts_of(column(values, FLOAT)).to_pylist()
    assert [float(text) for text in shown] == values


@given(st.integers(0, 10**12), st.integers(0, 99), st.sampled_from([" ", "\u00a0", "\u202f", "'"]))
def test_thousands_set_apart_are_one_number(whole: int, hundredths: int, apart: str) -> None:
    written = f"{whole:,}".replace(",", apart) + f",{hundredths:02}"
    assert read(written) == [pytest.approx(whole + hundredths / 100, rel=1e-12)]


@given(st.integers(1000, 10**9), st.integers(1, 99))
def test_english_and_german_thousands_mean_the_same(whole: int, hundredths: int) -> None:
    english = f"{whole:,}.{hundredths:02}"
    german = english.translate(str.maketrans(",.", ".,"))
    assert read(english) == read(german) == [pytest.approx(whole + hundredths / 100, rel=1e-12)]


@given(st.floats(1e-6, 1e6), st.sampled_from(["<", ">"]))
def test_a_bound_is_the_number_beside_its_sign(value: float, sign: str) -> None:
    assert qualified(f"{sign}{value!r}".replace(".", ",")) == (value, sign)


@settings(max_examples=examples(40))
@given(st.lists(st.text(max_size=12), min_size=1, max_size=6))
def test_whatever_stands_in_a_column_each_cell_is_a_number_or_nothing_or_wrong(cells: list[str]) -> None:
    found = numbers_of(column(cells))
    assert len(found.value) == len(found.bad) == len(cells)
    assert np.isfinite(found.value[~found.bad & ~np.isnan(found.value)]).all()
    if found.qualifier is not None:
        assert not (found.bad & (found.qualifier != "")).any()


@pytest.mark.parametrize(
    "cell", ["12 5", "1.2,3", "1,2.3", "5x100", "1_0", "1 2 3", "12 3456", "1,23,456", "٣", "1,2·103"]
)
def test_what_was_not_written_as_a_number_is_not_made_one(cell: str) -> None:
    assert refused(cell)


def test_commas_group_thousands_where_the_column_says_so() -> None:
    found = numbers_of(column(["1,234", "987", "12,501.5", "2,5"]), ".")
    assert found.value[:3].tolist() == [1234.0, 987.0, 12501.5]
    found = numbers_of(column(["1.234", "987", "12.501,5"]), ",")
    assert found.value.tolist() == [1234.0, 987.0, 12501.5]


@pytest.mark.parametrize(("cell", "value"), [("1,2*10^299", 1.2e299), ("1,2*10^-299", 1.2e-299)])
def test_a_power_of_ten_is_read_up_to_what_a_float_holds_without_trouble(cell: str, value: float) -> None:
    assert read(cell) == [pytest.approx(value, rel=1e-12)]
    assert refused(cell.replace("299", "300"))


@pytest.mark.parametrize("cell", ["125¹", "12,5¹", "12,5 ²", "<0,05¹", "1.5₂", "5①", "110³", "½", "2½"])
def test_a_figure_above_or_below_the_line_is_none_of_the_number(cell: str) -> None:
    """A footnote made 1251 of 125."""
    assert refused(cell)


def test_figures_of_another_width_are_figures() -> None:
    assert read("１２,５", "1,2·10³²") == [12.5, pytest.approx(1.2e32)]


def test_a_formula_of_which_the_workbook_has_no_value_is_no_number() -> None:
    assert refused(FORMULA)


def test_one_cell_is_read_as_a_column_of_it_is() -> None:
    digits = ("0", "7", "12", "1234", "000", "5432109876")
    cells = [
        f"{sign}{whole}{mark}{part}"
        for sign in ("", "-", "+")
        for whole in digits
        for mark in ("", ".", ",")
        for part in ("", "5", "25", "125", "1250")
    ]
    for cell in (
        *cells,
        "",
        " 7 ",
        "1 234,5",
        "<5",
        "1e3",
        "nan",
        "inf",
        "н/о",
        "1,234,567",
        "1.2,3",
        "x",
        "١",
    ):
        found = numbers_of(column([cell]))
        value, bad = float(found.value[0]), bool(found.bad[0])
        known = not bad and found.qualifier is None and np.isfinite(value)
        assert number_of(cell) == (value if known else None), cell


def test_a_plain_number_that_is_typed_makes_no_column(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbers, "numbers_of", lambda column: 1 // 0)
    assert [number_of(cell) for cell in ("12", "-12,5", "0.25", "101325,1234")] == [
        12,
        -12.5,
        0.25,
        101325.1234,
    ]
