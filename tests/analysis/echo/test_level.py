"""Levels of shots whose truth is known, made by `shots` without the program's own code."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.analysis.echo.level import Depth, Known, apart, depths, hear
from app.analysis.echo.sound import heat_ratio, sound_speed
from app.analysis.echo.trace import Trace, is_clipped, shot_at, thinned
from tests.analysis.echo.shots import RATE_HZ, Well, heard, time_of

USUAL = Well()
PA = 101_325.0


def levels(well: Well, seed: int = 1, **known: float) -> list[Depth]:
    told = {"joint_m": well.joint_m, **known}
    return depths(hear(Trace(RATE_HZ, (heard(well, seed),)), told["joint_m"]), Known(**told))


@pytest.mark.parametrize(
    "well",
    [
        USUAL,
        Well(level_m=310.0, seconds=6.0),
        Well(level_m=2100.0, seconds=18.0),
        Well(joint_m=10.6, speed_m_s=(410.0, 430.0)),
        Well(level_m=820.0, joint_m=9.05, speed_m_s=(300.0, 296.0), collar=0.004),
        Well(noise=0.003),
        Well(uneven_m=0.7),
    ],
    ids=["usual", "shallow", "deep", "fast gas", "faint collars", "noise", "uneven joints"],
)
def test_the_level_lies_in_the_range_that_its_collars_give(well: Well) -> None:
    found = hear(Trace(RATE_HZ, (heard(well),)), well.joint_m)
    assert not found.why
    assert found.level is not None
    assert found.level.time_s == pytest.approx(float(time_of(well, np.array([well.level_m]))[0]), abs=0.004)
    (depth,) = depths(found, Known(joint_m=well.joint_m))
    assert depth.low_m <= well.level_m <= depth.high_m
    assert depth.high_m - depth.low_m < 0.08 * well.level_m
    assert depth.depth_m == pytest.approx(well.level_m, rel=0.015)
    assert depth.count == pytest.approx(well.level_m / well.joint_m, rel=0.015)


def test_collars_that_are_heard_only_above_give_a_wider_range_and_say_so() -> None:
    well = Well(level_m=2050.0, collar=0.004, noise=0.0009, seconds=16.0, speed_m_s=(345.0, 368.0))
    found = hear(Trace(RATE_HZ, (heard(well, 3),)), well.joint_m)
    assert found.remarks == ("few_collars",)
    (depth,) = depths(found, Known(joint_m=well.joint_m))
    assert depth.low_m <= well.level_m <= depth.high_m
    assert depth.high_m - depth.depth_m > 0.02 * well.level_m


def test_without_collars_the_gas_tells_the_depth_and_without_gas_nobody_does() -> None:
    well = replace(USUAL, collar=0.0)
    assert levels(well) == []
    (by_gas,) = levels(well, gas_density=0.9, temperature_k=303.0, pressure_pa=1.1e6)
    assert by_gas.by == "gas"
    assert by_gas.high_m - by_gas.low_m > 0.05 * by_gas.depth_m
    (given,) = levels(well, speed_m_s=342.4)
    assert given.low_m <= well.level_m <= given.high_m


def test_a_joint_of_the_wrong_length_is_betrayed_by_the_gas() -> None:
    known = Known(joint_m=USUAL.joint_m * 1.12, speed_m_s=342.4)
    trace = hear(Trace(RATE_HZ, (heard(USUAL),)), USUAL.joint_m)
    assert apart(depths(trace, known))
    assert not apart(depths(trace, replace(known, joint_m=USUAL.joint_m)))


def test_a_level_so_near_that_its_repeats_surround_it_is_not_told_at_twice_its_depth() -> None:
    for depth_m in (95.0, 120.0, 150.0, 210.0):
        well = Well(level_m=depth_m, speed_m_s=(340.0, 340.0))
        found = hear(Trace(RATE_HZ, (heard(well),)), well.joint_m)
        for one in depths(found, Known(speed_m_s=340.0)):
            assert one.low_m <= depth_m <= one.high_m


@pytest.mark.parametrize("seed", range(6))
def test_noise_has_no_level_whatever_its_colour(seed: int) -> None:
    random = np.random.default_rng(seed)
    samples = random.normal(0, 1, 20_000)
    if seed % 2:
        samples = np.cumsum(samples) - np.linspace(0, samples.sum(), len(samples))
    if seed % 3 == 0:
        samples += 8 * np.sin(2 * np.pi * 50 * np.arange(len(samples)) / RATE_HZ)
    samples[800:830] += 40 * np.abs(samples).max() * (seed >= 3)
    found = hear(Trace(RATE_HZ, (samples,)), 9.5)
    assert found.why in ("no_shot", "no_level")
    assert found.collars is None
    assert depths(found, Known(joint_m=9.5, speed_m_s=340.0)) == []


def test_a_well_that_sends_nothing_but_collars_has_no_level() -> None:
    found = hear(Trace(RATE_HZ, (heard(replace(USUAL, level=0.0)),)), USUAL.joint_m)
    assert found.why == "no_level"
    assert found.collars is not None


def test_a_level_that_drowns_in_noise_is_not_guessed() -> None:
    found = hear(Trace(RATE_HZ, (heard(replace(USUAL, noise=0.1)),)), USUAL.joint_m)
    assert found.why == "no_level"


def test_two_that_answer_alike_are_both_told_and_a_person_says_which() -> None:
    samples = heard(USUAL)
    at_s = float(time_of(USUAL, np.array([USUAL.level_m]))[0])
    echo = int((USUAL.shot_s + at_s) * RATE_HZ) + np.arange(200)
    samples[echo - int(1.7 * RATE_HZ)] += 0.9 * samples[echo]  # a liner's top
    found = hear(Trace(RATE_HZ, (samples,)), USUAL.joint_m)
    assert found.why == "rivals"
    assert depths(found, Known(speed_m_s=342.4)) == []
    (shown,) = depths(found, Known(speed_m_s=342.4), pointed_s=at_s)
    assert shown.depth_m == pytest.approx(USUAL.level_m, rel=0.005)


def test_of_two_channels_the_clearer_one_is_heard() -> None:
    clear = heard(USUAL)
    drowned = clear + np.random.default_rng(5).normal(0, 0.2, len(clear))
    found = hear(Trace(RATE_HZ, (drowned, clear)), USUAL.joint_m)
    assert (found.level_channel, found.collar_channel) == (1, 1)
    assert depths(found, Known(joint_m=USUAL.joint_m))[0].depth_m == pytest.approx(USUAL.level_m, rel=0.01)


def test_an_echo_that_is_upside_down_is_remarked() -> None:
    found = hear(Trace(RATE_HZ, (heard(replace(USUAL, level=-0.6)),)), USUAL.joint_m)
    assert "inverted" in found.remarks


def test_a_short_record_and_one_without_a_shot_say_so() -> None:
    assert hear(Trace(RATE_HZ, (heard(USUAL)[:1500],))).why == "short"
    assert hear(Trace(RATE_HZ, (np.zeros(9000),))).why == "no_shot"
    assert hear(Trace(RATE_HZ, (heard(USUAL)[: int(1.2 * RATE_HZ)],))).why == "short"


def test_a_record_at_the_end_of_its_scale_is_remarked() -> None:
    assert not is_clipped(heard(USUAL))
    found = hear(Trace(RATE_HZ, (np.clip(heard(USUAL), -0.004, 0.004),)), USUAL.joint_m)
    assert "clipped" in found.remarks


def test_sampling_faster_changes_nothing_but_the_work() -> None:
    samples = np.repeat(heard(USUAL), 10)
    fast = thinned(Trace(10 * RATE_HZ, (samples,)))
    assert fast.rate_hz == pytest.approx(1000.0)
    assert shot_at(fast.channels[0], fast.rate_hz) == pytest.approx(USUAL.shot_s, abs=0.003)


# NIST Chemistry WebBook, fluid properties, 0.101325 MPa: methane and ethane at 300 K.
@pytest.mark.parametrize(("density", "speed"), [(0.5539, 449.7), (1.0382, 312.0)], ids=["methane", "ethane"])
def test_sound_in_pure_gases_is_that_of_the_tables(density: float, speed: float) -> None:
    assert sound_speed(density, 300.0, PA) == pytest.approx(speed, rel=0.01)


def test_sound_has_no_speed_outside_what_the_formula_knows() -> None:
    assert sound_speed(0.4, 300.0, PA) is None
    assert sound_speed(0.8, 500.0, PA) is None
    assert sound_speed(0.8, 300.0, 9e6) is None
    assert heat_ratio(0.8, 300.0) > heat_ratio(0.8, 360.0) > heat_ratio(1.2, 360.0) > 1
