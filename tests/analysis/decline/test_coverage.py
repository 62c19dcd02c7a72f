"""Eighty per cent is about eighty per cent, on histories whose months are alike, few, spoilt."""

from __future__ import annotations

import pytest

from tests.analysis.decline.histories import WAYS, Way, coverage


@pytest.mark.parametrize("way", [WAYS[0], WAYS[3], WAYS[5], WAYS[10]], ids=lambda way: way.name)
def test_intervals_hold_what_they_promise(way: Way) -> None:
    share, width, refused = coverage(way, 40, seed=3)
    assert 0.7 <= share <= 0.92
    assert width < 2.0
    assert refused <= 0.05


@pytest.mark.slow
def test_a_well_that_waters_out_within_its_history_is_refused_and_linear_flow_is_not() -> None:
    late = Way("late water", shape="late water")
    _, _, refused = coverage(late, 40, seed=3)
    assert refused > 0.5, "the others break through after the last month: nothing shows it yet"
    share, _, refused = coverage(Way("linear flow", shape="linear flow"), 40, seed=3)
    assert 0.7 <= share <= 0.92
    assert refused <= 0.05
