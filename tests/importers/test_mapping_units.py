"""Units that nobody named, and headers that are only nearly a known word."""

from __future__ import annotations

import numpy as np
import pytest

from app.importers.scoring import nearness
from app.importers.targets import Target
from app.importers.unit_guess import guess_unit
from app.importers.vocabulary import folded, vocabulary
from tests.importers.cells_at_hand import target
from tests.importers.test_mapping import DAYS, proposed

# ---- units that nobody named -------------------------------------------------------------------------------


PRESSURE = target("readings", "intake_pressure")


@pytest.mark.parametrize(
    ("values", "unit"),
    [
        ([5.2, 5.3], None),  # MPa, as usual
        ([52.0, 53.0], "bar"),
        ([5200.0, 5300.0], "kPa"),
        ([5.2e6, 5.3e6], "Pa"),
        ([0.0, 0.0], None),
        ([52.0] * 9 + [5e9], "bar"),
        ([52.0] * 8 + [5e9] * 2, None),
        ([0.0, 0.0, 0.0, 52.0], "bar"),
        ([], None),
    ],
)
def test_a_pressure_without_a_unit_is_in_the_first_unit_in_which_it_is_usual(
    values: list[float], unit: str | None
) -> None:
    assert guess_unit(np.array(values), PRESSURE) == unit


@pytest.mark.parametrize(
    "column",
    [
        Target("ph", "number", "ph", "number", 0, 14),
        Target("x", "number", "x", "pressure"),
        Target("x", "number", "x", "pressure", minimum=0),
        Target("x", "number", "x", "pressure", maximum=1),
        target("lab_result", "saturation_pressure"),
        target("readings", "motor_temperature"),
        target("readings", "motor_current"),
    ],
)
def test_no_unit_is_guessed_where_values_cannot_tell(column: Target) -> None:
    assert guess_unit(np.array([52.0, 53.0]), column) is None


def test_usual_values_tell_more_than_hard_limits() -> None:
    wide = Target("x", "number", "x", "pressure", 0, 1e9)
    assert guess_unit(np.array([52.0]), wide) is None
    usual = Target("x", "number", "x", "pressure", 0, 1e9, usual=(1e6, 20e6))
    assert guess_unit(np.array([52.0]), usual) == "bar"


def test_pressures_without_units_in_one_table_share_the_unit_that_one_of_them_tells() -> None:
    plan = proposed(["Дата", "Рпр", "Рбуф"], *([day, 52, 12] for day in DAYS), kind="readings")
    assert [column.unit for column in plan.columns] == ["", "bar", "bar"]


def test_a_pressure_with_a_unit_lends_it_to_nobody() -> None:
    plan = proposed(["Дата", "Рпр, атм", "Рбуф"], *([day, 52, 12] for day in DAYS), kind="readings")
    assert [column.unit for column in plan.columns] == ["", "атм", ""]


def test_a_pressure_that_would_be_unusual_in_the_shared_unit_keeps_its_own() -> None:
    """Six tenths of a bar are too little behind a pump: those were megapascals."""
    plan = proposed(["Дата", "Рпр", "Рвык"], *([day, 52, 0.6] for day in DAYS), kind="readings")
    assert [column.unit for column in plan.columns] == ["", "bar", ""]


# ---- near spellings ----------------------------------------------------------------------------------------


def near(header: str, named: str) -> float:
    return nearness(folded(header), named, vocabulary())


def test_a_slip_of_the_pen_is_near_and_an_exact_word_at_most_nine_tenths() -> None:
    assert near("Давление на приёме насоса", "intake_pressure") == pytest.approx(0.9)
    assert 0.75 < near("Давление на приёме насосса", "intake_pressure") < 0.9
    assert near("насоса приёме на давление", "intake_pressure") == pytest.approx(0.9)


def test_a_known_word_inside_a_longer_header_is_near() -> None:
    assert near("Средний дебит жидкости по АГЗУ за месяц", "liquid_rate") == 0.86


def test_short_headers_are_compared_exactly_only() -> None:
    assert near("F", "frequency") == 0.0
    assert near("ток", "motor_current") == 0.0
    assert near("токк", "motor_current") == 0.0


def test_other_words_and_other_fields_are_far() -> None:
    assert near("Фаза луны", "intake_pressure") == 0.0
    assert near("Давление на приёме насоса", "motor_current") == 0.0
    assert near("Давление на приёме насоса", "no such field") == 0.0
