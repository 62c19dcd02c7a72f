"""What recorders get wrong: each refusal and each unit at its own limit, in records made for that."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest

from app.analysis.cards import record, strings
from app.analysis.cards.record import Remark
from app.analysis.cards.unit import Linkage
from app.core.errors import KnownError
from app.models.cards import Card, WellBore

TURN = 2 * math.pi * np.arange(100) / 100
POSITION = 1.5 - 1.5 * np.cos(TURN)
LOAD = 30e3 + 9e3 * np.sin(TURN)
LINKAGE = Linkage(3.277, 2.821, 4.459, 3.353, 1.067)
UNIT = {f"api_{letter}_m": getattr(LINKAGE, f"{letter.lower()}_m") for letter in "ACKPR"}
RODS = (strings.section(1_000.0, 0.022225),)
AIR = strings.weight_in_air(RODS)


def card(position: np.ndarray = POSITION, load: np.ndarray = LOAD, **bore: Any) -> Card:
    return Card("7", datetime(2026, 1, 1, tzinfo=UTC), 6.0, position, load, bore=WellBore(**bore))


def dropped(position: list[float], load: list[float], time_s: list[float] | None = None) -> Any:
    remarks: list[Remark] = []
    times = None if time_s is None else np.array(time_s)
    x, f, t = record.drop_artefacts(np.array(position), np.array(load), times, remarks)
    return x.tolist(), f.tolist(), None if t is None else t.tolist(), remarks


def test_exact_zeros_are_no_points() -> None:
    x, f, t, remarks = dropped([0, 1, 2, 0, 1], [0, 5, 6, 7, 0], [0, 1, 2, 3, 4])
    assert (x, f, t) == ([1, 2, 0, 1], [5, 6, 7, 0], [1, 2, 3, 4])
    assert remarks == [Remark("zeros_dropped", {"count": 1})]


def test_a_load_that_is_mostly_nothing_keeps_its_zeros() -> None:
    x, _, _, remarks = dropped([0, 0.1, 0, 0.2, 0], [0, 0, 0, 0, 5])
    assert len(x) == 5
    assert remarks == []


def test_with_times_a_point_recorded_twice_is_dropped_once() -> None:
    x, _, t, remarks = dropped([1, 2, 2, 2, 3], [5, 6, 6, 6, 7], [0, 1, 2, 3, 4])
    assert (x, t) == ([1, 2, 3], [0, 1, 4])
    assert remarks == [Remark("repeats_dropped", {"count": 2})]


def test_without_times_only_the_closing_point_is_dropped() -> None:
    assert dropped([1, 2, 2, 3], [5, 6, 6, 7])[0] == [1, 2, 2, 3]
    assert dropped([1, 2, 2, 3], [5, 6, 6, 7])[3] == []
    x, f, _, remarks = dropped([1, 2, 2, 1], [5, 6, 6, 5])
    assert (x, f) == ([1, 2, 2], [5, 6, 6])
    assert remarks == [Remark("repeats_dropped", {"count": 1})]


def test_a_point_that_repeats_in_one_of_its_figures_only_is_kept() -> None:
    assert len(dropped([1, 2, 2, 3], [5, 6, 7, 8], [0, 1, 2, 3])[0]) == 4
    assert len(dropped([1, 2, 3, 1], [5, 6, 7, 8])[0]) == 4


@pytest.mark.parametrize(
    ("stroke", "unit"),
    [
        (0.3, "m"),
        (15.0, "m"),
        (15.1, "m"),
        (20.0, "in"),
        (400.0, "in"),
        (401.0, "m"),
        (500.0, "mm"),
        (15e3, "mm"),
    ],
)
def test_without_a_unit_a_stroke_is_taken_by_what_it_can_be(stroke: float, unit: str) -> None:
    assert record.length_factor(card(), stroke)[0] == unit


@pytest.mark.parametrize(
    ("unit", "metres"), [("m", 1.0), ("in", 0.0254), ("mm", 1e-3), ("ft", 0.3048), ("cm", 0.01)]
)
def test_the_units_own_stroke_tells_the_unit_of_length(unit: str, metres: float) -> None:
    assert record.length_factor(card(unit=UNIT), LINKAGE.stroke_m / metres) == (unit, metres)


def test_a_stroke_near_the_units_own_is_in_metres() -> None:
    for share in (0.55, 1.0, 1.55):
        assert record.length_factor(card(unit=UNIT), share * LINKAGE.stroke_m) == ("m", 1.0)


@pytest.mark.parametrize("unit", ["lbf", "kgf", "kN", "tf"])
def test_the_rods_weight_tells_the_unit_of_load(unit: str) -> None:
    thick = 0.9 * AIR + 0.4 * AIR * np.sin(TURN)
    assert record.load_factor(card(rods=RODS), thick / record.LOAD_UNITS[unit])[0] == unit
    assert record.load_factor(card(rods=RODS), thick) == ("N", 1.0)


def test_half_the_fluid_load_hangs_on_the_rods_too() -> None:
    """With a large pump the mean is well over the rods: 0.9·W + ½·F₀."""
    half = 0.5 * math.pi / 4 * 0.09**2 * 950 * 9.80665 * 1_000
    thick = (0.9 * AIR + half) * (1 + 0.4 * np.sin(TURN)) / record.LOAD_UNITS["lbf"]
    pump = card(rods=RODS, plunger_diameter_m=0.09, pump_depth_m=1_000.0)
    assert record.load_factor(pump, thick)[0] == "lbf"


def test_a_thin_card_is_left_alone_and_so_is_a_load_that_fits_nothing() -> None:
    thin = 0.2 * AIR * (1 + 0.01 * np.sin(TURN))
    assert record.load_factor(card(rods=RODS), thin) == ("N", 1.0)
    assert record.load_factor(card(rods=RODS), 30 * AIR * (1 + 0.5 * np.sin(TURN))) == ("N", 1.0)
    assert record.load_factor(card(rods=RODS), -LOAD) == ("N", 1.0)


@pytest.mark.parametrize(
    ("peak", "unit"), [(15.9, "unknown"), (16.0, "kN"), (399.0, "kN"), (400.0, "N"), (9e4, "N")]
)
def test_without_rods_only_tonnes_and_kilonewtons_are_certain(peak: float, unit: str) -> None:
    assert record.load_factor(card(), np.array([peak / 2, peak]))[0] == unit


def refusal(position: np.ndarray = POSITION, load: np.ndarray = LOAD) -> str:
    try:
        record.refuse_what_is_no_card(card(), position, load)
    except KnownError as refused:
        assert refused.details["well"] == "7"
        return refused.code
    return ""


def test_a_card_is_a_card() -> None:
    assert refusal() == ""


def test_thirty_points_are_the_least() -> None:
    turn = 2 * math.pi * np.arange(30) / 30
    x, f = 1 - np.cos(turn), 30e3 + 9e3 * np.sin(turn)
    assert refusal(x, f) == ""
    assert refusal(x[:29], f[:29]) == "card_too_short"


@pytest.mark.parametrize(
    ("stroke", "code"),
    [(0.0, "card_position_dead"), (0.19, "card_stroke"), (0.21, ""), (14.9, ""), (15.1, "card_stroke")],
)
def test_strokes_that_no_unit_makes_are_refused(stroke: float, code: str) -> None:
    assert refusal(POSITION * stroke / 3.0) == code


@pytest.mark.parametrize(("span", "code"), [(98.0, "card_load_dead"), (102.0, "")])
def test_a_live_cell_moves_by_a_hundred_newtons(span: float, code: str) -> None:
    assert refusal(load=10e3 + span / 2 * np.sin(TURN)) == code


@pytest.mark.parametrize(("share", "code"), [(0.0045, "card_load_dead"), (0.0055, "")])
def test_a_live_cell_moves_by_half_a_percent_of_its_load(share: float, code: str) -> None:
    assert refusal(load=100e3 * (1 - share / 2 + share / 2 * np.sin(TURN))) == code


def test_loads_that_no_rods_carry_are_refused() -> None:
    assert refusal(load=380e3 + 19e3 * np.sin(TURN)) == ""
    assert refusal(load=380e3 + 21e3 * np.sin(TURN)) == "card_load"
    assert refusal(load=-1.0 + 9e3 * np.sin(TURN)) == "card_load"
    assert refusal(load=1.0 + 9e3 * np.sin(TURN)) == ""


def test_a_cell_at_its_limit_for_a_third_of_the_stroke_is_refused() -> None:
    assert refusal(load=np.minimum(LOAD, 32e3)) == "card_clipped"
    assert refusal(load=np.minimum(LOAD, 36e3)) == ""


def test_noise_is_no_card() -> None:
    noise = np.random.default_rng(1).normal(size=100)
    assert refusal(load=30e3 + 3e3 * noise) == "card_noise"
    assert refusal(position=POSITION + 0.6 * noise) == "card_position_noise"
    assert refusal(position=POSITION + 0.01 * noise, load=LOAD + 100 * noise) == ""


def test_the_share_at_the_limit_is_of_the_worse_end() -> None:
    top = np.minimum(np.sin(TURN), 0.8)
    assert record.clipped_share(top) == record.clipped_share(-top) == pytest.approx(0.21)
    both = np.clip(np.sin(TURN), -0.5, 0.9)
    assert record.clipped_share(both) == pytest.approx((both == -0.5).mean())


def test_four_in_a_row_are_a_limit_also_across_the_ends_of_the_record() -> None:
    load = np.sin(TURN)
    three, four = load.copy(), load.copy()
    three[24:27] = four[24:28] = 1.2
    assert record.clipped_share(three) == 0.0
    assert record.clipped_share(four) == pytest.approx(0.04)
    assert record.clipped_share(np.roll(four, -26)) == pytest.approx(0.04)


@pytest.mark.parametrize("count", [1, 2, 3, 6])
def test_strokes_are_counted(count: int) -> None:
    assert record.stroke_count(1 - np.cos(count * 2 * math.pi * np.arange(240) / 240)) == count


def test_one_stroke_with_a_kink_is_one() -> None:
    turn = 2 * math.pi * np.arange(240) / 240
    assert record.stroke_count(0.31 * np.sin(turn) + np.sin(2 * turn)) == 1
    assert record.stroke_count(0.29 * np.sin(turn) + np.sin(2 * turn)) == 2


@pytest.mark.parametrize(("gap", "is_open"), [(0.11, False), (0.14, True)])
def test_a_gap_over_an_eighth_of_the_stroke_is_open(gap: float, is_open: bool) -> None:
    half = np.linspace(0, 1, 60)
    assert record.is_open(np.r_[half, np.linspace(1, gap, 60)]) is is_open


def test_of_few_points_a_gap_of_three_steps_is_still_closed() -> None:
    assert not record.is_open(np.array([0.0, 0.4, 0.8, 1.0, 0.8, 0.5]))
    assert record.is_open(np.array([0.0, 0.25, 0.5, 0.75, 1.0, 0.9]))


def stepped(n: int = 80) -> tuple[np.ndarray, np.ndarray]:
    """A stroke whose last point is its first once more, the load a little off and bent there."""
    turn = np.linspace(0, 2 * math.pi, n)
    load = 30e3 + 8e3 * np.sin(turn)
    load[-1] += 900
    return 1 - np.cos(turn), load


def test_a_last_point_that_is_the_first_once_more_is_seen_by_its_bend() -> None:
    position, load = stepped()
    assert record.closes_twice(position, load)
    assert not record.closes_twice(position[:-1], load[:-1])


@pytest.mark.parametrize("at", [-5, -4, 3, 4])
@pytest.mark.parametrize("off", [-900.0, 900.0])
def test_a_point_that_is_off_elsewhere_near_the_ends_closes_nothing(at: int, off: float) -> None:
    """Without the first or the last point the bend is there still."""
    turn = 2 * math.pi * np.arange(80) / 80
    load = 30e3 + 8e3 * np.sin(turn)
    load[at] += off
    assert not record.closes_twice(1 - np.cos(turn), load)


@pytest.mark.parametrize("off", [-900.0, 900.0])
def test_whichever_of_the_two_points_is_off_it_is_one_too_many(off: float) -> None:
    turn = np.linspace(0, 2 * math.pi, 80)
    for at in (0, -1):
        load = 30e3 + 8e3 * np.sin(turn)
        load[at] += off
        assert record.closes_twice(1 - np.cos(turn), load)


def test_a_kink_of_the_load_in_the_dead_centre_is_none_of_a_second_point() -> None:
    """A slope that changes there bends the record, and as much without either point."""
    turn = 2 * math.pi * np.arange(80) / 80
    load = 30e3 + 400 * np.abs(np.arange(80) - 40.0)
    assert not record.closes_twice(1 - np.cos(turn), load)


def test_a_load_that_is_off_three_points_before_the_end_closes_nothing() -> None:
    turn = 2 * math.pi * np.arange(80) / 80
    load = 30e3 + 8e3 * np.sin(turn)
    load[-4] += 900
    assert not record.closes_twice(1 - np.cos(turn), load)


@pytest.mark.parametrize(("off", "twice"), [(700.0, False), (1_900.0, True)])
def test_a_bend_must_stand_out_of_a_records_own_roughness(off: float, twice: bool) -> None:
    """±100 N from point to point bend it by 400 N everywhere: four and a half deviations are 2.7 kN."""
    turn = np.linspace(0, 2 * math.pi, 80)
    load = 30e3 + 8e3 * np.sin(turn) + 100 * np.cos(math.pi * np.arange(80))
    load[-1] += off
    assert record.closes_twice(1 - np.cos(turn), load) is twice


def test_away_from_the_dead_centre_nothing_is_recorded_twice() -> None:
    position, load = stepped()
    assert not record.closes_twice(np.roll(position[:-1], 9), np.roll(load[:-1], 9))


@pytest.mark.parametrize(
    ("peak", "rating", "unit"), [(9.0, 95e3, "tf"), (9.0, 12e3, "kN"), (9.0, 40e6, "unknown")]
)
def test_small_loads_without_rods_are_told_by_the_beam_or_not_at_all(
    peak: float, rating: float, unit: str
) -> None:
    load = peak * (0.7 + 0.3 * np.sin(TURN))
    assert record.load_factor(card(unit={"beam_rating_n": rating}), load)[0] == unit
    assert record.load_factor(card(), load)[0] == "unknown"
