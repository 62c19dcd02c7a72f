"""The ESP simulator's physics, its conditions and the marks on bad samples."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.diagnosis import diagnose_esp
from app.analysis.quality.marks import frozen, quality_of, spikes
from app.analysis.rules.base import HOUR_US, EspCase, certainty, episodes, esp_case, smooth
from app.analysis.rules.esp_insulation_decline import theil_sen
from app.analysis.simulate.esp import Conditions, EspWells, run_esp
from app.models.readings import Hourly, Quality
from app.models.sensors import SENSORS

DAYS = 36


def simulate(story: object, seed: int = 5, wells: int = 3, days: int = DAYS) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(seed)
    return run_esp(EspWells.varied(wells, rng), days * 1440, story, rng).values  # type: ignore[arg-type]


def hours_of(values: dict[str, np.ndarray], well: int) -> dict[str, Hourly]:
    """Independent of the store: hours straight from the samples, with their quality marks."""
    result = {}
    for code, rows in values.items():
        samples = rows[well].astype(float)
        time_us = np.arange(len(samples)) * 60_000_000
        marks = quality_of(SENSORS[code], time_us, samples)
        good = np.where(marks == 0, samples, np.nan).reshape(-1, 60)
        with np.errstate(all="ignore"):
            import warnings

            with warnings.catch_warnings():
                warnings.simplefilter("ignore", RuntimeWarning)
                low, high, mean = np.nanmin(good, 1), np.nanmax(good, 1), np.nanmean(good, 1)
        bad = (marks != 0).reshape(-1, 60)
        result[code] = Hourly(
            np.arange(len(low)) * HOUR_US, low, high, mean, (~bad).sum(1), bad.sum(1),
            np.bitwise_or.reduce(marks.reshape(-1, 60), axis=1),
        )  # fmt: skip
    return result


def case_of(values: dict[str, np.ndarray], well: int = 0) -> EspCase:
    case = esp_case(hours_of(values, well))
    assert case is not None
    return case


def quiet(day: float, c: Conditions) -> None:
    c.switched_on[:] = True


HEALTHY = simulate(quiet)


def test_a_healthy_pump_settles_where_inflow_equals_what_it_lifts() -> None:
    rate, pressure = HEALTHY["liquid_rate"][:, -1440:], HEALTHY["intake_pressure"][:, -1440:]
    assert (rate.mean(axis=1) * 86_400 > 40).all()
    assert (np.ptp(pressure, axis=1) < 0.1e6).all()
    assert ((HEALTHY["discharge_pressure"] - HEALTHY["intake_pressure"])[:, -1] > 8e6).all()
    assert ((HEALTHY["motor_temperature"] - HEALTHY["intake_temperature"])[:, -1] > 5).all()


def test_the_same_seed_gives_the_same_field_to_the_last_bit() -> None:
    again = simulate(quiet)
    for code, rows in HEALTHY.items():
        assert np.array_equal(rows, again[code]), code


def test_a_higher_frequency_lifts_more_and_draws_the_intake_down() -> None:
    def faster(day: float, c: Conditions) -> None:
        c.frequency_hz[:] = 50 if day < DAYS / 2 else 54

    values = simulate(faster)
    half = DAYS * 720
    assert (
        values["liquid_rate"][:, -1000:].mean(1) > values["liquid_rate"][:, half - 1000 : half].mean(1)
    ).all()
    assert (
        values["intake_pressure"][:, -1000:].mean(1)
        < values["intake_pressure"][:, half - 1000 : half].mean(1)
    ).all()
    assert (
        values["active_power"][:, -1000:].mean(1) > values["active_power"][:, half - 1000 : half].mean(1)
    ).all()


def test_a_stopped_well_gives_nothing_and_its_level_comes_back() -> None:
    def stop(day: float, c: Conditions) -> None:
        c.switched_on[:] = day < DAYS - 1

    values = simulate(stop)
    assert (values["liquid_rate"][:, -10:] == 0).all()
    assert (values["motor_current"][:, -10:] == 0).all()
    assert (values["intake_pressure"][:, -1] > values["intake_pressure"][:, -1500] + 1e6).all()


# One well each: what is done to it, and what must be found there first.
FAULTS = ("gas_interference", "pump_off", "insulation_decline", "motor_overheat")


def four_faults(day: float, c: Conditions) -> None:
    c.gas_noise[0] = 0.01 + 0.055 * np.clip((day - DAYS + 8) / 2, 0, 1)
    c.productivity[1] = 1 - 0.8 * np.clip((day - DAYS + 18) / 10, 0, 1)
    c.insulation_ohm[2] = 5e6 * 10 ** (-0.5 * np.clip((day - 12) / (DAYS - 12), 0, 1))
    c.cooling[3] = 1 - 0.5 * np.clip((day - DAYS + 10) / 5, 0, 1)


@pytest.mark.parametrize("seed", [5, 11])
def test_each_condition_is_found_on_its_well_from_its_beginning_and_none_on_the_healthy_ones(
    seed: int,
) -> None:
    values = simulate(four_faults, seed, wells=6)
    for well, code in enumerate(FAULTS):
        found = diagnose_esp(case_of(values, well))
        assert found[0][0] == code
        verdict = found[0][1]
        assert verdict.confidence > 0.6
        assert verdict.evidence
        assert verdict.from_us is not None
        assert verdict.from_us > 10 * 24 * HOUR_US
    for healthy in (4, 5):
        assert diagnose_esp(case_of(values, healthy)) == []


def test_planned_stops_are_no_fault() -> None:
    def stops(day: float, c: Conditions) -> None:
        c.switched_on[:] = not (10 <= day < 10.4 or 25 <= day < 25.2 or 33 <= day < 33.5)

    values = simulate(stops)
    assert [diagnose_esp(case_of(values, well)) for well in range(3)] == [[], [], []]


def test_a_frozen_gauge_is_found_and_kept_out_of_the_diagnosis() -> None:
    values = {code: rows.copy() for code, rows in HEALTHY.items()}
    values["intake_pressure"][0, -4000:] = values["intake_pressure"][0, -4000]
    found = diagnose_esp(case_of(values, 0))
    assert [code for code, _ in found] == ["sensor_frozen"]
    assert found[0][1].evidence[0].sensor == "intake_pressure"


def test_a_well_without_current_or_frequency_is_not_diagnosed() -> None:
    assert esp_case({"intake_pressure": hours_of(HEALTHY, 0)["intake_pressure"]}) is None
    assert esp_case({}) is None


# ---- marks on samples -------------------------------------------------------------------------------------------


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
    assert marks[40] & Quality.RANGE, "zero pressure at the intake is no reading"
    assert (marks != 0).sum() == 4


def test_a_sensor_that_stands_still_by_nature_is_not_frozen() -> None:
    assert not quality_of(SENSORS["frequency"], np.arange(5000), np.full(5000, 50.0)).any()


@given(st.integers(130, 400))
@settings(max_examples=20, deadline=None)
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


# ---- tools of the rules -----------------------------------------------------------------------------------------


def test_episodes_bridge_short_breaks_and_drop_short_ones() -> None:
    mask = np.zeros(100, bool)
    mask[10:20] = mask[22:30] = mask[60:62] = True
    assert episodes(mask, at_least=5, bridge=4) == [slice(10, 30)]
    assert episodes(np.zeros(5, bool), at_least=1, bridge=1) == []


def test_smoothing_needs_half_of_its_window() -> None:
    values = np.r_[np.full(10, np.nan), np.arange(10.0)]
    smoothed = smooth(values, 4)
    assert np.isnan(smoothed[:11]).all()
    assert smoothed[-1] == pytest.approx(7.5)


def test_certainty_is_half_and_nine_tenths_where_it_says() -> None:
    assert certainty(2.0, half=2.0, sure=3.0) == pytest.approx(0.5)
    assert certainty(3.0, half=2.0, sure=3.0) == pytest.approx(0.9)
    assert certainty(1e9, half=2.0, sure=3.0) <= 0.98


def test_theil_sen_is_not_moved_by_an_outlier() -> None:
    x = np.arange(20.0)
    y = 3 - 0.5 * x
    y[7] = 100
    slope, agreement = theil_sen(x, y)
    assert slope == pytest.approx(-0.5)
    assert agreement < -0.8
