"""Each kind of wrong answer that a second simulator (lumped masses in time) showed on its cards."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.analysis import examples
from app.analysis.cards.figures import CardAnalysis, analyse
from app.analysis.cards.record import load_factor
from app.analysis.contested import shared
from app.analysis.diagnosis import case_of
from app.analysis.rules import card_fillage, card_inputs, card_rods_parted, card_tagging
from app.analysis.rules.base import CardCase, Verdict
from app.analysis.rules.card_sensor_fault import lifts_a_column
from app.analysis.tempered import COARSE, DOUBTED, EITHER, slow_before_top, tempered


def said(case: CardCase, **found: float) -> dict[str, float]:
    verdicts = [(code, Verdict("watch", sure, ())) for code, sure in found.items()]
    return {code: verdict.confidence for code, verdict in tempered(case, verdicts)}


LEAK_UP = {"leak_up": 0.5, "loading": 0.05, "early_unloading": 0.06, "slow_unloading": 0.01}
LEAK_DOWN = {"leak_down": 0.5, "slow_unloading": 0.06, "early_loading": 0.06, "loading": 0.01}
SHORT = {"rate_ratio": 0.4}


def told(case: CardCase, code: str) -> tuple[float, list[str]]:
    [(_, verdict)] = tempered(case, [(code, Verdict("act", 0.95, ()))])
    return verdict.confidence, [item.code for item in verdict.against]


@pytest.mark.parametrize(("turn_speed", "sure"), [(0.32, 0.95), (0.35, DOUBTED), (0.6, DOUBTED)])
@pytest.mark.parametrize(
    ("code", "marks"), [("traveling_valve_leak", LEAK_UP), ("standing_valve_leak", LEAK_DOWN)]
)
def test_a_unit_that_turns_between_two_points_shows_no_leak_surely(
    code: str, marks: dict[str, float], turn_speed: float, sure: float
) -> None:
    """A cylinder's gas was a leaking standing valve, 0.86: what is between two points nobody saw."""
    slips = {name: value + turn_speed for name, value in marks.items() if name.startswith("leak_")}
    confidence, against = told(examples.card_case({**marks, **slips, "turn_speed": turn_speed}, SHORT), code)
    assert confidence == sure
    assert ("turns_between_points" in against) is (sure < 0.95)


def test_a_leak_told_by_corners_steps_behind_inputs_that_disagree() -> None:
    found = said(examples.card_case(), standing_valve_leak=0.93, inputs_disagree=0.62, fluid_pound=0.9)
    assert found["standing_valve_leak"] < found["inputs_disagree"] < found["fluid_pound"]


def test_a_whisper_of_inputs_takes_nothing_from_a_leak() -> None:
    leaking = examples.card_case(LEAK_DOWN, SHORT)
    assert said(leaking, standing_valve_leak=0.93, inputs_disagree=0.45)["standing_valve_leak"] == 0.93


def test_marks_as_narrow_as_two_points_of_a_coarse_record_are_not_sure() -> None:
    card = examples.card().card
    every = -(-len(card.load_n) // (COARSE - 10))
    coarse = analyse(replace(card, position_m=card.position_m[::every], load_n=card.load_n[::every]))
    assert len(coarse.card.load_n) < COARSE
    found = said(case_of(coarse), worn_barrel=0.95, fluid_pound=0.95)
    assert found == {"worn_barrel": DOUBTED, "fluid_pound": 0.95}


def belt(case: CardCase) -> CardCase:
    """The same card under a unit that turns in a twentieth of the stroke's time; nobody tested the rate."""
    n = len(case.analysis.clean.position_m)
    speed = np.tanh(12 * np.sin(2 * np.pi * (np.arange(n) + 0.5) / n))
    position = np.cumsum(speed)
    clean = replace(case.analysis.clean, position_m=2.5 * (position - position.min()) / np.ptp(position))
    assert case.loads is not None
    return replace(
        case, analysis=replace(case.analysis, clean=clean), loads=replace(case.loads, rate_ratio=float("nan"))
    )


def test_a_full_pump_of_a_unit_that_turns_at_once_may_leak_unseen_until_its_rate_is_measured() -> None:
    case = belt(examples.card_case())
    assert slow_before_top(case) < 0.015 < slow_before_top(examples.card_case())
    assert said(case, full_pump=0.95) == {"full_pump": DOUBTED}
    assert told(case, "full_pump") == (DOUBTED, ["leak_would_not_show"])
    assert case.loads is not None
    assert said(replace(case, loads=replace(case.loads, rate_ratio=0.95)), full_pump=0.95) == {
        "full_pump": 0.95
    }


def test_a_leak_of_one_valve_is_sure_when_speeds_and_missing_liquid_fit_it() -> None:
    assert told(examples.card_case(LEAK_UP, SHORT), "traveling_valve_leak") == (0.95, [])
    assert told(examples.card_case(LEAK_DOWN, SHORT), "standing_valve_leak") == (0.95, [])


@pytest.mark.parametrize(
    ("shape", "loads", "reason"),
    [
        (LEAK_UP, {"rate_ratio": float("nan")}, "lost_otherwise"),
        (LEAK_UP, {"rate_ratio": 0.7}, "lost_otherwise"),  # a leak of half of it leaves half of it
        ({**LEAK_UP, "leak_up": 0.0}, SHORT, "speeds_fit_no_leak"),
        ({**LEAK_UP, "slow_unloading": 0.04}, SHORT, "lag_looks_so"),
    ],
)
def test_a_load_lost_before_the_top_behind_a_slow_filter_is_no_sure_leak(
    shape: dict[str, float], loads: dict[str, float], reason: str
) -> None:
    """Holes and plungers that come out, seen by a recorder that lags, were told a leaking valve at 0.96."""
    assert told(examples.card_case(shape, loads), "traveling_valve_leak") == (DOUBTED, [reason])


def test_a_standing_valve_leaks_as_much_as_is_missing() -> None:
    arrives = examples.card_case(LEAK_DOWN, {"rate_ratio": 0.9})
    assert told(arrives, "standing_valve_leak") == (DOUBTED, ["rate_present"])


def test_what_a_cell_that_lags_draws_is_neither_a_late_valve_nor_loose_tubing_for_sure() -> None:
    case = examples.card_case()
    assert case.analysis.card.bore.tubing_anchored
    assert told(case, "tubing_movement") == (EITHER, ["lag_looks_so"])
    assert told(case, "delayed_valve") == (DOUBTED, ["lag_looks_so"])
    card = replace(case.analysis.card, bore=replace(case.analysis.card.bore, tubing_anchored=False))
    free = replace(case, analysis=replace(case.analysis, card=card))
    assert told(free, "tubing_movement") == (0.95, [])


def test_a_full_pump_is_sure_only_when_its_liquid_was_measured_and_its_record_is_fine() -> None:
    measured, unknown = examples.card_case(loads={"rate_ratio": 0.95}), {"rate_ratio": float("nan")}
    assert told(measured, "full_pump") == (0.95, [])
    assert told(examples.card_case(loads=unknown), "full_pump") == (DOUBTED, ["arrival_not_measured"])
    every = -(-len(measured.analysis.card.load_n) // (COARSE - 10))
    card = measured.analysis.card
    few = replace(card, position_m=card.position_m[::every], load_n=card.load_n[::every])
    coarse = replace(measured, analysis=replace(measured.analysis, card=few))
    assert told(coarse, "full_pump") == (DOUBTED, ["coarse_record"])
    assert said(measured, full_pump=0.95, inputs_disagree=0.6)["full_pump"] == DOUBTED


def test_a_hump_before_a_load_that_is_lost_for_good_is_no_inertia() -> None:
    found = said(examples.card_case(), fluid_acceleration=0.9, barrel_hole=0.8)
    assert found["fluid_acceleration"] == pytest.approx(0.18)


def test_gas_that_no_valve_lets_out_draws_a_tip_below_and_is_no_hit() -> None:
    """Three locked pumps of the second simulator were told to hit the bottom."""
    lens = {"area": 0.35, "loading": 0.4, "slow_unloading": 0.7, "spike_bottom": 0.3}
    [alone] = card_tagging.judge_down(examples.card_case({**lens, "slow_unloading": 0.3}))
    [beside] = card_tagging.judge_down(examples.card_case(lens))
    [lock] = card_fillage.judge_lock(examples.card_case(lens))
    assert beside.confidence == pytest.approx(alone.confidence * (1 - lock.confidence))
    assert beside.confidence < 0.8 * alone.confidence


def test_a_hit_above_and_a_hit_below_on_one_card_share_their_weight() -> None:
    both = [(code, Verdict("act", 0.95, ())) for code in ("tagging_down", "tagging_up")]
    assert all(verdict.confidence < 0.55 for _, verdict in shared(both))


@pytest.fixture(scope="module")
def oval() -> CardAnalysis:
    """A rest of the rods, two thirds of them, that drags and lifts nothing."""
    card = examples.card().card
    turn = 2 * np.pi * np.arange(200) / 200
    weight = examples.card().buoyant_weight_n
    assert weight is not None
    load = 0.66 * weight + 9e3 * np.sin(turn) + 4e3 * np.cos(turn)
    return analyse(replace(card, position_m=1.25 * (1 - np.cos(turn)), load_n=load))


def test_rods_that_drag_in_an_oval_are_no_pump_that_lifts(oval: CardAnalysis) -> None:
    case = case_of(oval)
    assert case.shape is None or case.shape.plateaus < 0.2
    assert not lifts_a_column(case)
    [parted] = card_rods_parted.judge(case)
    assert parted.confidence > 0.8
    assert all(verdict.confidence < 0.3 for verdict in card_inputs.judge(case))


def test_a_fifth_of_the_rods_is_no_whole_string_in_pounds() -> None:
    analysis = examples.card()
    whole = analysis.clean.load_n
    assert load_factor(analysis.card, whole / 4.4482216)[0] == "lbf", "a whole string in pounds is"
    turn = 2 * np.pi * np.arange(200) / 200
    assert load_factor(analysis.card, 0.27 * whole.mean() + 6e3 * np.sin(turn))[0] == "N"


def test_rods_that_hang_on_no_pump_show_no_valves() -> None:
    """A string parted near the pump drew a late valve at 0.61 before its break at 0.60."""
    found = said(examples.card_case(), rods_parted=0.6, delayed_valve=0.61, fluid_pound=0.5)
    assert found == {"rods_parted": 0.6, "delayed_valve": pytest.approx(0.244), "fluid_pound": 0.5}
    whole = said(examples.card_case(), rods_parted=0.4, delayed_valve=0.61)
    assert whole["delayed_valve"] == 0.61
