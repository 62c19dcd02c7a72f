"""Kinds of cards that a stranger's simulator drew and the diagnosis got wrong (docs/DIAGNOSIS.md, blind)."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from app.analysis import examples
from app.analysis.cards import strings
from app.analysis.cards.figures import analyse
from app.analysis.diagnosis import diagnose_card
from app.analysis.rules.base import Verdict
from app.analysis.rules.card_fillage import judge_gas, judge_lock
from app.analysis.rules.card_rods_parted import unit_of_a_whole_string
from app.analysis.rules.card_valve_leaks import judge_standing
from app.core.errors import KnownError
from app.models.cards import Card

CARD = examples.card().card
STRETCH = sum(rod.length_m / (rod.modulus_pa * math.pi / 4 * rod.diameter_m**2) for rod in CARD.bore.rods)
TURN = 2 * np.pi * np.arange(200) / 200


def said(card: Card) -> dict[str, Verdict]:
    return dict(diagnose_card(analyse(card)))


@cache
def stuck(rub: float) -> dict[str, Verdict]:
    """A string whose end stands still, pulled by 45 kN each stroke, slowly; `rub` in the stuffing box."""
    position = 0.5 * 45e3 * STRETCH * (1 - np.cos(TURN))
    pulled = 0.8 * strings.weight_in_air(CARD.bore.rods) - 8e3 + position / STRETCH
    return said(
        replace(
            CARD, position_m=position, load_n=pulled + rub * np.sign(np.sin(TURN)), strokes_per_minute=2.0
        )
    )


@pytest.mark.parametrize("rub", [300.0, 800.0, 1500.0])
def test_a_plunger_that_stands_still_is_stuck_and_not_a_pump_with_friction(rub: float) -> None:
    found = stuck(rub)
    assert next(iter(found)) == "bent_barrel"
    assert found["bent_barrel"].confidence > 0.7
    [told] = [one for one in found["bent_barrel"].evidence if one.code == "rods_take_the_stroke"]
    assert told.details["moved"] < 0.25
    assert "high_friction" not in found


def test_a_pump_that_works_is_not_stuck() -> None:
    assert "bent_barrel" not in said(CARD)


def test_a_stroke_in_another_unit_is_asked_about() -> None:
    """120 may be inches or centimetres: the answer is of inches, and the record is what is asked about."""
    found = said(replace(CARD, position_m=CARD.position_m / 0.0254, bore=replace(CARD.bore, unit={})))
    [told] = found["sensor_fault"].evidence
    assert (told.code, told.details) == ("position_unit", {"unit": "in"})
    assert found["sensor_fault"].confidence == pytest.approx(0.6)


def test_a_peak_that_the_cell_cut_is_told_and_does_not_hide_what_the_pump_does() -> None:
    cut = float(np.sort(CARD.load_n)[-8])
    found = said(replace(CARD, load_n=np.minimum(CARD.load_n, cut)))
    assert next(iter(found)) == next(iter(said(CARD))) == "full_pump"
    assert found["sensor_fault"].confidence == pytest.approx(0.6)
    assert found["sensor_fault"].evidence[0].details["load"] == pytest.approx(cut)


@pytest.mark.parametrize(("turn_speed", "least", "most"), [(0.1, 0.7, 0.75), (0.41, 0.0, 0.4)])
def test_gas_on_a_belt_that_turns_between_two_points_is_no_leak_of_the_standing_valve(
    turn_speed: float, least: float, most: float
) -> None:
    """A fall over 0.15 of the stroke and a hundredth of it before the bottom, where a belt is still fast: a
    crank would have passed both at the speed of a leak."""
    marks = {"leak_down": 0.55, "slow_unloading": 0.15, "early_loading": 0.012, "turn_speed": turn_speed}
    [verdict] = judge_standing(examples.card_case(marks))
    assert least <= verdict.confidence <= most


@pytest.mark.parametrize(("unit", "newtons"), [("lbf", 4.4482216), ("kgf", 9.80665)])
def test_loads_that_are_a_whole_strings_in_another_unit_are_no_break_without_a_question(
    unit: str, newtons: float
) -> None:
    """A pump at work whose rods swing so much that the record is as thin as a break's: it was one, 0.97."""
    case = examples.card_case()
    assert case.analysis.lines is not None
    assert case.loads is not None
    clean = replace(case.analysis.clean, load_n=case.analysis.clean.load_n / newtons)
    shrunk = replace(case.analysis.lines, upper_n=case.analysis.lines.upper_n / newtons, lower_n=-2e4)
    column = case.analysis.lines.fluid_load_n / case.loads.fluid
    loads = replace(case.loads, fluid=shrunk.fluid_load_n / column, weight_ratio=0.2)
    analysis = replace(case.analysis, clean=clean, lines=shrunk)
    other = replace(case, analysis=analysis, loads=loads)
    assert unit_of_a_whole_string(other) == unit
    assert unit_of_a_whole_string(case) is None
    rest = replace(clean, load_n=float(clean.load_n.mean()) + 0.1 * (clean.load_n - clean.load_n.mean()))
    assert unit_of_a_whole_string(replace(other, analysis=replace(analysis, clean=rest))) is None


@pytest.mark.parametrize("newtons", [9806.65, 1e3])
def test_loads_in_a_unit_that_nobody_named_are_asked_about_and_no_dead_cell(newtons: float) -> None:
    """Rods that were entered three times too long: no unit fits them, and the cell was called dead."""
    rods = tuple(replace(rod, length_m=3 * rod.length_m) for rod in CARD.bore.rods)
    other = replace(CARD, load_n=CARD.load_n / newtons, bore=replace(CARD.bore, rods=rods))
    with pytest.raises(KnownError) as refused:
        analyse(other)
    assert refused.value.code == "card_load_small"


def test_a_thin_card_in_tonnes_is_asked_about_and_no_dead_cell() -> None:
    """Its rods fit, but a rest of them may be as thin: the unit is not taken, and the cell is not dead."""
    load = CARD.load_n.mean() + 0.2 * (CARD.load_n - CARD.load_n.mean())
    with pytest.raises(KnownError) as refused:
        analyse(replace(CARD, load_n=load / 9806.65))
    assert refused.value.code == "card_load_small"


def test_a_cell_that_tells_one_load_is_dead() -> None:
    with pytest.raises(KnownError) as refused:
        analyse(replace(CARD, load_n=np.full(len(CARD.load_n), 4.0)))
    assert refused.value.code == "card_load_dead"


def test_a_fat_lens_that_nothing_comes_out_of_is_no_pump_that_fills_in_part_for_sure() -> None:
    """Gas lock on dirty records was gas interference, 0.9: its load came on over a quarter of the stroke and
    went over three quarters of it.
    """
    fat = {"area": 0.7, "loading": 0.23, "slow_unloading": 0.76, "fillage": 0.18, "unloading_width": 0.65}
    case = examples.card_case(fat, {"rate_ratio": 0.0})
    [gas], [lock] = judge_gas(case), judge_lock(case)
    assert gas.confidence < 0.7
    assert lock.confidence > 0.4
    quick = examples.card_case({**fat, "loading": 0.05})
    assert judge_lock(quick) == []
    assert judge_gas(quick)[0].confidence > gas.confidence
