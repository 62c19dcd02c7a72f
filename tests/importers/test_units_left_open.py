"""Units that no file names: what the values leave open is asked, and what was answered is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.core.unit_spellings import find_unit
from app.core.units import Unit
from app.importers.american import american
from app.importers.card_units import card_units
from app.importers.gas_amounts import gas_amounts
from app.importers.grid import sheet_of
from app.importers.plan import ColumnPlan, SheetPlan
from app.importers.pressure_units import Unlabelled, open_units, said
from app.importers.rows import Problem
from app.importers.sheets import Layout, Sheet
from app.importers.targets import TABLE_KINDS, Target
from app.importers.unit_guess import guess_unit, usual_share
from app.importers.vocabulary import vocabulary

Ask = tuple[SheetPlan, Problem | None]


def table(
    kind: str, columns: Sequence[tuple[str, str, str]], *rows: Sequence[Any], **answers: str
) -> tuple[Sheet, SheetPlan]:
    """Of columns of (header, field, unit in the plan)."""
    cells = [[header for header, _, _ in columns], *map(list, rows)]
    sheet = sheet_of(Path("f.xlsx"), "Л", cells, vocabulary(), Layout(0))
    assert sheet is not None
    plans = tuple(ColumnPlan(header, field, unit) for header, field, unit in columns)
    return sheet, SheetPlan("Л", kind, Layout(0), plans, answers=answers)


# ---- gas ---------------------------------------------------------------------------------------------------


def gas(amount: float, oil: float, *, field: str = "oil_m3", unit: str = "", **answers: str) -> Ask:
    columns = [("Gas", "gas_m3", ""), ("Oil", field, unit)]
    return gas_amounts(*table("production", columns, [0, oil], [amount, oil], **answers))


@pytest.mark.parametrize(
    ("amount", "oil", "asked"),
    [
        (1.0, 10.0, True),  # 0.1 m³/m³ is of no oil, 100 is
        (0.1, 10.0, True),
        (0.099, 10.0, False),
        (99.9, 10.0, True),
        (100.0, 10.0, False),  # a dead oil has 10
        (5000.0, 10.0, False),
        (200.0, 20.0, False),
    ],
)
def test_gas_that_comes_out_of_no_oil_as_cubic_metres_and_of_some_as_thousands_is_asked_of(
    amount: float, oil: float, asked: bool
) -> None:
    plan, problem = gas(amount, oil)
    assert plan.columns[0].unit == ""
    assert (problem is not None) is asked
    if problem is not None:
        assert (problem.line, problem.column, problem.code, problem.severity) == (
            3,
            0,
            "gas_unit",
            "question",
        )
        assert set(problem.options) == {"thousands", "ones"}


def test_oil_in_tonnes_is_a_volume_of_a_usual_density_for_that() -> None:
    """8.5 t of 850 kg/m³ are 10 m³."""
    assert gas(99.9, 8.5, field="oil_kg", unit="т")[1] is not None
    assert gas(100.1, 8.5, field="oil_kg", unit="т")[1] is None


def test_what_was_said_of_gas_is_done_and_a_unit_that_is_named_is_not_asked_of() -> None:
    plan, problem = gas(1.0, 10.0, gas_unit="thousands")
    assert problem is None
    unit = find_unit(plan.columns[0].unit)
    assert unit is not None
    assert unit.to_si(1.0) == 1000.0
    assert plan.columns[0].why == "chosen"
    assert gas(1.0, 10.0, gas_unit="ones") == (gas(1.0, 10.0, gas_unit="ones")[0], None)
    assert gas(1.0, 10.0, gas_unit="ones")[0].columns[0].unit == ""
    named = table("production", [("Gas, m3", "gas_m3", ""), ("Oil", "oil_m3", "")], [1, 10])
    assert gas_amounts(*named)[1] is None
    alone = table("production", [("Gas", "gas_m3", "")], [1])
    assert gas_amounts(*alone)[1] is None


# ---- cards -------------------------------------------------------------------------------------------------


def card(strokes: list[float], loads: list[float], units: tuple[str, str] = ("", ""), **answers: str) -> Ask:
    columns = [("Position", "position", units[0]), ("Load", "load", units[1])]
    return card_units(*table("card", columns, *zip(strokes, loads, strict=True), **answers))


@pytest.mark.parametrize(
    ("stroke", "asked"), [(12.0, False), (12.1, True), (60.0, True), (599.0, True), (600.0, False)]
)
def test_a_stroke_that_is_neither_metres_nor_millimetres_is_asked_of(stroke: float, asked: bool) -> None:
    _, problem = card([5.0, 5.0 + stroke], [4000.0, 9332.0])
    assert (problem is not None) is asked


def test_the_question_of_a_cards_units_shows_both_in_metres_and_kilonewtons() -> None:
    """60 in are 1.524 m, 9332 lbf 41.51 kN; 60 cm are 0.6 m, 9332 kgf 91.5 kN."""
    _, problem = card([5.0, 65.0], [4000.0, 9332.0])
    assert problem is not None
    assert (problem.line, problem.column, problem.value) == (2, 0, "60 / 9332")
    shown = {answer: text["en"] for answer, text in problem.options.items() if isinstance(text, dict)}
    assert shown == {
        "in/lbf": "60 in, 9332 lbf → 1.52 m, 41.5 kN",
        "cm/kgf": "60 cm, 9332 kgf → 0.6 m, 91.5 kN",
    }
    _, problem = card([5.0, 65.0], [40.0, 93.0], ("", "кН"))
    assert problem is not None
    first = problem.options["in/lbf"]
    assert isinstance(first, dict)
    assert first["en"] == "60 in, 93 kN → 1.52 m, 93 kN"


def test_what_was_said_of_a_cards_units_is_done() -> None:
    plan, problem = card([5.0, 65.0], [4000.0, 9332.0], card_units="in/lbf")
    assert problem is None
    assert [column.unit for column in plan.columns] == ["in", "lbf"]
    plan, _ = card([5.0, 65.0], [40.0, 93.0], ("", "кН"), card_units="cm/kgf")
    assert [column.unit for column in plan.columns] == ["cm", "кН"]
    plan, problem = card([5.0, 65.0], [40.0, 93.0], ("in", ""))
    assert (plan.columns[0].unit, problem) == ("in", None)
    assert card([5.0, 65.0], [40.0, 93.0], card_units="что-то")[1] is not None


# ---- pressures ---------------------------------------------------------------------------------------------


def unit(text: str) -> Unit:
    found = find_unit(text, "pressure")
    assert found is not None
    return found


def column(written: str, *values: float, maximum: float | None = 100e6) -> Unlabelled:
    return Unlabelled(
        0, Target("p", "number", "p", "pressure", 0.0, maximum), unit(written), np.array(values)
    )


@pytest.mark.parametrize(
    ("columns", "left"),
    [
        ([column("МПа", 5.0, 6.0)], []),
        ([column("МПа", 5.0), column("МПа", 12.0)], []),
        ([column("МПа", 80.0)], []),  # at eight tenths of the highest that can be
        ([column("МПа", 81.0)], ["MPa", "bar", "kPa", "psi"]),
        ([column("МПа", 0.0, 0.0, 81.0)], ["MPa", "bar", "kPa", "psi"]),
        ([column("МПа", 0.0, 0.0)], []),
        ([column("psi", 500.0)], ["psi", "kPa", "bar"]),
        ([column("МПа", 5.0), column("бар", 50.0)], ["MPa", "bar"]),
        ([column("бар", 50.0), column("атм", 50.0)], []),  # a percent apart: one answer
        ([column("МПа", 81.0, maximum=None)], []),
        ([column("бар", 50.0), column("bar(g)", 50.0)], []),
    ],
)
def test_pressures_whose_unit_the_values_leave_open_have_each_that_fits(
    columns: list[Unlabelled], left: list[str]
) -> None:
    found = [one.en for one in open_units(columns)]
    assert set(left) <= {*found} if left else found == []
    assert len(found) == len({*found})


def test_an_answer_is_a_unit_of_pressure() -> None:
    assert said("psi") is find_unit("psi", "pressure")
    assert said("м") is None


@pytest.mark.parametrize(
    ("values", "share"),
    [([5e6], 1.0), ([1e6, 20e6], 1.0), ([0.9e6, 5e6], 0.5), ([0.0, 21e6], 0.0), ([0.0], 1.0)],
)
def test_so_many_values_are_usual_zeros_aside(values: list[float], share: float) -> None:
    target = Target("x", "number", "x", "pressure", 0, 1e9, usual=(1e6, 20e6))
    assert usual_share(np.array(values), unit("Па"), target) == share
    assert usual_share(np.array(values), unit("Па"), replace(target, usual=None, minimum=None)) == 1.0


# ---- American tables ---------------------------------------------------------------------------------------


def beside(header: str, *columns: tuple[str, str, float], kind: str = "production", **answers: str) -> Ask:
    """`columns` of (header, field, value) beside one column of the header."""
    made = [(header, "", ""), *((name, field, "") for name, field, _ in columns)]
    return american(*table(kind, made, [1.0, *(value for *_, value in columns)], **answers))


def test_a_volume_without_a_unit_beside_barrels_is_asked_of() -> None:
    plan, problem = beside("Oil, bbl", ("Water", "water_m3", 300.0))
    assert problem is not None
    assert (problem.line, problem.column, problem.code) == (2, 1, "unnamed_units")
    assert set(problem.options) == {"us", "here"}
    assert plan.columns[1].unit == ""


@pytest.mark.parametrize(
    ("header", "column", "asked"),
    [
        ("Oil, m3", ("Water", "water_m3", 300.0), False),
        ("Oil, bbl", ("Water, m3", "water_m3", 300.0), False),
        ("Tubing pressure, psi", ("Water", "water_m3", 300.0), False),
        ("Tubing pressure, psi", ("Annulus pressure", "annulus_pressure_pa", 20.0), True),
        ("Depth, ft", ("Annulus pressure", "annulus_pressure_pa", 20.0), True),
        ("Oil, bbl", ("Hours", "on_stream_s", 20.0), False),
        ("Oil, bbl", ("Water", "water_m3", 0.0), False),
    ],
)
def test_barrels_and_feet_speak_for_all_and_pounds_for_pressures_alone(
    header: str, column: tuple[str, str, float], asked: bool
) -> None:
    assert (beside(header, column)[1] is not None) is asked


def test_what_was_said_of_an_american_table_is_done_for_every_column() -> None:
    columns = (
        ("Water", "water_m3", 300.0),
        ("Gas", "gas_m3", 50.0),
        ("Annulus", "annulus_pressure_pa", 20.0),
    )
    plan, problem = beside("Oil, bbl", *columns, unnamed_units="us")
    assert problem is None
    assert [c.unit for c in plan.columns[1:]] == ["bbl", "Mscf", "psi"]
    assert not any(c.guessed for c in plan.columns)
    plan, problem = beside("Oil, bbl", *columns, unnamed_units="here")
    assert problem is None
    assert [c.unit for c in plan.columns[1:]] == ["", "", ""]


def test_what_fits_only_as_american_is_taken_so_and_told_to_be_guessed() -> None:
    """A wellhead of 900 MPa is none; of 900 psi there are many."""
    plan, problem = beside("Oil, bbl", ("Tubing", "wellhead_pressure_pa", 900.0))
    assert problem is None
    assert (plan.columns[1].unit, plan.columns[1].guessed) == ("psi", True)


@pytest.mark.parametrize(
    ("stroke", "unit"), [(3.0, None), (599.0, None), (600.0, "mm"), (12_000.0, "mm"), (12_001.0, None)]
)
def test_a_stroke_of_hundreds_is_in_millimetres_and_what_else_it_may_be_is_not_guessed(
    stroke: float, unit: str | None
) -> None:
    position = TABLE_KINDS["card"].target("position")
    assert position is not None
    assert guess_unit(np.array([5.0, 5.0 + stroke]), position) == unit
    assert guess_unit(np.array([]), position) is None


@pytest.mark.parametrize(
    ("key", "kind", "values", "unit"),
    [
        ("gas_m3_per_s", "flow_test", [5000.0], None),
        ("liquid_m3_per_s", "flow_test", [80.0], None),
        ("liquid_m3_per_s", "flow_test", [1e-3], "m³/s"),
        ("motor_current", "readings", [30.0], None),
        ("motor_current", "readings", [0.0], None),
        ("intake_pressure", "readings", [52.0] * 9 + [9e9], "bar"),
        ("intake_pressure", "readings", [52.0] * 8 + [9e9] * 2, None),
    ],
)
def test_only_what_tells_itself_is_guessed(
    key: str, kind: str, values: list[float], unit: str | None
) -> None:
    target = TABLE_KINDS[kind].target(key)
    assert target is not None
    assert guess_unit(np.array(values), target) == unit
