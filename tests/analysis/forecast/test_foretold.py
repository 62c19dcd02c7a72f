"""A decline is foretold as far as its interval says something, and not at all where it says nothing."""

from __future__ import annotations

import numpy as np

from app.analysis.decline.arps import Decline
from app.analysis.forecast.outlook import AHEAD_DAYS, SAYS_NOTHING, DeclineView
from app.core.texts import Speaker
from app.reports import outlook_words

WEEK_S = 7 * 86_400.0


def view(weeks: int, unsure: float) -> DeclineView:
    """Of a decline of 4 % a month, unsure by so much of ln q a month on and by more from there."""
    decline = 0.04 / (30.4 * 86_400)
    covariance = np.diag([0.0, (unsure / 0.04) ** 2, 0.0])
    time_us = (np.arange(weeks) * WEEK_S * 1e6).astype(np.int64)
    return DeclineView(time_us, np.ones(weeks), Decline(1e-3, decline, 0.0, covariance, 0.01), {})


def test_a_sure_decline_is_foretold_to_the_end() -> None:
    one = view(52, 0.01)
    assert one.foretold_days == AHEAD_DAYS
    assert one.shown_s()[-1] == one.measured_s + AHEAD_DAYS * 86_400
    assert "180" not in outlook_words.decline_words(one, Speaker("en"))


def test_an_interval_that_widens_ends_the_forecast_where_it_says_nothing_any_more() -> None:
    one = view(8, 0.15)
    assert 30 <= one.foretold_days < AHEAD_DAYS
    low, high = one.decline.interval(
        one.measured_s + np.array([one.foretold_days, one.foretold_days + 1]) * 86_400.0
    )
    assert high[0] <= SAYS_NOTHING * low[0] < SAYS_NOTHING * high[1]
    assert high[1] > SAYS_NOTHING * low[1]
    assert str(one.foretold_days) in outlook_words.decline_words(one, Speaker("en"))


def test_too_few_points_for_a_forecast_are_said_and_nothing_is_drawn_beyond_them() -> None:
    one = view(8, 1.5)
    assert not one.foretells
    assert one.shown_s()[-1] == one.measured_s
    assert "слишком мало" in outlook_words.decline_words(one, Speaker("ru"))
