"""Eighty per cent is about eighty per cent, on histories whose months are alike, few, spoilt."""

from __future__ import annotations

import pytest

from tests.analysis.decline.histories import WAYS, Way, coverage


@pytest.mark.parametrize("way", [WAYS[0], WAYS[3], WAYS[5], WAYS[10]], ids=lambda way: way.name)
def test_intervals_hold_what_they_promise(way: Way) -> None:
    share, width = coverage(way, 40, seed=3)
    assert 0.7 <= share <= 0.92
    assert width < 2.0
