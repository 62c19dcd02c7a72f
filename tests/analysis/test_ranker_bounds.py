"""What the ranker may do to a rule's confidence: bounded both ways, nothing outside what it was taught."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.ranker_bounds import (
    FARTHEST,
    NEEDS_EVIDENCE,
    OWN_EVIDENCE,
    SUREST,
    SUREST_ALONE,
    Region,
    bounded,
    logit,
)

SHARE = st.floats(0.0, 1.0)


@given(rule=SHARE, learnt=SHARE, inside=SHARE)
def test_the_odds_of_a_rule_are_moved_by_the_bound_at_most_in_both_directions(
    rule: float, learnt: float, inside: float
) -> None:
    said = bounded(rule, learnt, inside)
    most = SUREST_ALONE + inside * (SUREST - SUREST_ALONE)
    assert 0 <= said <= most
    if 0.01 < rule < 0.99:
        assert logit(said) - logit(rule) <= inside * FARTHEST + 1e-9
        if said not in (most, NEEDS_EVIDENCE):
            assert logit(rule) - logit(said) <= inside * FARTHEST + 1e-9


@given(rule=st.floats(0.0, OWN_EVIDENCE - 1e-6), learnt=SHARE, inside=SHARE)
def test_a_finding_over_0_8_needs_evidence_of_its_own(rule: float, learnt: float, inside: float) -> None:
    assert bounded(rule, learnt, inside) <= NEEDS_EVIDENCE


@given(rule=st.floats(0.0, SUREST), learnt=SHARE)
def test_outside_its_region_the_ranker_says_nothing(rule: float, learnt: float) -> None:
    assert bounded(rule, learnt, 0.0) == min(rule, SUREST_ALONE)


@given(rule=SHARE, one=SHARE, other=SHARE, inside=SHARE)
def test_a_surer_ranker_is_never_a_less_sure_finding(
    rule: float, one: float, other: float, inside: float
) -> None:
    low, high = sorted((one, other))
    assert bounded(rule, low, inside) <= bounded(rule, high, inside) + 1e-12


def test_what_the_ranker_did_to_real_cards_it_can_do_no_more() -> None:
    assert bounded(0.93, 0.05, 1.0) > 0.85, "a full pump is not turned down to nothing"
    assert bounded(0.28, 0.97, 1.0) < 0.45, "nor tubing movement up to certainty"
    assert bounded(0.23, 0.97, 1.0) < 0.4, "nor sand"
    assert bounded(0.86, 0.05, 1.0) > 0.7, "a right fluid pound stays said"


def test_the_region_is_near_its_middles_and_fades_out_between_its_two_distances() -> None:
    centres = np.array([[0.0, 0.0], [10.0, 10.0]])
    region = Region(np.zeros(2), np.ones(2), centres, 1.0, 3.0)
    cards = np.array([[0.0, 0.0], [10.0, 10.5], [2.0, 2.0], [5.0, 5.0], [1e9, -1e9]])
    assert region.inside(cards).round(3).tolist() == [1.0, 1.0, 0.5, 0.0, 0.0]
    assert math.isfinite(float(region.distance(cards).max()))
