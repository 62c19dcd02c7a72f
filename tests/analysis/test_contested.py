"""What fits several causes makes none of them sure; what was not measured on a card is not said of it."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from app.analysis import examples
from app.analysis.cards import strings
from app.analysis.cards.figures import analyse
from app.analysis.cards.shape import shape_of
from app.analysis.contested import MARKS, shared
from app.analysis.diagnosis import asked, case_of, diagnose_card, diagnose_cards
from app.analysis.rules import RULES
from app.analysis.rules.base import Verdict
from app.models.cards import Card, WellBore
from tests.analysis.test_cards import CARD
from tests.conftest import shared_file

OF_THE_PUMP = {rule.key for rule in RULES if rule.needs == "card"} - {
    "full_pump",
    "inputs_disagree",
    "sensor_fault",
    "unit_unbalanced",
}


def told(**sure: float) -> dict[str, float]:
    said = [(code, Verdict("watch", confidence, ())) for code, confidence in sure.items()]
    return {code: verdict.confidence for code, verdict in shared(said)}


def test_rivals_share_what_they_saw_and_others_keep_it() -> None:
    found = told(bent_barrel=0.9, worn_barrel=0.9, fluid_pound=0.9)
    assert found["bent_barrel"] == found["worn_barrel"] < 0.5
    assert found["fluid_pound"] == 0.9


def test_all_that_claims_one_mark_is_never_more_than_certain_together() -> None:
    for claimants in MARKS.values():
        found = told(**dict.fromkeys(claimants, 0.98))
        assert sum(found.values()) < 1.05


def test_what_is_too_soft_to_be_said_takes_nothing_from_its_rivals() -> None:
    assert told(traveling_valve_leak=0.8, plunger_out=0.3)["traveling_valve_leak"] == pytest.approx(0.8)


def test_the_marks_are_of_conditions_that_there_are() -> None:
    assert {code for claimants in MARKS.values() for code in claimants} <= {rule.key for rule in RULES}


def test_a_smooth_card_that_somebody_drew_is_not_recognised() -> None:
    """A wave on a rectangle, on the rods of a passport (own-well/card501.csv): four rules were over 0.79."""
    with shared_file("data/own-well/card501.csv").open(encoding="utf-8") as file:
        rows = [[float(cell) for cell in row[3:]] for row in list(csv.reader(file, delimiter=";"))[1:]]
    position, load = np.array(rows).T
    bore = WellBore(
        rods=(strings.section(560.0, 0.022), strings.section(820.0, 0.019)),
        pump_depth_m=1389.5,
        plunger_diameter_m=0.044,
    )
    card = Card("501", datetime(2026, 10, 30, tzinfo=UTC), 6.0, position, 1e3 * load, bore=bore)
    assert [code for code, _ in diagnose_card(analyse(card))] == ["not_recognised"]


def test_drawn_curves_on_real_rods_are_hardly_ever_given_a_sure_fault() -> None:
    """Rectangles, ellipses and parallelograms with a wave of a tenth to a half on them."""
    rng = np.random.default_rng(5)
    turn = 2 * np.pi * np.arange(144) / 144
    middle, half = float(CARD.load_n.mean()), 0.35 * float(np.ptp(CARD.load_n))
    drawn = []
    for body in (np.sign(np.sin(turn + 1e-9)), np.sin(turn), np.clip(2 * np.sin(turn - 0.3), -1, 1)):
        for waves in range(3, 9):
            wave = float(rng.uniform(0.1, 0.5)) * np.sin(waves * turn + float(rng.uniform(0, 6.3)))
            load = middle + half * (body + wave)
            drawn.append(analyse(replace(CARD, position_m=1.3 * (1 - np.cos(turn)), load_n=load)))
    sure = [
        code
        for found in diagnose_cards(drawn)
        for code, verdict in found
        if verdict.confidence > 0.8 and code in OF_THE_PUMP
    ]
    assert len(sure) <= 2, sure


def test_a_load_that_both_turns_lose_before_they_come_is_no_leak() -> None:
    lag = {"early_unloading": 0.13, "early_loading": 0.13, "loading": 0.0, "slow_unloading": 0.0}
    said = dict(asked(examples.card_case(lag)))
    assert {"traveling_valve_leak", "standing_valve_leak", "both_valves_leak"}.isdisjoint(
        code for code, verdict in said.items() if verdict.confidence > 0.3
    )


def test_four_round_corners_are_both_valves_only_as_far_as_the_liquid_falls_short() -> None:
    cut = {"early_unloading": 0.12, "early_loading": 0.12, "loading": 0.1, "slow_unloading": 0.1}
    both = [
        dict(asked(examples.card_case(cut, {"rate_ratio": rate})))["both_valves_leak"].confidence
        for rate in (0.5, float("nan"), 1.0)
    ]
    assert both == sorted(both, reverse=True)
    assert both[1] <= 0.5


def test_ringing_is_no_sand() -> None:
    ragged = {"rough_up": 0.02, "rough_down": 0.02, "wander_up": 0.05, "wander_down": 0.05}
    sand, ringing = (dict(asked(examples.card_case({**ragged, "ringing": again}))) for again in (0.2, 0.8))
    assert sand["sand"].confidence > 0.5
    assert "sand" not in ringing or ringing["sand"].confidence < 0.2


def test_a_lens_has_no_bump_and_no_hit() -> None:
    """A pump locked by gas bows out of its lines all along."""
    turn = 2 * np.pi * np.arange(200) / 200
    position = 1.3 * (1 - np.cos(turn))
    load = float(CARD.load_n.mean()) + 6e3 * np.sin(turn)
    shape = shape_of(analyse(replace(CARD, position_m=position, load_n=load)))
    assert shape is not None
    assert max(shape.spike_bottom, shape.spike_top) < 0.1
    said = dict(asked(case_of(analyse(replace(CARD, position_m=position, load_n=load)))))
    for code in ("bent_barrel", "tagging_down", "tagging_up"):
        assert code not in said or said[code].confidence < 0.4
