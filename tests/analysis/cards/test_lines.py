"""Load lines of drawn cards whose fluid load, strokes and fillage are known because they were drawn."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.cards.lines import LoadLines, load_lines
from app.models.cards import PumpCard
from tests.proofs import examples

SHARE = np.linspace(0.0, 1.0, 201)


def drawn(
    fillage: float = 1.0, *, high: float = 12e3, low: float = 2e3, stroke: float = 3.0, ramp: float = 0.02
) -> PumpCard:
    """Up at `high`; down at `high` until the liquid is met at `fillage` + ramp, then a straight fall."""
    down = np.interp(SHARE, [fillage, fillage + ramp], [low, high])
    up = np.interp(SHARE, [0.0, ramp], [low, high])
    return PumpCard(stroke * np.r_[SHARE, SHARE[::-1]], np.r_[up, down[::-1]])


@pytest.mark.parametrize("fillage", [0.35, 0.5, 0.62, 0.8, 0.95])
def test_fillage_is_where_the_falling_load_has_come_down(fillage: float) -> None:
    lines = load_lines(drawn(fillage))
    assert lines.fillage == pytest.approx(fillage, abs=0.012)
    assert lines.net_stroke_m == pytest.approx(3 * fillage, abs=0.036)
    assert lines.gross_stroke_m == 3.0


@pytest.mark.parametrize("fillage", [0.4, 0.7, 1.0])
def test_the_lines_lie_where_they_were_drawn(fillage: float) -> None:
    lines = load_lines(drawn(fillage))
    assert (lines.upper_n, lines.lower_n) == pytest.approx((12e3, 2e3))
    assert lines.fluid_load_n == pytest.approx(10e3)


@given(scale=st.floats(0.01, 100), lift=st.floats(-1e4, 1e5), fillage=st.floats(0.4, 0.95))
@settings(max_examples=examples(25))
def test_scaling_all_loads_scales_the_fluid_load_and_an_offset_only_moves_the_lines(
    scale: float, lift: float, fillage: float
) -> None:
    card = drawn(fillage)
    once = load_lines(card)
    other = load_lines(PumpCard(card.position_m, scale * card.load_n + lift))
    assert other.fluid_load_n == pytest.approx(scale * once.fluid_load_n, rel=1e-6)
    assert other.lower_n == pytest.approx(scale * once.lower_n + lift, rel=1e-6, abs=1e-6)
    assert other.fillage == pytest.approx(once.fillage, abs=1e-4)


@given(scale=st.floats(0.01, 100), offset=st.floats(-10, 10))
@settings(max_examples=examples(25))
def test_fillage_does_not_depend_on_the_unit_of_length_nor_on_where_zero_is(
    scale: float, offset: float
) -> None:
    card = drawn(0.6)
    once = load_lines(card)
    other = load_lines(PumpCard(scale * card.position_m + offset, card.load_n))
    assert other.fillage == pytest.approx(once.fillage, abs=0.011)
    assert other.gross_stroke_m == pytest.approx(scale * 3.0)


def test_lines_the_wrong_way_round_leave_the_whole_stroke() -> None:
    card = drawn(0.6)
    turned = load_lines(PumpCard(card.position_m, 14e3 - card.load_n))
    assert turned.fluid_load_n < 0
    assert turned.net_stroke_m == turned.gross_stroke_m == 3.0
    assert turned.spread_m == 0.0
    flat = load_lines(PumpCard(card.position_m, np.full(402, 5e3)))
    assert (flat.fluid_load_n, flat.fillage) == (0.0, 1.0)


def test_the_range_is_narrow_on_a_sharp_fall_and_tells_a_slow_one() -> None:
    sharp, slow = load_lines(drawn(0.6, ramp=0.01)), load_lines(drawn(0.5, ramp=0.3))
    assert sharp.fillage_spread < 0.02
    assert slow.fillage_spread > sharp.fillage_spread
    assert slow.fillage_spread == pytest.approx(slow.spread_m / 3.0)


def test_a_load_that_falls_all_the_way_says_little_of_the_stroke() -> None:
    """A standing valve that leaks all the way: it may have opened anywhere below the middle."""
    down = np.linspace(12e3, 2e3, 201)
    up = np.full(201, 12e3)
    lines = load_lines(PumpCard(3 * np.r_[SHARE, SHARE[::-1]], np.r_[up, down]))
    low, high = lines.net_range_m
    assert low < 0.4 * 3
    assert low <= lines.net_stroke_m <= high
    assert lines.fillage_spread > 0.2


def test_fillage_is_between_nothing_and_all() -> None:
    assert LoadLines(2.0, 1.0, 3.0, 4.0).fillage == 1.0
    assert LoadLines(2.0, 1.0, 3.0, -1.0).fillage == 0.0
    assert LoadLines(2.0, 1.0, 4.0, 3.0).fillage == 0.75
    assert LoadLines(2.0, 1.0, 4.0, 3.0, 0.2).fillage_spread == pytest.approx(0.05)


def test_a_few_spoiled_points_do_not_move_the_lines() -> None:
    card = drawn(0.7)
    load = card.load_n.copy()
    load[[60, 90, 330]] = (90e3, -50e3, 40e3)
    lines = load_lines(PumpCard(card.position_m, load))
    assert (lines.upper_n, lines.lower_n) == pytest.approx((12e3, 2e3))


def test_a_full_pump_is_nearly_full_and_no_more() -> None:
    lines = load_lines(drawn(1.0, ramp=0.0001))
    assert 0.98 < lines.fillage <= 1.0


def test_a_card_of_few_points_still_has_lines() -> None:
    x = np.array([0.0, 1.0, 2.0, 3.0, 2.0, 1.0])
    lines = load_lines(PumpCard(x, np.array([2.0, 12.0, 12.0, 12.0, 2.0, 2.0])))
    assert lines.upper_n == 12.0
    assert lines.lower_n == 2.0


@pytest.mark.parametrize("lean", [-3e3, 3e3])
def test_of_a_leaning_upstroke_the_upper_line_is_its_height_in_the_middle(lean: float) -> None:
    """The middle half lies round the middle: its median is what stands there."""
    card = drawn(0.7)
    load = card.load_n.copy()
    load[8:201] += lean * (SHARE[8:] - 0.5)
    assert load_lines(PumpCard(card.position_m, load)).upper_n == pytest.approx(12e3, abs=abs(lean) / 200)
    bent = np.where(np.abs(SHARE - 0.5) < 0.25, card.load_n[:201], 9e3)
    ends = load_lines(PumpCard(card.position_m, np.r_[bent, card.load_n[201:]]))
    assert ends.upper_n == 12e3, "what lies outside the middle half is not asked"


@pytest.mark.parametrize("fillage", [0.6, 0.8])
@pytest.mark.parametrize("lean", [-800.0, 800.0])
def test_of_a_leaning_downstroke_the_lower_line_is_its_height_in_the_middle_of_what_was_pumped(
    lean: float, fillage: float
) -> None:
    card = drawn(fillage)
    load = card.load_n.copy()
    pumped = SHARE[::-1] < fillage
    load[201:][pumped] += lean * (SHARE[::-1][pumped] - fillage / 2)
    lines = load_lines(PumpCard(card.position_m, load))
    assert lines.lower_n == pytest.approx(2e3, abs=abs(lean) / 50)
    bent = np.where(
        np.abs(SHARE[::-1] - fillage / 2) < 0.2 * fillage, card.load_n[201:], card.load_n[201:] + 300
    )
    ends = load_lines(PumpCard(card.position_m, np.r_[card.load_n[:201], bent]))
    assert ends.lower_n == 2e3


@pytest.mark.parametrize("scale", [0.5, 4.0])
def test_every_length_of_a_card_goes_with_its_unit(scale: float) -> None:
    card = drawn(0.6, ramp=0.2)
    once, other = load_lines(card), load_lines(PumpCard(scale * card.position_m, card.load_n))
    assert other.net_range_m == pytest.approx(tuple(scale * end for end in once.net_range_m), rel=1e-9)
    assert other.spread_m == pytest.approx(scale * once.spread_m, rel=1e-9)
    assert other.net_stroke_m == pytest.approx(scale * once.net_stroke_m, rel=1e-9)
    low, high = once.net_range_m
    assert 0.1 < low < once.net_stroke_m <= high < 3.0


@pytest.mark.parametrize("lost", [800.0, 1_500.0])
def test_half_of_what_the_top_takes_off_at_once_is_friction(lost: float) -> None:
    """Rods that rub hang by as much less when they stand, and by twice that when they go down."""
    card = drawn(0.6, ramp=0.05)
    load = card.load_n.copy()
    load[201:] = np.minimum(load[201:], 12e3 - lost)
    load[200:202] = 12e3 - lost / 2
    friction = load_lines(PumpCard(card.position_m, load)).turn_friction_n
    assert friction == pytest.approx(lost / 2, rel=0.05)


def test_lines_that_fall_together_when_the_lower_one_is_looked_at_again_leave_the_whole_stroke() -> None:
    """On the way down nothing for a twentieth, then all of it, then nothing at the bottom: the second look
    at the lower line lies in the middle of what is full.
    """
    down = np.where((SHARE > 0.9) | ((SHARE > 0.36) & (SHARE < 0.85)), 10e3, 0.0)
    found = load_lines(PumpCard(3.0 * np.r_[SHARE, SHARE[::-1]], np.r_[np.full(201, 10e3), down[::-1]]))
    assert (found.fluid_load_n, found.fillage, found.net_stroke_m) == (0.0, 1.0, 3.0)
