"""Two gauges of one test: offset, drift, scatter and clock, each put in by hand."""

from __future__ import annotations

import numpy as np
import pytest

from app.analysis.transient.gauges import Compared, _rises, compared, without_drift

AT = np.arange(0.0, 36_000.0, 60.0)
"""Ten hours by the minute."""


def pressure(at: np.ndarray) -> np.ndarray:
    return 2e7 + 1e6 * (1 - np.exp(-at / 3000))


def other(
    *, offset: float = 0.0, drift: float = 0.0, ahead_s: float = 0.0, noise: float = 0.0, seed: int = 3
) -> Compared:
    """The first gauge as it is wrong, against one that is right."""
    lies = np.random.default_rng(seed).normal(0.0, noise, len(AT))
    found = compared(AT, pressure(AT - ahead_s) + offset + drift * AT + lies, AT, pressure(AT))
    assert found is not None
    return found


def test_a_level_and_a_drift_are_told_from_the_beginning_of_what_both_know() -> None:
    found = other(offset=5e3, drift=0.5)
    assert found.offset_pa == pytest.approx(5e3, abs=1)
    assert found.drift_pa_per_s == pytest.approx(0.5, abs=1e-3)
    assert found.clock_s == pytest.approx(0.0, abs=1e-6)
    assert (found.count, found.drifts) == (120, True)


def test_an_offset_is_that_of_the_first_moment_of_both_also_where_one_began_earlier() -> None:
    """The drift runs by the first gauge's own time: 3,600 s have gone when the second begins."""
    late = AT[60:]
    found = compared(AT, pressure(AT) + 0.5 * AT, late, pressure(late))
    assert found is not None
    assert found.offset_pa == pytest.approx(1800.0, abs=1)


@pytest.mark.parametrize("ahead_s", [359.0, -359.0, 18.0, 5.0])
def test_a_clock_that_is_ahead_is_found_and_leaves_neither_offset_nor_drift(ahead_s: float) -> None:
    """A second of it is 330 Pa at the beginning of this build-up."""
    found = other(ahead_s=ahead_s, noise=20.0)
    assert found.clock_s == pytest.approx(ahead_s, abs=0.5)
    assert found.offset_pa == pytest.approx(0.0, abs=20)
    assert not found.drifts


def test_what_is_left_is_the_noise_of_both() -> None:
    assert other(noise=300.0).scatter_pa == pytest.approx(300.0, rel=0.25)


def test_gauges_that_only_hiss_do_not_drift() -> None:
    """A line through 120 moments that scatter by 300 Pa rises by ±95 Pa over the record for no reason."""
    assert not any(other(noise=300.0, seed=seed).drifts for seed in range(12))


def test_a_drift_beyond_four_of_its_errors_is_one() -> None:
    """380 Pa over the record; half a pascal is no drift of any gauge, however quiet."""
    assert other(noise=300.0, drift=600 / 36_000).drifts
    assert not other(drift=0.5 / 36_000).drifts
    assert other(drift=1.5 / 36_000).drifts


def test_a_pascal_over_the_record_is_counted_from_its_own_beginning() -> None:
    """A clock that had run for eleven days makes half a pascal no drift, and one and a half no less one."""
    late = AT + 1e6
    for drifted_pa, drifts in ((0.5, False), (1.5, True)):
        drift = drifted_pa * AT / AT[-1]
        found = compared(late, pressure(AT) + drift, late, pressure(AT))
        assert found is not None
        assert found.drifts == drifts


@pytest.mark.parametrize(("off_pa", "counts"), [(4.5, True), (5.5, False)])
def test_of_gauges_that_agree_a_moment_is_left_out_from_five_pascals(off_pa: float, counts: bool) -> None:
    """Five scatters, and a scatter of less than a pascal is one; by a hundred and twentieth it would pull."""
    lies = np.zeros(len(AT))
    lies[-1] = off_pa
    found = compared(AT, pressure(AT) + 5e3 + lies, AT, pressure(AT))
    assert found is not None
    assert (abs(found.drift_pa_per_s) > 1e-7) == counts


@pytest.mark.parametrize(("off_pa", "counts"), [(5.0, True), (5.0 + 2**-20, False)])
def test_five_pascals_themselves_are_not_beyond_five(off_pa: float, counts: bool) -> None:
    """Of gauges that stand still: their differences are exact."""
    still = np.full(len(AT), 2.0**24)
    lies = np.zeros(len(AT))
    lies[-1] = off_pa
    found = compared(AT, still + lies, AT, still)
    assert found is not None
    assert (abs(found.drift_pa_per_s) > 1e-7) == counts


def test_moments_that_lie_far_off_pull_neither_level_nor_drift() -> None:
    """Ten of a hundred and twenty, all at the end: a tool was moved."""
    lies = np.random.default_rng(3).normal(0.0, 20.0, len(AT))
    lies[-50:] += 4e5
    found = compared(AT, pressure(AT) + 5e3 + lies, AT, pressure(AT))
    assert found is not None
    assert found.offset_pa == pytest.approx(5e3, abs=20)
    assert found.scatter_pa == pytest.approx(20.0, rel=0.3)
    assert not found.drifts


def test_ten_moments_in_common_are_enough_and_nine_are_not() -> None:
    found = compared(AT[:10], pressure(AT[:10]), AT, pressure(AT))
    assert found is not None
    assert found.count == 10
    assert compared(AT[:9], pressure(AT[:9]), AT, pressure(AT)) is None
    assert compared(AT, pressure(AT), AT[-9:], pressure(AT[-9:])) is None, "the first before the second"


def test_a_drift_that_is_taken_out_leaves_the_first_gauges_own_level() -> None:
    drifting = Compared(7e3, 0.5, 0.0, 0.0, 120, drifts=True)
    left = without_drift(AT + 100.0, 2e7 + 0.5 * AT, drifting)
    assert left == pytest.approx(np.full(len(AT), 2e7))


@pytest.mark.parametrize(
    ("at", "rise"), [(0.0, 300.0), (60.0, 360.0), (300.0, 600.0), (5_000.0, 1e4), (36_000 - 60.0, 71_640.0)]
)
def test_how_fast_a_pressure_rises_is_asked_half_a_window_to_either_side_and_to_the_ends(
    at: float, rise: float
) -> None:
    """Of t² by the second: (b² − a²)/(b − a) is a + b, from the first sample to the last."""
    time_s = np.arange(0.0, 35_941.0, 60.0)
    at = min(at, float(time_s[-1]))
    a, b = max(at - 300.0, 0.0), min(at + 300.0, float(time_s[-1]))
    found = _rises(np.array([at]), time_s, time_s**2, 300.0)
    assert found[0] == pytest.approx(a + b, rel=1e-6)
    assert at > 6_000 or found[0] == pytest.approx(rise)


def test_a_window_that_reaches_out_of_the_record_is_half_a_window_at_least() -> None:
    time_s = np.array([0.0, 60.0])
    assert _rises(np.array([30.0]), time_s, time_s, 300.0)[0] == pytest.approx(60.0 / 300.0)
