"""What moves a stroke, part by part and at its own limits, in cards of a dozen points made for that."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest

from app.analysis.cards import damping, strings, strokes
from app.analysis.cards.harmonic import StringMotion
from app.analysis.cards.lines import LoadLines
from app.models.cards import Card, PumpCard, WellBore

GROSS = 4.0
UP, DOWN = [0.0, 0.02, 0.06, 0.2, 0.5, 0.8, 1.0], [0.8, 0.5, 0.2, 0.06, 0.02]
PLACES = GROSS * np.array([*UP, *DOWN])
LINES = LoadLines(10e3, 0.0, GROSS, 0.5 * GROSS)
RODS = (strings.section(1_000.0, 0.022225),)
PER_N = 2 * strings.compliance(RODS)


def pump(*shares: float) -> PumpCard:
    return PumpCard(PLACES, 10e3 * np.array(shares))


# ---- a cell that answers late ------------------------------------------------------------------------------

ON_LATE = pump(0.0, 0.6, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0)
"""Over 0.8 of the load halfway between 0.02 and 0.06 of the stroke."""

TWICE_AS_FAST = np.array([0.0, 0.5, 1.0, 1.5, 5.0, 6.0, 7.0, 6.0, 5.0, 4.0, 3.0, 1.0])
"""Where the load comes on it goes 1 m in two steps, where the pump opens 2 m."""


def hidden(card: PumpCard, polished: np.ndarray = TWICE_AS_FAST, lines: LoadLines = LINES) -> float:
    return strokes._hidden_by_a_late_cell(lines, card, polished)


def test_a_late_load_hides_its_way_by_the_rods_speeds_less_what_a_prompt_cell_takes() -> None:
    assert hidden(ON_LATE) == pytest.approx((0.04 - 0.003) * 2 * GROSS)
    assert hidden(ON_LATE, -TWICE_AS_FAST) == hidden(ON_LATE), "whichever way is up"


def test_a_load_that_is_just_on_at_a_point_is_on_there() -> None:
    """The rods' speed is that of the step before it."""
    just = pump(0.0, 0.8, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0)
    assert hidden(just) == pytest.approx((0.02 - 0.003) * 2 / 0.75 * GROSS)


def test_where_the_pump_opens_slowly_it_hides_its_own_way_all_the_same() -> None:
    slow = TWICE_AS_FAST.copy()
    slow[9] = 5.5
    assert hidden(ON_LATE, slow) == pytest.approx((0.04 - 0.003) * GROSS)


def test_it_opens_where_the_fillage_says() -> None:
    later = TWICE_AS_FAST.copy()
    later[10] = 4.6  # at 0.2 of the stroke 0.4 m in two steps, at 0.5 of it 2 m still
    assert hidden(ON_LATE, later) == hidden(ON_LATE)
    assert hidden(ON_LATE, later, replace(LINES, net_stroke_m=0.2 * GROSS)) == pytest.approx(0.037 * GROSS)


def test_later_than_a_tenth_of_the_stroke_is_no_cells_doing() -> None:
    late = pump(0.0, 0.1, 0.6, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0)
    assert hidden(late) == pytest.approx(0.1 * GROSS)


@pytest.mark.parametrize("first", [0.8, 0.9, 0.79])
def test_a_load_that_is_on_at_the_bottom_hides_nothing(first: float) -> None:
    assert hidden(pump(first, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0)) == 0.0


def test_a_load_that_never_comes_on_hides_nothing() -> None:
    assert hidden(pump(*[0.7] * 7, *[0.0] * 5)) == 0.0


def test_rods_that_stand_while_the_load_comes_on_say_nothing() -> None:
    standing = TWICE_AS_FAST.copy()
    standing[:4] = 0.0
    assert hidden(ON_LATE, standing) == 0.0


# ---- a card that leans out at a turn -----------------------------------------------------------------------


def leaned(lines: LoadLines, *shares: float, friction_n: float = 1e3) -> float:
    return strokes._leaned_out(lines, pump(*shares), friction_n)


SEEN = replace(LINES, turn_friction_n=1e3)
"""Two kilonewtons are lost at the top by friction alone: 0.6 of them at first, 1.4 at the end."""

EARLIER = 0.0, 0.5, 0.9, 0.94, 0.94
"""0.6 kN are off at the half of the stroke."""


def test_at_the_top_it_goes_on_from_where_its_friction_begins_to_turn() -> None:
    assert leaned(SEEN, *EARLIER, 0.93, 0.86, 0.5, 0, 0, 0, 0) == pytest.approx(0.5 * GROSS / 0.5)


def test_what_is_rounded_after_the_turn_is_taken_off_three_times() -> None:
    nearer = PLACES.copy()
    nearer[7] = 0.95 * GROSS
    card = PumpCard(nearer, 10e3 * np.array([*EARLIER, 0.93, 0.90, 0.86, 0.5, 0, 0, 0]))
    assert strokes._leaned_out(SEEN, card, 0.0) == pytest.approx((0.5 - 3 * 0.05) * GROSS / 0.5)
    assert leaned(SEEN, *EARLIER, 0.93, 0.90, 0.86, 0.5, 0, 0, 0) == 0.0, "more than there is"


def test_without_a_turn_seen_at_the_top_the_bottom_is_asked_by_the_friction_that_is_credited() -> None:
    """Of a load that is on at once 0.6 kN are on at a fifth of the stroke before the bottom."""
    rounded = leaned(LINES, 0.07, 0.93, 0.94, 1, 1, 1, 1, 1, 0.2, 0.1, 0.06, 0.065)
    assert rounded == 0.0
    soon = leaned(LINES, 0.94, 1, 1, 1, 1, 1, 1, 1, 0.2, 0.06, 0.07, 0.08)
    assert soon == pytest.approx(0.2 * GROSS / 0.5)
    half = leaned(LINES, 0.94, 1, 1, 1, 1, 1, 1, 1, 0.2, 0.06, 0.07, 0.08, friction_n=0.5e3)
    assert half == 0.0, "0.3 kN are on nowhere before"


# ---- strokes and their ranges ------------------------------------------------------------------------------


def told(lines: LoadLines, rods: Any = RODS, largest_n: float = 20e3) -> strokes.Strokes:
    square = pump(1.0, *[1.0] * 6, *[0.0] * 5)
    return strokes.strokes_of(lines, square, PLACES, rods, largest_n)


def test_lines_at_one_height_say_the_whole_stroke() -> None:
    found = told(LoadLines(5e3, 5e3, GROSS, 3.0))
    assert (found.gross_m, found.net_m, found.gross_range_m) == (GROSS, 3.0, (GROSS, GROSS))
    assert found.fillage_range == (1.0, 1.0)


def test_a_range_ends_with_the_whole_stroke_and_with_none_of_it() -> None:
    full, none = told(replace(LINES, net_stroke_m=3.99)), told(replace(LINES, net_stroke_m=0.01))
    assert (full.net_range_m[1], full.fillage_range[1]) == (GROSS, 1.0)
    assert (none.net_range_m[0], none.fillage_range[0]) == (0.0, 0.0)


def test_the_range_is_half_a_percent_of_place_and_all_of_the_friction_in_the_stuffing_box() -> None:
    found = told(LINES)  # nothing lies low: three hundredths of the largest load may
    most = PER_N * 0.03 * 20e3
    assert found.gross_m == GROSS
    assert found.gross_range_m == pytest.approx((GROSS - most - 0.02, GROSS + 0.02))
    assert found.net_range_m == pytest.approx((2.0 - 0.02 - most, 2.02))
    assert found.fillage_range == pytest.approx(((1.98 - most) / (GROSS - most), 2.02 / GROSS))


def test_friction_stretches_no_more_than_a_sixth_or_so_of_the_stroke() -> None:
    soft = (replace(RODS[0], modulus_pa=1e9),)
    assert told(LINES, soft).gross_range_m[0] == pytest.approx((1 - 0.15 - 0.005) * GROSS)


@pytest.mark.parametrize(("net", "fillage"), [(5.0, 1.0), (1.0, 0.25), (-1.0, 0.0)])
def test_a_fillage_is_a_share(net: float, fillage: float) -> None:
    assert strokes.Strokes(4.0, net, (0, 0), (0, 0), (0, 0)).fillage == fillage


# ---- damping that the lines tell ---------------------------------------------------------------------------

MANY = 40
LEVEL = (np.arange(MANY) < 10, (np.arange(MANY) >= 20) & (np.arange(MANY) < 30))
"""The points of both lines."""

WAVE = np.tile([1.0, -1.0], MANY // 2)
ACROSS = np.tile([1.0, 1.0, -1.0, -1.0, 0.0], MANY // 5)
"""Of no mean on either line, and nothing of it is a WAVE."""


def asked(monkeypatch: pytest.MonkeyPatch, bends: np.ndarray, points: int = 10, **bore: Any) -> float:
    """Damping told where a trial of 0.1 lifts each line by a wave, and these bend them."""
    parts = tuple(part & (np.cumsum(part) <= points) for part in LEVEL)
    monkeypatch.setattr(damping, "_plateaus", lambda position, lines: parts)
    monkeypatch.setattr(damping, "_by_damping", lambda card, clean, tried: tried * 10 * WAVE)
    lines = bore.pop("lines", LINES)
    card = Card("7", datetime(2026, 1, 1, tzinfo=UTC), 6.0, PLACES, PLACES, bore=WellBore(**bore))
    motion = StringMotion(np.arange(MANY) * 1.0, 5e3 + bends, ())
    return damping.told_by_lines(card, None, motion, lines)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("times", "told"), [(0.09, 0.0), (0.11, 0.011), (1.0, 0.1), (2.9, 0.29), (3.1, 0.0), (-1.0, 0.0)]
)
def test_damping_is_told_from_a_hundredth_to_three_tenths(
    monkeypatch: pytest.MonkeyPatch, times: float, told: float
) -> None:
    assert asked(monkeypatch, -times * WAVE) == pytest.approx(told)


@pytest.mark.parametrize(("beside", "told"), [(0.9, 0.1), (1.1, 0.0)])
def test_damping_that_leaves_more_than_half_of_what_bends_the_lines_is_none(
    monkeypatch: pytest.MonkeyPatch, beside: float, told: float
) -> None:
    """`beside`: energy of what is no damping's, of that of what is."""
    assert asked(monkeypatch, -WAVE + np.sqrt(beside / 0.8) * ACROSS) == pytest.approx(told)


@pytest.mark.parametrize(("points", "told"), [(6, 0.1), (4, 0.0)])
def test_of_fewer_than_five_points_no_line_is_made(
    monkeypatch: pytest.MonkeyPatch, points: int, told: float
) -> None:
    assert asked(monkeypatch, -WAVE, points) == pytest.approx(told)


def test_five_points_are_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    assert asked(monkeypatch, -WAVE, 5) == pytest.approx(0.1)


@pytest.mark.parametrize(
    "known", [{"damping_up": 0.1}, {"damping_down": 0.0}, {"lines": LoadLines(5e3, 5e3, GROSS, GROSS)}]
)
def test_nothing_is_told_where_a_file_gives_it_for_either_way_or_the_lines_are_one(
    monkeypatch: pytest.MonkeyPatch, known: dict[str, Any]
) -> None:
    assert asked(monkeypatch, -WAVE, **known) == 0.0


@pytest.mark.parametrize(("fillage", "off"), [(1.0, 0.75), (0.8, 0.65), (0.5, 0.35), (0.3, 0.25)])
@pytest.mark.parametrize("begins", [0, 7])
def test_lines_are_asked_of_in_their_middle_and_under_the_liquid(
    fillage: float, off: float, begins: int
) -> None:
    rising = np.array([0.0, 0.1, 0.25, 0.26, 0.5, 0.89, 0.9, 0.95])
    falling = np.array([1.0, 0.8, 0.75, 0.74, 0.65, 0.64, 0.35, 0.34, 0.25, 0.24, 0.08, 0.05])
    places = np.roll(GROSS * np.r_[rising, falling], begins)
    up, down = damping._plateaus(places, replace(LINES, net_stroke_m=fillage * GROSS))
    shares = np.roll(places / GROSS, -begins)
    assert shares[np.roll(up, -begins)].tolist() == [0.26, 0.5, 0.89]
    below = falling[(falling > 0.08) & (falling < off - 1e-9)]
    assert shares[np.roll(down, -begins)].tolist() == below.tolist()
