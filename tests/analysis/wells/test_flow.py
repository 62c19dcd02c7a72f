"""Flow tests: each doubt at its own limit, and rates by the curve with one left out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest

from app.analysis.wells.flow import FlowHistory, calibrated, doubts_of
from app.models.records import FlowTest

MOMENT = datetime(2026, 1, 1, tzinfo=UTC)


def flow(rate: float = 1.0e-3, **other: Any) -> FlowTest:
    told = {"duration_s": 6 * 3600.0, "oil_kg_per_s": None, "water_cut": None, "valid": True, **other}
    return FlowTest(
        "t",
        1,
        MOMENT,
        told["duration_s"],
        rate,
        told["oil_kg_per_s"],
        told["water_cut"],
        None,
        None,
        told["valid"],
    )


USUAL = [flow(0.99e-3), flow(1.0e-3), flow(1.01e-3)]


def test_a_good_test_has_no_doubts() -> None:
    assert doubts_of(flow(), USUAL) == ()
    assert doubts_of(flow(), []) == ()


def test_what_the_crew_marked_stays_in_doubt() -> None:
    assert doubts_of(flow(valid=False), USUAL) == ("marked_invalid",)


@pytest.mark.parametrize(("hours", "short"), [(1.99, True), (2.0, False)])
def test_two_hours_are_enough(hours: float, short: bool) -> None:
    assert doubts_of(flow(duration_s=hours * 3600), USUAL) == (("short",) if short else ())


@pytest.mark.parametrize(("cut", "doubt"), [(-0.01, True), (0.0, False), (1.0, False), (1.01, True)])
def test_a_water_cut_is_a_share(cut: float, doubt: bool) -> None:
    assert doubts_of(flow(water_cut=cut), USUAL) == (("water_cut_impossible",) if doubt else ())


@pytest.mark.parametrize(("oil", "doubt"), [(0.99, False), (1.0, False), (1.01, True)])
def test_oil_weighs_no_more_than_as_much_water(oil: float, doubt: bool) -> None:
    assert doubts_of(flow(1.0e-3, oil_kg_per_s=oil), USUAL) == (("oil_over_liquid",) if doubt else ())


@pytest.mark.parametrize(
    ("rate", "jumps"), [(1.12e-3, False), (1.16e-3, True), (0.88e-3, False), (0.84e-3, True)]
)
def test_three_sigmas_of_two_tests_are_a_jump_either_way(rate: float, jumps: bool) -> None:
    """3·0.03·√2 = 12.7 % of the median of 1.0, and away from the last of 1.01 too."""
    assert doubts_of(flow(rate), USUAL) == (("jump",) if jumps else ())


def test_a_jump_needs_two_valid_tests_before_it() -> None:
    assert doubts_of(flow(2e-3), [flow(1e-3)]) == ()
    assert doubts_of(flow(2e-3), [flow(1e-3), flow(1e-3, valid=False), flow(0.0)]) == ()
    assert doubts_of(flow(2e-3), [flow(1e-3), flow(1e-3)]) == ("jump",)


def test_a_rate_near_the_last_test_is_no_jump() -> None:
    assert doubts_of(flow(1.5e-3), [flow(1e-3), flow(1e-3), flow(1.5e-3)]) == ()


def test_the_next_test_confirms_what_goes_its_way() -> None:
    assert doubts_of(flow(1.5e-3), USUAL, after=flow(1.3e-3)) == ()
    assert doubts_of(flow(1.5e-3), USUAL, after=flow(1.2e-3)) == ("jump",)


@pytest.mark.parametrize(
    ("virtual", "jumps"), [(1.5e-3, False), (1.31e-3, False), (1.29e-3, True), (1.8e-3, True)]
)
def test_the_pump_confirms_a_jump_within_15_percent(virtual: float, jumps: bool) -> None:
    assert doubts_of(flow(1.5e-3), USUAL, virtual=virtual) == (("jump",) if jumps else ())


def test_doubts_come_together() -> None:
    of = flow(2e-3, duration_s=60.0, water_cut=2.0, oil_kg_per_s=5.0, valid=False)
    together = ("marked_invalid", "short", "water_cut_impossible", "oil_over_liquid", "jump")
    assert doubts_of(of, USUAL) == together


def test_each_rate_is_the_curves_by_the_median_of_the_others() -> None:
    rates, off = calibrated([1.1, 2.2, 3.3, 8.0], [1.0, 2.0, 3.0, 4.0])
    assert rates == pytest.approx([1.1, 2.2, 3.3, 4.4])
    assert off == pytest.approx(0.0)
    worse, off = calibrated([1.0, 2.0, 1.5, 3.0], [1.0, 1.0, 1.0, 1.0])
    assert worse == pytest.approx([2.0, 1.5, 2.0, 1.5])
    assert off == pytest.approx(np.median([1.0, 0.25, 1 / 3, 0.5]))


def test_with_under_two_others_there_is_no_rate_and_with_under_four_no_error() -> None:
    assert calibrated([1.0, 2.0], [1.0, 2.0]) == ([None, None], None)
    rates, off = calibrated([1.0, 2.0, 3.0], [1.0, 2.0, 3.0])
    assert rates == pytest.approx([1.0, 2.0, 3.0])
    assert off is None
    assert calibrated([], []) == ([], None)


def test_where_the_curve_tells_nothing_the_others_still_count() -> None:
    rates, _ = calibrated([1.1, 9.9, 2.2, 3.3], [1.0, None, 2.0, 3.0])
    assert rates[1] is None
    assert [rate for rate in rates if rate is not None] == pytest.approx([1.1, 2.2, 3.3])


def test_a_test_without_its_rate_by_the_curve_is_no_pair() -> None:
    with pytest.raises(ValueError, match="zip"):
        calibrated([1.0], [1.0, 2.0])


def history(*levels: float) -> FlowHistory:
    return FlowHistory((), None, np.arange(len(levels)), np.array(levels), "shots", 1500.0)


def test_the_last_level_is_the_last_that_is_known() -> None:
    assert history(900.0, 950.0, np.nan).last_level_m == 950.0
    assert history(np.nan).last_level_m is None
    assert history().last_level_m is None
