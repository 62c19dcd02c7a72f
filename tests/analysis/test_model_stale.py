"""A model is stale when it is off to one side of several measurements up to the last; nothing else is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.analysis import examples
from app.analysis.rules.model_stale import judge
from app.analysis.wells.modelled import Modelled, ModelResults

DAY_US = 86_400_000_000


def series(shares: list[float], measured: list[float] | None = None, **more: object) -> Modelled:
    """`shares`: model over what was measured, a day each."""
    kept = np.array(measured or [2e-3 * (1 + n / 100) for n in range(len(shares))])
    at = np.arange(len(shares), dtype=np.int64) * DAY_US
    made = Modelled("PIPESIM", "1", "base", "liquid_rate", at, kept * np.array(shares), kept, None)
    return replace(made, **more)  # type: ignore[arg-type]


def found(*told: Modelled) -> list[tuple[float, int]]:
    return [(one.confidence, (one.from_us or 0) // DAY_US) for one in judge(ModelResults(told))]


@pytest.mark.parametrize("shares", [[1, 1, 1.3, 1.3, 1.3], [1, 1, 0.7, 0.7, 0.7]])
def test_a_model_that_went_off_is_stale_since_then(shares: list[float]) -> None:
    ((sure, since),) = found(series(shares))
    assert sure == pytest.approx(0.9, abs=0.01)
    assert since == 2


@pytest.mark.parametrize(
    "shares",
    [
        [1, 1, 1, 1],
        [1.1, 1.1, 1.1],  # within what a model is matched to
        [1, 1, 1.3, 1.3],  # two moments
        [1.3, 1.3, 1.3, 1.0],  # it says what the well does again
        [1.3, 0.7, 1.3, 0.7, 1.3],  # now over and now under: measurements, not the model
        [np.nan, np.nan, np.nan],
    ],
)
def test_a_model_that_is_right_or_that_nobody_can_judge_is_not(shares: list[float]) -> None:
    assert found(series(shares)) == []


def test_one_bad_test_beside_many_days_makes_no_model_stale() -> None:
    assert found(series([1.4] * 6, [2e-3] * 6)) == []
    assert len(found(series([1.4] * 6, [2e-3] * 3 + [2.01e-3] * 3))) == 1


def test_a_day_without_a_measurement_in_between_breaks_nothing() -> None:
    measured = [2e-3, np.nan, 2.1e-3, np.nan, 2.2e-3]
    assert len(found(series([1.3] * 5, measured))) == 1


def test_only_the_version_that_spoke_last_is_judged() -> None:
    old = series([1.4] * 4)
    new = series([1.0] * 4, version="2", time_us=np.arange(10, 14, dtype=np.int64) * DAY_US)
    assert found(old, new) == []
    assert len(found(replace(old, scenario="другой"), new)) == 1


def test_water_cut_is_off_by_its_difference_and_a_temperature_is_not_judged() -> None:
    assert judge(examples.modelled(1.2, "water_cut")) == []
    assert len(judge(examples.modelled(1.5, "water_cut"))) == 1
    assert judge(examples.modelled(1.5, "intake_temperature")) == []


def test_quantities_of_one_case_are_one_finding_with_an_argument_each() -> None:
    (verdict,) = judge(ModelResults((series([1.3] * 4), series([1.3] * 4, of="intake_pressure"))))
    assert [one.sensor for one in verdict.evidence] == ["liquid_rate", "intake_pressure"]
    assert verdict.evidence[0].details["percent"] == pytest.approx(30)
