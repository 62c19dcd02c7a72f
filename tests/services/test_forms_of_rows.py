"""Tables inside a form: what is typed into their cells, what is wrong with it, what a spreadsheet copies."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.core.errors import KnownError
from app.core.texts import Speaker
from app.models.kinds import KINDS
from app.models.kinds.spec import Field
from app.reports import record_words
from app.services.imports.pasted import block_of
from app.services.records import forms

RU = Speaker("ru")
RODS = KINDS["rod_string"].field("sections")
AT = datetime(2026, 3, 1, tzinfo=UTC)


def cell(key: str) -> Field:
    return next(one for one in RODS.cells if one.key == key)


def test_rows_are_read_with_a_comma_in_the_readers_units_and_blank_ones_are_not_there() -> None:
    typed = [{"length_m": "739,14", "diameter_m": "22,225", "part": "Штанги"}, {"grade": "  "}]
    assert forms.rows_of(RODS, typed, RU) == [{"length_m": 739.14, "diameter_m": 0.022225, "part": "rods"}]


@pytest.mark.parametrize(
    ("texts", "code", "told"),
    [
        ({"length_m": "5"}, "form_missing", "Секции сверху вниз, строка 3, Диаметр"),
        ({"length_m": "x", "diameter_m": "22"}, "form_value", "Секции сверху вниз, строка 3, Длина"),
        ({"length_m": "5", "diameter_m": "220"}, "form_range", "Секции сверху вниз, строка 3, Диаметр"),
    ],
)
def test_a_wrong_cell_is_told_with_its_row_and_column(texts: dict[str, str], code: str, told: str) -> None:
    good = {"length_m": "5", "diameter_m": "22"}
    with pytest.raises(KnownError) as caught:
        forms.rows_of(RODS, [good, {}, texts], RU)
    assert (caught.value.code, caught.value.details["field"]) == (code, told)


def test_a_table_that_must_be_there_and_an_empty_form_are_refused() -> None:
    for kind, code in (("rod_string", "form_missing"), ("pumping_unit", "form_empty")):
        with pytest.raises(KnownError, match=code):
            forms.record_of(KINDS[kind], "x", 1, AT, None, {"geometry": "conventional"}, RU)


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("diameter_m", "22,225", 0.022225),
        ("modulus_pa", "210290,097442", 210290097442.0),
        ("wave_speed_m_per_s", "4968,24", 4968.24),
        ("minimum_tensile_pa", "792,897089", 792897089.0),
    ],
)
def test_a_number_is_the_decimal_that_was_written_and_is_written_again_whole(
    key: str, text: str, value: float
) -> None:
    assert forms.judge(cell(key), text, RU).value == value
    assert record_words.as_typed(cell(key), value, RU) == text


def test_a_conversion_with_many_digits_is_shown_short() -> None:
    pressure = KINDS["head_pressures"].field("tubing_pressure_pa")
    assert record_words.as_typed(pressure, 689_476.0, RU) == "6,8"


@pytest.mark.parametrize(
    ("copied", "block"),
    [
        ("Глубина\tУгол\n0\t0,5\n100\t1,25\n", [["0", "0,5"], ["100", "1,25"]]),
        ('"Глубина,\nм"\tУгол\n"1 000"\t2\r\n\r\n', [["1 000", "2"]]),
        ("10;20\n30;40", [["10", "20"], ["30", "40"]]),
        ("ШН22\tД", [["ШН22", "Д"]]),
        ("", []),
    ],
)
def test_a_range_of_a_spreadsheet_is_cells_without_its_titles(copied: str, block: list[list[str]]) -> None:
    assert block_of(copied) == block
