"""Formulas over readings: what they come to, that units are checked, and that nothing else can be said."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.formula import LONGEST, Cells, read
from app.analysis.formula_units import Value, quantity_of
from app.core.errors import KnownError
from tests.proofs import examples

QUANTITIES = {
    "p": "pressure",
    "q": "rate",
    "f": "frequency",
    "t": "temperature",
    "u": "temperature",
    "i": "current",
}
NAMES = {name: name for name in QUANTITIES} | {"давление на приёме": "p"}
CELLS = Cells(
    600.0,
    {name: np.array([1.0, 2.0, 4.0, 8.0]) * (number + 1) for number, name in enumerate(QUANTITIES)},
    QUANTITIES,
)


def of(text: str) -> Value:
    return read(text, NAMES).of(CELLS)


def refused(text: str) -> KnownError:
    with pytest.raises(KnownError) as caught:
        of(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "first", "quantity"),
    [
        ("p - 0.5 Pa", 0.5, "pressure"),
        ("p − 0,5 Па", 0.5, "pressure"),
        ("[Давление на приёме] * 2", 2.0, "pressure"),
        ("t - u", -1.0, "temperature_step"),
        ("t", 4.0, "temperature"),
        ("q / f", 2 / 3, "volume"),
        ("1 - p / (2 * p)", 0.5, "number"),
        ("-p + 3 * p", 2.0, "pressure"),
        ("p ^ 2 / p", 1.0, "pressure"),
        ("2 + 3 * 4 - 6 / 2", 11.0, "number"),
        ("max(p, 3 Pa)", 3.0, "pressure"),
        ("abs(-i)", 6.0, "current"),
    ],
)
def test_a_formula_comes_to_what_it_says(text: str, first: float, quantity: str) -> None:
    found = of(text)
    assert found.value[0] == pytest.approx(first)
    assert quantity_of(found) == quantity


def test_a_mean_is_of_the_time_before_and_a_change_of_a_day() -> None:
    assert of("mean(p, 0.3333333 h)").value.tolist() == [1.0, 1.5, 3.0, 6.0]
    change = of("change(p)")
    assert np.isnan(change.value[[0, -1]]).all()
    assert change.value[1:3] == pytest.approx([3 / 1200 * 86_400, 6 / 1200 * 86_400])
    assert change.per_day
    assert refused("change(p) + p").code == "formula_units"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("p + q", "formula_units"),
        ("p + 1", "formula_units"),
        ("t + u", "formula_absolute"),
        ("t * 2", "formula_absolute"),
        ("p +", "formula_wrong"),
        ("(p", "formula_wrong"),
        ("p q", "formula_wrong"),
        ("p ^ 9", "formula_wrong"),
        ("3 parsecs", "formula_wrong"),
        ("mean(p)", "formula_wrong"),
        ("mean(p, q)", "formula_function"),
        ("r + p", "formula_name"),
        ("__import__('os')", "formula_name"),
        ("p.real", "formula_wrong"),
        ("", "formula_wrong"),
        ("(" * 200 + "p", "formula_wrong"),
        ("p" * (LONGEST + 1), "formula_too_long"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(text: str, code: str) -> None:
    assert refused(text).code == code


def test_a_division_by_nothing_is_no_number() -> None:
    cells = Cells(60.0, {"p": np.array([0.0, 1.0])}, QUANTITIES)
    value = read("1 / p", NAMES).of(cells).value
    assert np.isnan(value[0])
    assert value[1] == 1.0


@given(st.text(alphabet="pqft()[]+-*/^., 123hPaмean", max_size=40))
@settings(max_examples=examples(200))
def test_whatever_is_typed_is_read_or_refused(text: str) -> None:
    try:
        assert of(text).value.shape == (4,)
    except KnownError as error:
        assert error.code.startswith("formula_")
