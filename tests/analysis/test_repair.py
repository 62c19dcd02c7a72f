"""Recorded cards lie in many ways: what is put right is said, and the figures come out as if nothing had been
wrong.
"""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.cards import figures
from app.analysis.cards.repair import repair
from app.analysis.cards.unit import motion_over_time
from app.analysis.simulate import rod_faults, rod_wells
from app.analysis.simulate.pump import PumpRun
from app.analysis.simulate.recorder import recorded
from app.analysis.simulate.rod_pump import run_cards
from app.core.errors import KnownError
from app.models.cards import Card, WellBore
from app.services.diagnosis.cards import answer
from tests.analysis.test_cards import CARD, EXPECTED, LINKAGE, WHEN, rod_well
from tests.proofs import examples

UNIT = {
    "geometry": "conventional",
    "api_A_m": LINKAGE.a_m,
    "api_C_m": LINKAGE.c_m,
    "api_K_m": LINKAGE.k_m,
    "api_P_m": LINKAGE.p_m,
    "api_R_m": LINKAGE.r_m,
}
KEYS = ("fillage", "fluid_load_n", "gross_stroke_m", "peak_polished_rod_load_n", "polished_rod_power_w")


def same_figures(card: Card, code: str, rel: float = 0.03) -> None:
    analysis = figures.analyse(card)
    assert code in {remark.code for remark in analysis.remarks}
    for key in KEYS:
        assert analysis.measures[key] == pytest.approx(EXPECTED[key], rel=rel), key


@pytest.mark.parametrize(
    ("factor", "unit"), [(1 / 0.0254, "in"), (1000.0, "mm"), (1 / 0.3048, "ft"), (100.0, "cm")]
)
def test_a_position_in_another_unit_is_told_by_the_units_own_stroke(factor: float, unit: str) -> None:
    card = replace(CARD, position_m=CARD.position_m * factor, bore=replace(CARD.bore, unit=UNIT))
    same_figures(card, "position_unit")
    remark = next(r for r in figures.analyse(card).remarks if r.code == "position_unit")
    assert remark.details["unit"] == unit


@pytest.mark.parametrize("factor", [1 / 4.4482216, 1 / 9.80665, 1e-3, 1e-3 / 9.80665])
def test_a_load_in_another_unit_is_told_by_the_weight_of_the_rods(factor: float) -> None:
    same_figures(replace(CARD, load_n=CARD.load_n * factor), "load_unit")


def test_of_two_strokes_in_one_record_one_is_taken() -> None:
    twice = replace(CARD, position_m=np.tile(CARD.position_m, 2), load_n=np.tile(CARD.load_n, 2))
    same_figures(twice, "several_strokes")


def test_points_by_position_get_their_time_back_from_the_units_motion() -> None:
    """As a recorder samples that is triggered by the way of the rod: equal steps of position, not of time."""
    run = run_cards(rod_well(), PumpRun.of(1), points=800)
    position, load = run.surface_position_m[0], run.surface_load_n[0]
    top = int(np.argmax(position))
    steps = np.linspace(0.002, 0.998, 150) * position.max()
    up = np.interp(steps, np.maximum.accumulate(position[: top + 1]), load[: top + 1])
    down = np.interp(steps, np.maximum.accumulate(position[top:][::-1]), load[top:][::-1])
    card = replace(
        CARD,
        position_m=np.r_[steps, steps[::-1]],
        load_n=np.r_[up, down[::-1]],
        bore=replace(CARD.bore, unit=UNIT),
    )
    analysis = figures.analyse(card)
    assert "time_from_unit" in {remark.code for remark in analysis.remarks}
    assert analysis.measures["fillage"] == pytest.approx(EXPECTED["fillage"], abs=0.03)
    assert analysis.measures["fluid_load_n"] == pytest.approx(EXPECTED["fluid_load_n"], rel=0.08)
    clean = repair(card)
    moved = motion_over_time(LINKAGE, len(clean.position_m))
    assert np.abs(clean.position_m - moved).max() <= 0.05 * LINKAGE.stroke_m


def test_a_last_point_that_is_the_next_strokes_first_is_seen_and_solved_by_differences() -> None:
    load = np.r_[CARD.load_n, CARD.load_n[0] - 4_000]
    card = replace(CARD, position_m=np.r_[CARD.position_m, CARD.position_m[0]], load_n=load)
    analysis = figures.analyse(card)
    assert analysis.clean.closes_twice
    assert analysis.measures["fluid_load_n"] == pytest.approx(EXPECTED["fluid_load_n"], rel=0.05)


def test_a_clipped_cell_and_a_wrong_zero_are_said() -> None:
    high = float(np.sort(CARD.load_n)[-1] - 0.35 * np.ptp(CARD.load_n))
    codes = {
        remark.code for remark in figures.analyse(replace(CARD, load_n=np.minimum(CARD.load_n, high))).remarks
    }
    assert "load_clipped" in codes
    codes = {remark.code for remark in figures.analyse(replace(CARD, load_n=CARD.load_n + 60e3)).remarks}
    assert "load_offset" in codes


@pytest.mark.slow
@settings(max_examples=examples(40), deadline=None)
@given(seed=st.integers(0, 100_000))
def test_whatever_the_well_the_answer_is_strict_json_with_a_finding(seed: int) -> None:
    rng = np.random.default_rng(seed)
    code = str(rng.choice(list(rod_faults.FAULTS)))
    made = rod_faults.simulate([(code,)], [rod_wells.draw(rng)], rng)
    card = recorded(made, 0, rng)
    if rng.random() < 0.3:
        card = replace(card, bore=WellBore())
    try:
        said = answer(figures.analyse(card))
    except KnownError as error:
        assert error.code.startswith("card_")
        return
    text = json.dumps(said, allow_nan=False)
    assert json.loads(text)["findings"]
    assert all(0 <= finding["confidence"] <= 1 for finding in said["findings"])


@settings(max_examples=examples(60), deadline=None)
@given(data=st.data())
def test_any_numbers_at_all_are_analysed_or_refused_with_a_reason(data: st.DataObject) -> None:
    n = data.draw(st.integers(2, 80))
    numbers = st.floats(-1e6, 1e6) | st.sampled_from([np.nan, np.inf, 0.0])
    position = np.array(data.draw(st.lists(numbers, min_size=n, max_size=n)))
    load = np.array(data.draw(st.lists(numbers, min_size=n, max_size=n)))
    card = Card(
        "x",
        WHEN,
        data.draw(st.floats(0.01, 60)),
        position,
        load,
        bore=CARD.bore if data.draw(st.booleans()) else WellBore(),
    )
    try:
        analysis = figures.analyse(card)
    except KnownError as error:
        assert error.code.startswith("card_")
        return
    assert analysis.measures["surface_stroke_m"] > 0


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"position_m": CARD.position_m[:20], "load_n": CARD.load_n[:20]}, "card_too_short"),
        ({"load_n": np.r_[np.nan, CARD.load_n[1:]]}, "card_not_numbers"),
        ({"strokes_per_minute": 0.1}, "card_speed"),
        ({"strokes_per_minute": 31.0}, "card_speed"),
    ],
)
def test_what_cannot_be_read_is_refused_before_anything_is_made_of_it(
    changed: dict[str, object], code: str
) -> None:
    with pytest.raises(KnownError) as refused:
        repair(replace(CARD, **changed))  # type: ignore[arg-type]
    assert refused.value.code == code
