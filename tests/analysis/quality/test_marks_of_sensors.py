"""Marks on samples of sensors that there are, as they come together."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.quality import scales
from app.analysis.quality.marks import frozen, quality_of, spikes
from app.models.readings import Quality
from app.models.sensors import SENSORS
from tests.proofs import examples


def test_sentinels_ranges_spikes_and_zeros_get_their_marks() -> None:
    sensor = SENSORS["intake_pressure"]
    value = np.round(5e6 + np.random.default_rng(1).normal(0, 4e3, 200), -3)
    shown = value / 1e6
    shown[10], value[10] = 65535.0, 65535e6
    value[20], shown[20] = 90e6, 90.0
    value[30], shown[30] = 9e6, 9.0
    value[40], shown[40] = 0.0, 0.0
    marks = quality_of(sensor, np.arange(200), value, shown)
    assert marks[10] & Quality.SENTINEL
    assert marks[20] & Quality.RANGE
    assert marks[30] & Quality.SPIKE
    assert marks[40] == Quality.SENTINEL, "zero pressure at the intake is no reading"
    assert (marks != 0).sum() == 4


def test_a_sensor_that_stands_still_by_nature_is_not_frozen() -> None:
    assert not quality_of(SENSORS["frequency"], np.arange(5000), np.full(5000, 50.0)).any()


def test_a_stretch_in_another_unit_is_marked_and_a_closed_valve_is_not() -> None:
    value = 5e6 + np.random.default_rng(1).normal(0, 4e3, 500)
    mixed = value.copy()
    mixed[200:260] *= 0.0980665
    [stretch] = scales.stretches(mixed, "pressure")
    assert np.array_equal(stretch.places, np.arange(200, 260))
    assert stretch.right(mixed[200:260]) == pytest.approx(value[200:260], rel=1e-3)
    shut = 1.1e6 + np.random.default_rng(2).normal(0, 3e3, 500)
    shut[200:260] *= 6.7
    assert not scales.stretches(shut, "surface_pressure")


@given(st.integers(130, 400))
@settings(max_examples=examples(20), deadline=None)
def test_a_long_run_is_frozen_from_its_second_sample_to_its_last(length: int) -> None:
    value = np.random.default_rng(length).normal(5, 1, 1000)
    value[300 : 300 + length] = 5.5
    expected = np.zeros(1000, bool)
    expected[301 : 300 + length] = True
    assert np.array_equal(frozen(value), expected)


@given(st.lists(st.floats(-1e6, 1e6), min_size=0, max_size=80))
def test_marking_never_fails_and_marks_one_for_one(values: list[float]) -> None:
    array = np.array(values)
    assert len(spikes(array)) == len(array)
    assert len(quality_of(SENSORS["motor_current"], np.arange(len(array)), array)) == len(array)
