"""Eighty per cent is about eighty per cent, on histories whose months are alike, few, spoilt."""

from __future__ import annotations

import numpy as np
import pytest

from app.analysis.decline.arps import Decline, best_fit
from tests.analysis.decline.histories import WAYS, Way, coverage, coverage_of_oil


@pytest.mark.parametrize("way", [WAYS[0], WAYS[3], WAYS[5], WAYS[10]], ids=lambda way: way.name)
def test_intervals_hold_what_they_promise(way: Way) -> None:
    share, width, refused = coverage(way, 40, seed=3)
    assert 0.7 <= share <= 0.92
    assert width < 2.0
    assert refused <= 0.05


def test_a_fall_that_may_quicken_reaches_down_to_where_that_leads_and_another_does_not() -> None:
    """Nine tenths of the rate by the 30th month, by a parabola that months rough by a twentieth half hide."""
    month = np.arange(30.0)
    rough = 0.05 * np.random.default_rng(4).normal(size=30)
    bows, falls = (best_fit(month, np.exp(4 + bow + rough))[0] for bow in (-1.2e-4 * month**2, -0.01 * month))
    assert bows.bent is not None
    assert 0.5 < bows.bent.chance < 0.95
    ahead = np.array([42.0])
    low, high = bows.interval(ahead)
    of_arps = Decline(bows.initial_rate, bows.initial_decline, bows.b, bows.covariance, bows.spread)
    assert low[0] < 0.97 * of_arps.interval(ahead)[0][0]
    assert high[0] == of_arps.interval(ahead)[1][0]
    assert falls.bent is None or falls.bent.chance < 0.5


@pytest.mark.slow
def test_a_well_that_waters_out_within_its_history_is_refused_and_linear_flow_is_not() -> None:
    late = Way("late water", shape="late water")
    _, _, refused = coverage(late, 40, seed=3)
    assert refused > 0.5, "the others break through after the last month: nothing shows it yet"
    share, _, refused = coverage(Way("linear flow", shape="linear flow"), 40, seed=3)
    assert 0.7 <= share <= 0.92
    assert refused <= 0.05


@pytest.mark.slow
@pytest.mark.parametrize("months", [18, 36, 60])
def test_oil_that_water_takes_is_held_where_the_water_cut_is_known(months: int) -> None:
    """By the rates alone 59, 49 and 85 % of the months, the last at a width of thirteen times."""
    share, width, refused = coverage_of_oil("late water", months, 40, seed=3)
    assert 0.7 <= share <= 0.95
    assert width < 6.0
    assert refused <= 0.1
