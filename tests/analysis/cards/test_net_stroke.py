"""Where the load leaves the rods: rounded steps, squeezed gas, friction at the turn, each known before."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.cards.lines import load_lines
from app.analysis.cards.net_stroke import ENDS, LEANS, net_stroke
from app.analysis.simulate.pump import PumpRun
from app.analysis.simulate.rod_pump import SimulatedCards, run_cards
from app.models.cards import PumpCard
from tests.analysis.test_cards import rod_well
from tests.proofs import examples

N = 200
turn = 2 * np.pi * np.arange(N) / N
position = 1.5 * (1 - np.cos(turn))


def rounded(load: np.ndarray, samples: float) -> np.ndarray:
    """As a slow recorder would: a Gaussian over the closed stroke."""
    order = np.fft.rfftfreq(N) * 2 * np.pi
    return np.fft.irfft(np.fft.rfft(load) * np.exp(-((order * samples) ** 2) / 2), N)


def stepped(fillage: float, friction: float = 0.0) -> np.ndarray:
    """A step where the liquid is met, dry friction both ways [kN]."""
    up = turn < np.pi
    held = up | (position / 3.0 > fillage)
    return np.where(held, 20.0, 0.0) + np.where(up, friction, -friction)


@pytest.mark.parametrize("samples", [1.0, 3.0, 6.0])
@pytest.mark.parametrize("fillage", [0.3, 0.55, 0.8, 1.0])
def test_a_rounded_step_lies_in_its_middle(fillage: float, samples: float) -> None:
    found = load_lines(PumpCard(position, rounded(stepped(fillage), samples)))
    assert found.fillage == pytest.approx(fillage, abs=0.02)


@pytest.mark.parametrize("friction", [1.0, 2.0, 3.0])
def test_what_dry_friction_takes_off_at_the_turn_is_no_part_of_the_fall(friction: float) -> None:
    found = load_lines(PumpCard(position, rounded(stepped(0.7, friction), 4.0)))
    assert found.fillage == pytest.approx(0.7, abs=0.02)
    assert found.turn_friction_n == pytest.approx(friction, abs=0.3)


def test_ends_are_read_between_leans_that_rise() -> None:
    """Interpolation asks for it and says nothing when it is not so."""
    assert (np.diff(LEANS) > 0).all()
    assert len(LEANS) == len(ENDS)


def test_a_fall_that_hardly_leans_may_be_an_even_one() -> None:
    """Skewness 0.13, less its error none: an even fall, its middle the most that the pump may have filled."""
    share = np.linspace(0.0, 1.0, 201)
    gone = np.clip((0.6 - share[:-1][::-1]) / 0.2, 0.0, 1.0)  # of the way from 0.6 to 0.4 of the stroke
    load = 1 - 0.8 * gone - 0.2 * gone**2
    found = net_stroke(np.r_[share, share[:-1][::-1]], np.r_[np.ones(201), load], 200)
    level = 1 - np.linspace(0.95, 0.05, 19)
    passed = (np.sqrt(0.64 + 0.8 * level) - 0.8) / 0.4
    assert found.high == pytest.approx(0.6 - 0.2 * passed.mean(), abs=1e-3)
    assert found.share < 0.44


@lru_cache(maxsize=1)
def simulated() -> SimulatedCards:
    """Pound and gas, one batch: fillage 0.5 … 0.8, intake 0.4 … 3 MPa."""
    run = PumpRun(
        fillage=np.array([0.5, 0.5, 0.75, 0.8]),
        intake_pressure_pa=np.array([0.4e6, 3e6, 3e6, 0.5e6]),
        dead_space_m=np.array([0.05, 0.3, 0.2, 0.1]),
        friction_n=0.0,
    )
    return run_cards(rod_well(), run.spread(4), strokes=3, steps=512)


@pytest.mark.parametrize("samples", [0.0, 2.0, 4.0])
@pytest.mark.parametrize("card", range(4))
def test_squeezed_gas_ends_where_the_valve_opens(card: int, samples: float) -> None:
    """The simulated pump opens its valve where its own load first lies on the lower line."""
    position, load = simulated().pump_position_m[card], simulated().pump_load_n[card]
    start = int(np.argmin(position))
    x, f = np.roll(position, -start), np.roll(load, -start)
    down = np.argmax(x)
    opened = x[down:][int(np.argmax(f[down:] < f.min() + 0.04 * np.ptp(f)))] / np.ptp(x)
    found = load_lines(PumpCard(x, rounded(f, samples)))
    assert found.fillage == pytest.approx(opened, abs=0.03)
    low, high = (net / found.gross_stroke_m for net in found.net_range_m)
    assert low - 0.01 <= opened <= high + 0.01


@given(noise=st.integers(0, 2**31), fillage=st.floats(0.2, 1.0))
@settings(max_examples=examples(30))
def test_the_range_holds_the_figure_and_lies_in_the_stroke(noise: int, fillage: float) -> None:
    ragged = stepped(fillage) + np.random.default_rng(noise).normal(0, 1.5, N)
    found = load_lines(PumpCard(position, ragged))
    low, high = found.net_range_m
    assert -1e-9 <= low <= found.net_stroke_m <= high <= found.gross_stroke_m + 1e-9
    assert np.isfinite([low, high, found.fillage]).all()


# ---- the end of a fall by its lean -------------------------------------------------------------------------


def falling_at(times: np.ndarray, top: int = 100, n: int = 200) -> tuple[np.ndarray, np.ndarray]:
    """(position, load) whose load passes 95 … 5 % at these times after the top, the place falling evenly."""
    position = np.r_[np.linspace(0, 1, top + 1), np.linspace(1, 0, n - top)[1:]]
    levels = np.linspace(0.95, 0.05, 19)
    at = np.arange(n - top, dtype=float)
    first, last = 2 * times[0] - times[1], 2 * times[-1] - times[-2]
    down = np.interp(at, np.r_[first, times, last], np.r_[1.0, levels, 0.0])
    return position, np.r_[np.ones(top), down]


def leaning(skewness: float, *, mean: float = 40.0, width: float = 6.0) -> np.ndarray:
    """Nineteen rising times of this mean, deviation and skewness to early, by the power of an even row."""
    even, low, high = np.linspace(1.0, 0.0, 19), 1.0, 12.0
    for _ in range(60):
        power = (low + high) / 2
        way = -(even**power)
        lean = float(np.mean((way.mean() - way) ** 3)) / float(way.std()) ** 3
        low, high = (power, high) if lean < skewness else (low, power)
    return mean + width * (way - way.mean()) / way.std()


ENDS_BY_LEAN = (
    (0.1, 1.1),
    (0.2, 1.4),
    (0.35, 1.4),
    (0.5, 1.33),
    (0.7, 1.29),
    (0.85, 1.24),
    (1.05, 1.18),
    (1.4, 1.05),
)


@pytest.mark.parametrize(("lean", "end"), ENDS_BY_LEAN)
def test_a_fall_ends_after_its_mean_by_as_many_deviations_as_it_leans(lean: float, end: float) -> None:
    """By times a hundredfold finer than the record's own steps would have them; no later than it is gone."""
    times = leaning(lean)
    gone = 2 * times[-1] - times[-2]
    position, load = falling_at(10 * times, top=1000, n=2000)
    found = net_stroke(position, load, 1000)
    assert found.share == pytest.approx(1 - 10 * min(times.mean() + end * times.std(), gone) / 999, abs=2e-3)
    late = [np.interp(x, *np.array(ENDS_BY_LEAN).T) for x in (lean - 0.15, lean, lean + 0.15)]
    if 0.25 <= lean <= 1.2:
        most, least = max(late) + 0.25, min(late) - 0.25
        assert found.low == pytest.approx(
            1 - 10 * min(times.mean() + most * times.std(), gone) / 999, abs=2e-3
        )
        assert found.high == pytest.approx(1 - 10 * (times.mean() + least * times.std()) / 999, abs=2e-3)


@pytest.mark.parametrize("fillage", [0.3, 0.4, 0.5])
def test_the_valve_has_opened_when_the_load_is_gone_however_early_it_began_to_go(fillage: float) -> None:
    """A quarter of it goes slowly from the top on, the rest at once: as many deviations after the mean as
    this fall leans, the plunger is far below."""
    share = position / 3.0
    slowly = 1 - 0.3 * (1 - share) / (0.95 - fillage)
    load = np.where(turn < np.pi, 1.0, np.interp(share, [fillage, fillage + 0.05], [0.0, 1.0]) * slowly)
    found = net_stroke(share, load, N // 2)
    assert found.share == pytest.approx(fillage, abs=0.02)


def test_the_range_is_no_narrower_than_half_a_point_of_the_record_either_way() -> None:
    found = load_lines(PumpCard(position, stepped(0.5)))
    low, high = found.net_range_m
    step = 1.5 * np.pi / 100  # at mid-stroke
    assert (found.net_stroke_m - low, high - found.net_stroke_m) >= (0.45 * step, 0.45 * step)
    assert high - low < 3 * step


@pytest.mark.parametrize(("lean", "end"), [(0.0, 0.0), (0.03, 0.0), (1.8, 0.975), (2.2, 0.9), (2.6, 0.9)])
def test_ends_between_and_beyond_the_leans_are_read_straight(lean: float, end: float) -> None:
    assert float(np.interp(lean, LEANS, ENDS)) == pytest.approx(end)


@pytest.mark.parametrize(("place", "apart"), [(0.91, True), (0.93, False), (0.12, True), (0.08, False)])
def test_the_fall_is_apart_from_the_turn_between_a_tenth_and_ninety_two_hundredths(
    place: float, apart: bool
) -> None:
    load = np.where(np.r_[np.ones(N // 2, bool), position[N // 2 :] / 3 > place], 1.0, 0.0)
    found = net_stroke(position / 3, load, N // 2)
    assert np.isfinite(found.lost_at_turn) == apart


@pytest.mark.parametrize(("lost", "apart"), [(0.38, True), (0.6, True), (0.73, True), (0.77, False)])
def test_a_turn_takes_three_quarters_off_at_most(lost: float, apart: bool) -> None:
    down = np.where(position[N // 2 :] / 3 > 0.6, 1 - lost, 0.0)
    load = np.r_[np.ones(N // 2), down]
    load[N // 2] = 1 - lost / 2
    found = net_stroke(position / 3, load, N // 2)
    assert np.isfinite(found.lost_at_turn) is np.bool_(apart)
    if apart:
        assert found.lost_at_turn == pytest.approx(lost)
        assert found.share == pytest.approx(0.6, abs=0.02)


def test_a_turn_whose_rods_have_let_go_at_the_top_is_told_by_what_is_left_after_it() -> None:
    """Friction along the rods lifts the top while it turns: at the top nearly all of it is off already, and
    twice that was taken for the whole. What is left lies flat until the liquid is met at 0.7.
    """
    down = np.where(position[N // 2 :] / 3 > 0.7, 0.55, 0.0)
    found = net_stroke(position / 3, np.r_[np.ones(N // 2), down], N // 2)
    assert found.lost_at_turn == pytest.approx(0.45)
    assert found.share == pytest.approx(0.7, abs=0.02)
