"""Inputs that disagree: what one wrong input would explain is offered, the least change first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.analysis import diagnosis
from app.analysis.cards.figures import CardAnalysis, analyse
from app.analysis.diagnosis import diagnose_card
from app.models.cards import Card
from tests.analysis.test_cards import card_of, rod_well

WELL = rod_well(1500, 5.0)


@pytest.fixture(scope="module")
def card() -> Card:
    return card_of(WELL, intake_pressure_pa=1.5e6)


def wrong(card: Card, **bore: float) -> CardAnalysis:
    return analyse(replace(card, bore=replace(card.bore, **bore)))


def test_a_right_card_has_no_quarrel_with_its_inputs(card: Card) -> None:
    analysis = analyse(card)
    assert "inputs_disagree" not in dict(diagnose_card(analysis))
    low, high = analysis.ranges["pump_intake_pressure_pa"]
    assert low < 1.5e6 < high


def test_a_pump_said_too_shallow_is_told_with_the_lift_it_would_need(card: Card) -> None:
    analysis = wrong(card, pump_depth_m=1000.0)
    assert analysis.measures["pump_intake_pressure_pa"] is None
    said = next(remark for remark in analysis.remarks if remark.code == "intake_impossible")
    assert said.details["depth"] == 1000.0
    assert 1300 < said.details["lift"] < 1550
    verdict = dict(diagnose_card(analysis))["inputs_disagree"]
    assert verdict.confidence > 0.8
    codes = [item.code for item in verdict.evidence]
    assert codes[0] == "lift_beyond_depth"
    assert 3 <= len(codes) - 1 <= 4, "three inputs, and what is as near as the third"


@pytest.mark.parametrize(
    ("which", "factor", "wanted"),
    [("plunger_diameter_m", 0.8, "would_be_plunger"), ("pump_depth_m", 0.75, "would_be_depth")],
)
def test_the_input_that_was_wrong_is_offered_with_about_its_right_value(
    card: Card, which: str, factor: float, wanted: str
) -> None:
    true = getattr(card.bore, which)
    analysis = wrong(card, **{which: factor * true})
    assert analysis.intake is not None
    from_rule = dict(diagnosis.asked(diagnosis.case_of(analysis)))["inputs_disagree"]
    offered = {item.code: item.details for item in from_rule.evidence}
    assert offered[wanted]["needed"] == pytest.approx(true, rel=0.12)
    changes = [abs(item.details["change"]) for item in from_rule.evidence if item.code != "lift_beyond_depth"]
    assert changes == sorted(changes)


def test_a_filling_fault_stays_first_beside_inputs_that_disagree() -> None:
    pound = card_of(WELL, fillage=0.6, intake_pressure_pa=0.3e6)
    found = diagnose_card(wrong(pound, pump_depth_m=1100.0))
    assert found[0][0] in ("fluid_pound", "gas_interference")
    assert "inputs_disagree" in dict(found)
