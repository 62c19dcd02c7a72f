"""Histories that a workover, another pump or another unit makes two of: the curve is laid since then."""

from __future__ import annotations

import numpy as np
import pytest

from app.analysis.decline.arps import best_fit
from app.analysis.decline.jump import largest_jump
from app.core.errors import KnownError
from app.services.wells.forecast import since_a_jump
from tests.analysis.decline.histories import WAYS, history

WEEK_US = 7 * 86_400_000_000
MONTHS = np.arange(36.0)


def rough(seed: int = 3) -> np.ndarray:
    return np.random.default_rng(seed).normal(0.0, 0.07, 36)


@pytest.mark.parametrize("times", [1.6, 0.5, 6.29])
@pytest.mark.parametrize("first", [10, 18, 28])
def test_a_jump_is_found_where_it_is(times: float, first: int) -> None:
    found = largest_jump(MONTHS, 4 - 0.03 * MONTHS + np.log(times) * (first <= MONTHS) + rough())
    assert found is not None
    assert abs(found.first - first) <= 1
    assert found.times == pytest.approx(times, rel=0.25)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_months_that_are_only_rough_do_not_jump(way: object) -> None:
    rng = np.random.default_rng(11)
    jumps = 0
    for _ in range(4):
        at, rate = history(way, rng)  # type: ignore[arg-type]
        good = (np.arange(len(at)) < way.months) & (rate > 0)  # type: ignore[attr-defined]
        jumps += largest_jump(at[good], np.log(rate[good])) is not None
    assert jumps <= 1


def test_the_curve_is_laid_since_the_jump_and_foretells_what_comes() -> None:
    """A workover halfway: through all of it the middle was a third off."""
    rate = 50 * np.exp(-0.03 * MONTHS + np.log(1.6) * (MONTHS >= 20) + rough())
    (middle, since), times = since_a_jump((MONTHS * WEEK_US).astype(np.int64), rate)
    assert times == pytest.approx(1.6, rel=0.2)
    assert len(since) == pytest.approx(16, abs=1)
    decline, _ = best_fit((middle - middle[0]) / 1e6, since)
    ahead = np.arange(36.0, 48.0)
    told = decline.rate((ahead * WEEK_US - middle[0]) / 1e6)
    assert np.median(told / (80 * np.exp(-0.03 * ahead))) == pytest.approx(1, abs=0.15)


def test_too_few_weeks_since_a_jump_are_refused_with_its_size() -> None:
    rate = 50 * np.exp(-0.03 * MONTHS + np.log(6.29) * (MONTHS >= 32) + rough())
    with pytest.raises(KnownError) as refused:
        since_a_jump((MONTHS * WEEK_US).astype(np.int64), rate)
    assert refused.value.code == "decline_jumped"
    assert refused.value.details["count"] == 4


def test_a_short_history_tells_of_no_jump() -> None:
    assert largest_jump(MONTHS[:11], np.r_[np.ones(5), np.zeros(6)]) is None
