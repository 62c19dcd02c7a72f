"""What stands in the cells of one column."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.importers.row_values import number_of, text_of
from app.importers.rows import Rows
from app.importers.sheet_reading import SheetReading
from tests.importers.sheets_at_hand import marks, numbers, reading_at_hand


def of_numbers(
    kind: str, field: str, unit: str, *cells: Any, technical: bool = False
) -> tuple[Rows, SheetReading]:
    reading = reading_at_hand(kind, ((field, unit),), *([cell] for cell in cells), technical=technical)
    n = len(reading.line)
    rows = Rows(kind, reading.line, np.full(n, "1", object), np.zeros(n, np.int64), None, {})
    target = reading.kind.target(field)
    assert target is not None
    number_of(reading, rows, 0, reading.plan.columns[0], target)
    return rows, reading


def of_texts(kind: str, field: str, *cells: Any) -> tuple[list[Any], SheetReading]:
    reading = reading_at_hand(kind, (field, ""), *([cell, "x"] for cell in cells))
    target = reading.kind.target(field)
    assert target is not None
    return text_of(reading, 0, target).tolist(), reading


# ---- numbers -----------------------------------------------------------------------------------------------


def test_numbers_are_turned_into_si_by_the_columns_unit() -> None:
    rows, reading = of_numbers("readings", "intake_pressure", "бар", 52, "53,5")
    assert rows.values["intake_pressure"] == pytest.approx([5.2e6, 5.35e6])
    assert rows.shown["intake_pressure"].tolist() == [52.0, 53.5]
    unit = rows.units["intake_pressure"]
    assert unit is not None
    assert unit.en == "bar"
    assert rows.assumed == {}
    assert reading.problems == []


def test_a_unit_with_an_offset_is_turned_too() -> None:
    rows, _ = of_numbers("readings", "motor_temperature", "°C", 100)
    assert rows.values["motor_temperature"] == pytest.approx([373.15])


@pytest.mark.parametrize("unit", ["попугаев", "°C", "BFPD"])
def test_a_unit_that_is_named_and_not_known_is_an_error_and_nothing_is_put_in_its_place(unit: str) -> None:
    rows, reading = of_numbers("readings", "intake_pressure", unit, 5.2)
    assert "intake_pressure" not in rows.values
    assert [(p.code, p.details["unit"]) for p in reading.problems] == [("unit_unknown", unit)]
    assert reading.problems[0].details["near"]


def test_without_a_unit_the_usual_one_is_assumed_and_told() -> None:
    rows, _ = of_numbers("readings", "intake_pressure", "", 5.2)
    assert rows.values["intake_pressure"] == pytest.approx([5.2e6])
    assert rows.assumed["intake_pressure"].en == "MPa"


def test_an_atmosphere_is_a_technical_one_where_the_site_says_so() -> None:
    physical, _ = of_numbers("readings", "intake_pressure", "атм", 50)
    technical, _ = of_numbers("readings", "intake_pressure", "атм", 50, technical=True)
    assert physical.values["intake_pressure"] == pytest.approx([50 * 101_325])
    assert technical.values["intake_pressure"] == pytest.approx([50 * 98_066.5])
    bars, _ = of_numbers("readings", "intake_pressure", "бар", 50, technical=True)
    assert bars.values["intake_pressure"] == pytest.approx([50e5])


def test_a_plain_number_has_no_unit() -> None:
    rows, _ = of_numbers("readings", "value", "атм", 50)
    assert rows.values["value"].tolist() == [50.0]
    assert rows.units["value"] is None
    assert rows.assumed == {}


def test_a_cell_that_is_no_number_is_marked_and_has_no_value() -> None:
    rows, reading = of_numbers("flow_test", "water_cut", "%", 50, "5O1")
    assert numbers(rows.values["water_cut"]) == [0.5, None]
    assert marks(reading) == [(3, 0, "value_not_number", "error")]
    assert reading.problems[0].value == "5O1"


def test_a_word_among_numbers_is_left_empty_and_said_unless_the_row_is_nothing_without_it() -> None:
    rows, reading = of_numbers("flow_test", "water_cut", "%", 50, "много")
    assert numbers(rows.values["water_cut"]) == [0.5, None]
    assert marks(reading) == [(3, 0, "value_bad_word", "warning")]
    _, reading = of_numbers("flow_test", "liquid_m3_per_s", "м3/сут", 50, "много")
    assert marks(reading) == [(3, 0, "value_not_number", "error")]
    _, reading = of_numbers("flow_test", "water_cut", "%", "много", "мало", 50)
    assert [severity for *_, severity in marks(reading)] == ["warning", "warning"]
    _, reading = of_numbers("flow_test", "water_cut", "%", "много", "мало", "средне", 50)
    assert [severity for *_, severity in marks(reading)] == ["error"] * 3


def test_a_bound_is_an_error_and_a_laboratorys_word_a_warning_outside_laboratories() -> None:
    rows, reading = of_numbers("flow_test", "water_cut", "%", "<5", "следы", "50")
    assert numbers(rows.values["water_cut"]) == [None, None, 0.5]
    assert marks(reading) == [(2, 0, "value_qualified", "error"), (3, 0, "value_qualified", "warning")]
    assert rows.qualifiers == {}


# ---- limits ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "outside"), [(0, False), (100, False), (50, False), (-0.1, True), (100.1, True), ("", False)]
)
def test_outside_the_hard_limits_is_an_error_and_at_them_is_none(cell: Any, outside: bool) -> None:
    rows, reading = of_numbers("flow_test", "water_cut", "%", cell, 1)
    assert marks(reading) == ([(2, 0, "value_out_of_range", "error")] if outside else [])
    if cell != "" and not outside:
        assert rows.values["water_cut"][0] == pytest.approx(cell / 100)


def test_rounding_does_not_put_a_value_outside() -> None:
    _, reading = of_numbers("flow_test", "water_cut", "%", 100 * (1 + 1e-12), 100 * (1 + 1e-6))
    assert marks(reading) == [(3, 0, "value_out_of_range", "error")]
    _, reading = of_numbers("wells", "depth_m", "м", 10 * (1 - 1e-12), 10 * (1 - 1e-6), 9)
    assert [line for line, *_ in marks(reading)] == [3, 4]


def test_readings_outside_their_limits_are_kept_and_said() -> None:
    rows, reading = of_numbers("readings", "intake_pressure", "МПа", 500)
    assert rows.values["intake_pressure"] == pytest.approx([5e8])
    assert marks(reading) == [(2, 0, "value_out_of_range", "warning")]


# ---- laboratories ------------------------------------------------------------------------------------------


def test_a_result_stays_in_the_laboratorys_unit_whatever_it_came_in() -> None:
    rows, _ = of_numbers("lab_result", "oil_density_20c", "г/см3", "0,85")
    assert rows.values["oil_density_20c"] == pytest.approx([850.0])
    rows, _ = of_numbers("lab_result", "oil_density_20c", "кг/м3", 850)
    assert rows.values["oil_density_20c"].tolist() == [850.0]
    rows, _ = of_numbers("lab_result", "water_cut", "%", 50)
    assert rows.values["water_cut"].tolist() == [50.0]


def test_a_result_without_a_unit_is_as_the_laboratory_keeps_it_and_nothing_is_assumed() -> None:
    rows, reading = of_numbers("lab_result", "oil_density_20c", "", 850)
    assert rows.values["oil_density_20c"].tolist() == [850.0]
    assert rows.assumed == {}
    assert reading.problems == []


def test_limits_of_a_result_hold_in_the_laboratorys_unit() -> None:
    assert marks(of_numbers("lab_result", "oil_density_20c", "г/см3", "0,85", "8,5")[1]) == [
        (3, 0, "value_out_of_range", "error")
    ]
    assert marks(of_numbers("lab_result", "oil_density_20c", "", 0.85)[1]) == [
        (2, 0, "value_out_of_range", "error")
    ]


def test_a_results_qualifier_is_kept_beside_its_number() -> None:
    rows, reading = of_numbers("lab_result", "chlorides", "мг/л", "<5", "н/о", "7")
    assert numbers(rows.values["chlorides"]) == [5.0, None, 7.0]
    assert rows.qualifiers["chlorides"].tolist() == ["<", "н/о", ""]
    assert reading.problems == []
    assert "chlorides" not in of_numbers("lab_result", "chlorides", "мг/л", 7)[0].qualifiers


def test_the_value_of_a_table_in_long_form_is_left_to_its_parameter() -> None:
    rows, _ = of_numbers("lab_result", "value", "", "<0,5", 2)
    assert rows.values["value"].tolist() == [0.5, 2.0]
    assert rows.qualifiers["value"].tolist() == ["<", ""]


# ---- texts, choices, flags ---------------------------------------------------------------------------------


def test_texts_stand_as_written_and_a_sign_for_nothing_is_nothing() -> None:
    found, reading = of_texts("flow_test", "note", "после ГТМ", "-", "н/д", "", "N/A")
    assert found == ["после ГТМ", "", "", "", ""]
    assert reading.problems == []


def test_a_sensors_name_is_taken_as_it_is() -> None:
    assert of_texts("readings", "sensor", "Рпр", "-")[0] == ["Рпр", "-"]


def test_flags_are_yes_no_or_nothing_and_other_words_are_marked() -> None:
    found, reading = of_texts("flow_test", "valid", "да", "нет", "", "возможно")
    assert found == [True, False, None, None]
    assert marks(reading) == [(5, 0, "value_not_flag", "error")]


def test_choices_are_codes_and_other_words_are_marked_with_what_is_known() -> None:
    found, reading = of_texts("workover", "kind", "ТРС", "", "покраска", "крс")
    assert found == ["trs", "", "", "krs"]
    assert marks(reading) == [(4, 0, "value_not_choice", "error")]
    assert reading.problems[0].details["known"]["ru"] == "ТРС, КРС, ПРС, ОПЗ, ГРП, Другое"


def test_a_column_that_holds_no_choice_at_all_may_be_another_column_that_is_said() -> None:
    found, reading = of_texts("wells", "state", "Иванов", "Петров")
    assert found == ["", ""]
    assert [mark[3] for mark in marks(reading)] == ["warning", "warning"]
    assert [mark[3] for mark in marks(of_texts("wells", "state", "Иванов", "раб")[1])] == ["error"]


def test_a_lift_that_nobody_knows_is_never_another_one() -> None:
    assert [mark[3] for mark in marks(of_texts("wells", "lift", "ЧПУ")[1])] == ["error"]


def test_an_empty_column_has_no_texts() -> None:
    assert of_texts("flow_test", "note")[0] == []
    assert of_texts("flow_test", "valid")[0] == []
