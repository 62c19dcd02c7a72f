"""Run life by hand: product limits, censoring, late entry, Weibull's closed forms and refusals."""

from __future__ import annotations

import math

import numpy as np
import pytest

from app.analysis.forecast.survival import Runs, WeibullLife, days_per_failure, kaplan_meier, weibull
from app.core.errors import KnownError


def runs(*rows: tuple[float, bool] | tuple[float, bool, float]) -> Runs:
    return Runs(
        np.array([row[0] for row in rows], float),
        np.array([row[1] for row in rows], bool),
        np.array([row[2] if len(row) == 3 else 0.0 for row in rows], float),
    )


def all_failed(*days: float) -> Runs:
    return runs(*((day, True) for day in days))


def at(found: object, day: float) -> float:
    """The step at a day."""
    return float(found.survival[np.searchsorted(found.days, day, side="right") - 1])  # type: ignore[attr-defined]


def test_without_censoring_it_is_the_share_that_ran_longer() -> None:
    found = kaplan_meier(all_failed(10, 20, 30, 40))
    assert [at(found, day) for day in (0, 9, 10, 20, 30, 40)] == pytest.approx([1, 1, 0.75, 0.5, 0.25, 0])
    assert found.median_days == 20.0
    assert (found.failures, found.count) == (4, 4)


def test_a_pump_that_was_pulled_counts_until_then() -> None:
    """1·(1 − 1/4)·(1 − 1/2): at 20 one was pulled, which changes nothing but who is left."""
    found = kaplan_meier(runs((10, True), (20, False), (30, True), (40, False)))
    assert [at(found, day) for day in (10, 20, 30, 40)] == pytest.approx([0.75, 0.75, 0.375, 0.375])
    assert found.median_days == 30.0


def test_pumps_that_fail_and_are_pulled_on_one_day_were_both_at_risk() -> None:
    found = kaplan_meier(runs((10, True), (10, False), (20, False)))
    assert at(found, 10) == pytest.approx(2 / 3)


def test_late_entries_are_at_risk_only_from_then_on() -> None:
    """At 10 only two are watched, at 30 the late one is too: ½ · ½."""
    found = kaplan_meier(runs((10, True), (30, True), (50, False, 20)))
    assert [at(found, day) for day in (10, 30)] == pytest.approx([0.5, 0.25])
    early = kaplan_meier(runs((10, True), (30, True), (50, False)))
    assert [at(early, day) for day in (10, 30)] == pytest.approx([2 / 3, 1 / 3])


def test_while_more_than_half_survive_there_is_no_median() -> None:
    assert kaplan_meier(runs((10, True), (20, False), (30, False))).median_days is None
    assert kaplan_meier(runs((10, True), (20, False))).median_days == 10.0


def test_the_band_is_greenwoods_in_the_log_log() -> None:
    """S = 0.75 at n = 4: θ = √(1/(4·3)), S^exp(±1.96·θ/ln S)."""
    found = kaplan_meier(all_failed(10, 20, 30, 40))
    i = int(np.searchsorted(found.days, 10))
    wide = 1.959964 * math.sqrt(1 / 12) / math.log(0.75)
    assert found.low[i] == pytest.approx(0.75 ** math.exp(-wide), rel=1e-6)
    assert found.high[i] == pytest.approx(0.75 ** math.exp(wide), rel=1e-6)
    assert found.low[i] < 0.75 < found.high[i]


def test_freireichs_remissions_are_the_textbooks() -> None:
    """reference/wells-and-esp.json, km_6mp."""
    weeks = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
    ended = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
    found = kaplan_meier(runs(*((week, bool(end)) for week, end in zip(weeks, ended, strict=True))))
    expected = {6: 0.8571, 7: 0.8067, 10: 0.7529, 13: 0.6902, 16: 0.6275, 22: 0.5378, 23: 0.4482}
    for week, share in expected.items():
        assert at(found, week) == pytest.approx(share, abs=5e-5)


@pytest.mark.parametrize(
    ("of", "code"),
    [
        (runs(), "survival_few_failures"),
        (runs((10, False), (20, False)), "survival_few_failures"),
        (runs((10, True), (20, True, 20)), "survival_days"),
        (runs((10, True), (0, True)), "survival_days"),
        (runs((10, True), (-5, False, -9)), "survival_days"),
        (runs((10, True), (50, True, 20), (60, True, 20)), "survival_thin"),
    ],
)
def test_rows_that_are_no_runs_are_refused(of: Runs, code: str) -> None:
    with pytest.raises(KnownError) as refused:
        kaplan_meier(of)
    assert refused.value.code == code


def test_the_first_wrong_row_is_named() -> None:
    with pytest.raises(KnownError) as refused:
        kaplan_meier(runs((10, True), (20, True, 30), (-5, True)))
    assert refused.value.details == {"row": 2, "value": 20.0}


def test_the_last_pump_may_fail_alone() -> None:
    assert at(kaplan_meier(all_failed(10, 20)), 20) == 0.0


# ---- Weibull -----------------------------------------------------------------------------------------------


BEARINGS = (17.88, 28.92, 33.0, 41.52, 42.12, 45.6, 48.4, 51.84, 51.96, 54.12, 55.56, 67.8)
BEARINGS += (68.64, 68.64, 68.88, 84.12, 93.12, 98.64, 105.12, 105.84, 127.92, 128.04, 173.4)


def test_the_ball_bearings_are_lieblein_and_zelens() -> None:
    """reference/wells-and-esp.json, weibull_ball_bearings: η 81.875, β 2.1018."""
    life = weibull(all_failed(*BEARINGS))
    assert (life.scale_days, life.shape) == pytest.approx((81.875, 2.1018), rel=1e-4)
    assert life.failures == 23


def test_the_line_is_where_the_likelihood_has_no_slope() -> None:
    """The second method: β solves Σt^β·ln t/Σt^β − 1/β = mean ln t over failures; η^β = Σt^β/r."""
    of = runs(*((day, day < 100) for day in BEARINGS))
    life, days = weibull(of), np.array(BEARINGS)
    power = days**life.shape
    left = float((power * np.log(days)).sum() / power.sum()) - 1 / life.shape
    assert left == pytest.approx(float(np.log(days[days < 100]).mean()), abs=1e-6)
    assert life.scale_days**life.shape == pytest.approx(float(power.sum()) / int((days < 100).sum()))


def test_pumps_that_still_run_lengthen_the_life() -> None:
    failed = [(day, True) for day in BEARINGS]
    shorter = weibull(runs(*failed)).scale_days
    assert weibull(runs(*failed, *[(200.0, False)] * 5)).scale_days > shorter


def test_weeks_for_days_scale_the_life_and_leave_its_shape() -> None:
    days, weeks = weibull(all_failed(*BEARINGS)), weibull(all_failed(*(day / 7 for day in BEARINGS)))
    assert weeks.scale_days * 7 == pytest.approx(days.scale_days, rel=1e-6)
    assert weeks.shape == pytest.approx(days.shape, rel=1e-6)
    assert weeks.covariance[1, 1] == pytest.approx(days.covariance[1, 1], rel=1e-4)


def test_ten_failures_are_the_least() -> None:
    assert weibull(all_failed(*BEARINGS[:10])).failures == 10
    with pytest.raises(KnownError) as refused:
        weibull(all_failed(*BEARINGS[:9]))
    assert refused.value.code == "survival_few_failures"
    assert refused.value.details == {"failures": 9, "least": 10, "count": 9}


def test_at_its_scale_one_in_e_is_left_whatever_the_shape() -> None:
    for shape in (0.7, 1.0, 3.0):
        life = WeibullLife(500.0, shape, np.zeros((2, 2)), 20)
        assert life.survival(np.array([0.0, 500.0])) == pytest.approx([1.0, math.exp(-1)])


def test_the_chance_to_fail_is_what_is_lost_of_those_that_still_run() -> None:
    for shape in (0.6, 1.0, 2.5):
        life = WeibullLife(500.0, shape, np.zeros((2, 2)), 20)
        now, then = life.survival(np.array([300.0, 390.0]))
        assert life.fails_within(300.0, 90.0) == pytest.approx(1 - then / now)
        assert life.fails_within(300.0, 0.0) == 0.0


def test_wear_makes_age_dangerous_and_early_failures_make_it_safe() -> None:
    worn, early = (WeibullLife(500.0, shape, np.zeros((2, 2)), 20) for shape in (2.0, 0.6))
    assert worn.fails_within(600.0, 90.0) > worn.fails_within(60.0, 90.0)
    assert early.fails_within(600.0, 90.0) < early.fails_within(60.0, 90.0)


def test_the_interval_widens_with_its_level_and_is_a_point_where_all_is_known() -> None:
    sure = WeibullLife(900.0, 1.4, np.zeros((2, 2)), 30)
    assert sure.interval(300, 90) == pytest.approx((sure.fails_within(300, 90),) * 2)
    life = WeibullLife(900.0, 1.4, np.diag([60.0**2, 0.15**2]), 30)
    narrow, wide = life.interval(300, 90, 0.5), life.interval(300, 90, 0.95)
    assert wide[0] < narrow[0] < life.fails_within(300, 90) < narrow[1] < wide[1]
    assert life.interval(300, 90, 0.5) == narrow, "the same draws each time"


def test_draws_that_are_no_life_are_left_out() -> None:
    low, high = WeibullLife(900.0, 0.3, np.diag([1.0, 0.3**2]), 30).interval(300, 90)
    assert 0 <= low < high <= 1


def test_days_for_one_failure_count_work_since_the_records_began() -> None:
    assert days_per_failure(runs((100, True), (300, False), (250, True, 50))) == pytest.approx(300.0)
    assert days_per_failure(runs((100, False))) is None
