"""What is put right of a record, one thing at a time, on a card that was right before."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from app.analysis import examples
from app.analysis.cards.record import Remark
from app.analysis.cards.repair import CleanCard, _say_what_the_load_cell_did, _without_spikes, repair
from app.analysis.cards.unit import motion_over_time, phase_of
from app.core.errors import KnownError
from app.models.cards import Card, WellBore

CARD = examples.card().card
N = len(CARD.position_m)
TIME = np.arange(N) * 10.0 / N
"""Six strokes a minute."""


def repaired(**changed: Any) -> CleanCard:
    return repair(replace(CARD, **changed))


def codes(found: CleanCard) -> list[str]:
    return [remark.code for remark in found.remarks]


def refusal(**changed: Any) -> KnownError:
    with pytest.raises(KnownError) as refused:
        repaired(**changed)
    return refused.value


def test_a_good_record_is_left_alone_but_for_its_beginning() -> None:
    found = repaired()
    assert codes(found) == []
    start = int(np.argmin(CARD.position_m))
    assert found.position_m == pytest.approx(np.roll(CARD.position_m - CARD.position_m.min(), -start))
    assert found.load_n == pytest.approx(np.roll(CARD.load_n, -start))
    assert not found.closes_twice


@pytest.mark.parametrize("places", [1, 60, N - 1])
def test_a_record_begins_at_the_bottom_wherever_it_began(places: int) -> None:
    found = repaired(position_m=np.roll(CARD.position_m, places), load_n=np.roll(CARD.load_n, places))
    assert found.position_m == pytest.approx(repaired().position_m)
    assert found.load_n == pytest.approx(repaired().load_n)


def test_a_record_that_runs_backwards_is_turned() -> None:
    found = repaired(position_m=CARD.position_m[::-1], load_n=CARD.load_n[::-1])
    assert codes(found) == ["time_reversed"]
    assert found.load_n == pytest.approx(repaired().load_n)


@pytest.mark.parametrize(("count", "fewest"), [(30, True), (29, False)])
def test_thirty_points_are_a_card_and_fewer_are_not(count: int, fewest: bool) -> None:
    at = np.linspace(0, N, count, endpoint=False).astype(int)
    shorter = {"position_m": CARD.position_m[at], "load_n": CARD.load_n[at]}
    if fewest:
        assert len(repaired(**shorter).position_m) == 30
    else:
        assert refusal(**shorter).details == {"well": CARD.well, "count": 29, "fewest": 30}


@pytest.mark.parametrize("which", ["position_m", "load_n"])
def test_what_is_no_number_is_told_by_its_place(which: str) -> None:
    broken = getattr(CARD, which).copy()
    broken[[41, 90]] = np.nan
    error = refusal(**{which: broken})
    assert (error.code, error.details["index"]) == ("card_not_numbers", 41)


@pytest.mark.parametrize(("speed", "refused"), [(0.19, True), (0.2, False), (30.0, False), (30.1, True)])
def test_speeds_that_no_unit_has_are_refused(speed: float, refused: bool) -> None:
    if refused:
        assert refusal(strokes_per_minute=speed).details["speed"] == speed
    else:
        assert codes(repaired(strokes_per_minute=speed)) == []


# ---- strokes -----------------------------------------------------------------------------------------------


def test_of_three_strokes_the_first_is_taken_with_its_own_time() -> None:
    found = repaired(
        position_m=np.tile(CARD.position_m, 3),
        load_n=np.r_[CARD.load_n, CARD.load_n + 900, CARD.load_n + 1800],
        time_s=np.arange(3 * N) * 10.0 / N,
    )
    assert found.remarks[0].code == "several_strokes"
    assert found.remarks[0].details == {"count": 3}
    assert found.load_n == pytest.approx(repaired().load_n)


def test_strokes_of_too_few_points_each_are_refused_by_what_one_has() -> None:
    turn = 4 * np.pi * np.arange(58) / 58
    error = refusal(position_m=1.3 - 1.3 * np.cos(turn), load_n=40e3 + 15e3 * np.sin(turn))
    assert (error.code, error.details["count"], error.details["fewest"]) == ("card_too_short", 29, 30)


def test_half_a_stroke_is_refused_by_its_gap() -> None:
    half = N // 2
    error = refusal(position_m=CARD.position_m[:half], load_n=CARD.load_n[:half])
    assert error.code == "card_half_stroke"
    gap = abs(float(CARD.position_m[half - 1] - CARD.position_m[0]))
    assert error.details["gap"] == pytest.approx(gap)


# ---- time --------------------------------------------------------------------------------------------------


def test_even_times_are_left_alone_also_where_they_shake_by_less_than_a_hundredth() -> None:
    assert codes(repaired(time_s=TIME)) == []
    shaking = TIME + np.where(np.arange(N) % 2, 0.002, 0.0) * TIME[1]
    assert codes(repaired(time_s=shaking)) == []


def test_uneven_times_are_made_even_over_one_stroke() -> None:
    """Twice as dense in the first half; the stroke closes over its end, ten seconds after its first point."""
    places = np.r_[np.arange(0, N // 2) * 1.0, np.arange(N // 2, N, 2)]
    at = 7.0 + np.interp(places, np.arange(N + 1), np.r_[TIME, 10.0])
    found = repaired(
        position_m=np.interp(places, np.arange(N + 1), np.r_[CARD.position_m, CARD.position_m[0]]),
        load_n=np.interp(places, np.arange(N + 1), np.r_[CARD.load_n, CARD.load_n[0]]),
        time_s=at,
    )
    assert codes(found) == ["uneven_sampling"]
    assert found.remarks[0].details == {"count": len(places)}
    whole = repaired()
    step = np.arange(len(places)) / len(places)
    usual = np.interp(step, np.arange(N) / N, whole.position_m, period=1.0)
    assert found.position_m == pytest.approx(usual, abs=0.02)
    loads = np.interp(step, np.arange(N) / N, whole.load_n, period=1.0)
    assert np.abs(found.load_n - loads).mean() < 0.02 * np.ptp(loads)


@pytest.mark.parametrize("step", [0.0, -0.01])
def test_times_that_stand_or_go_back_are_told_by_the_first_point_that_does(step: float) -> None:
    wrong = TIME.copy()
    wrong[50] = wrong[49] + step
    error = refusal(time_s=wrong)
    assert (error.code, error.details["index"]) == ("card_time", 50)


def test_a_time_that_is_no_number_is_told_by_its_place() -> None:
    wrong = TIME.copy()
    wrong[[33, 70]] = np.nan
    assert refusal(time_s=wrong).details["index"] == 33


# ---- the unit's own motion ---------------------------------------------------------------------------------


def by_position() -> dict[str, Any]:
    """Equal steps of the way, as a recorder takes them that is triggered by the rod."""
    whole = repaired()
    top = int(np.argmax(whole.position_m))
    steps = np.linspace(0.002, 0.998, 100) * whole.position_m.max()
    up = np.interp(steps, np.maximum.accumulate(whole.position_m[: top + 1]), whole.load_n[: top + 1])
    down = np.interp(steps, np.maximum.accumulate(whole.position_m[top:][::-1]), whole.load_n[top:][::-1])
    return {"position_m": np.r_[steps, steps[::-1]], "load_n": np.r_[up, down[::-1]]}


def test_points_by_position_get_the_times_that_the_crank_gives_them() -> None:
    found = repaired(**by_position())
    assert [one.details for one in found.remarks if one.code == "time_from_unit"] == [{"known": True}]
    moved = motion_over_time(examples.CONVENTIONAL, len(found.position_m))
    assert np.abs(found.position_m - moved).max() < 0.02 * examples.CONVENTIONAL.stroke_m


def test_a_unit_that_nobody_knows_gives_its_time_as_a_crank_and_says_so() -> None:
    found = repaired(**by_position(), bore=replace(CARD.bore, unit={}))
    assert [one.details for one in found.remarks if one.code == "time_from_unit"] == [{"known": False}]


@pytest.mark.parametrize("geometry", ["belt", "hydraulic"])
def test_a_belt_unit_goes_by_position_and_in_time_alike(geometry: str) -> None:
    found = repaired(**by_position(), bore=replace(CARD.bore, unit={"geometry": geometry}))
    assert "time_from_unit" not in codes(found)
    assert found.position_m[:100] == pytest.approx(np.sort(found.position_m[:100]))


def test_a_record_that_moves_as_its_unit_is_in_time_however_much_it_shakes() -> None:
    """A thousandth of the stroke hides how smoothly the rod turns; the crank's own phase does not."""
    moved = motion_over_time(examples.CONVENTIONAL, N)
    shaken = moved + np.random.default_rng(2).normal(0, 2e-3 * np.ptp(moved), N)
    assert np.abs(phase_of(shaken, examples.CONVENTIONAL, None) - np.arange(N) / N).max() < 0.06
    assert codes(repaired(position_m=shaken)) == []


@pytest.mark.parametrize(
    ("known", "off", "retimed"),
    [(True, 0.018, False), (True, 0.0225, True), (False, 0.0225, False), (False, 0.028, True)],
)
def test_a_record_may_be_off_by_two_hundredths_of_a_turn_of_its_unit_and_by_more_of_one_nobody_knows(
    known: bool, off: float, retimed: bool
) -> None:
    """`off` is what a sine runs ahead by in the mean of squares; the noise hides how smoothly it turns."""
    at, fine = np.arange(N) / N, np.arange(4000) / 4000
    way = motion_over_time(examples.CONVENTIONAL, 4000) if known else 1.3 - 1.3 * np.cos(2 * np.pi * fine)
    moved = np.interp(at + off * np.sqrt(2) * np.sin(2 * np.pi * at), fine, way, period=1.0)
    shaken = moved + np.random.default_rng(2).normal(0, 2e-3 * np.ptp(moved), N)
    found = repaired(position_m=shaken, bore=CARD.bore if known else replace(CARD.bore, unit={}))
    assert codes(found) == (["time_from_unit"] if retimed else [])


# ---- spikes, the cell, units -------------------------------------------------------------------------------


def test_a_spike_is_replaced_by_what_stands_around_it_and_counted() -> None:
    spiked = CARD.load_n.copy()
    spiked[[20, 90]] += 30e3
    found = repaired(load_n=spiked)
    [remark] = found.remarks
    assert (remark.code, remark.details) == ("spikes_replaced", {"count": 2, "which": "load"})
    assert np.abs(found.load_n - repaired().load_n).max() < 0.05 * np.ptp(CARD.load_n)
    start = int(np.argmin(CARD.position_m))
    spike = 90 - start
    assert found.load_n[spike] == np.median(np.roll(spiked, -start)[spike - 3 : spike + 4])


@pytest.mark.parametrize(("count", "replaced"), [(10, True), (11, False)])
def test_spikes_of_more_than_a_twentieth_of_the_record_are_how_it_is(count: int, replaced: bool) -> None:
    spiked = CARD.position_m.copy()
    spiked[N // 2 - 20 + 4 * np.arange(count)] -= 0.6  # about the top
    said = [one.details for one in repaired(position_m=spiked).remarks if one.code == "spikes_replaced"]
    assert said == ([{"count": 10, "which": "position"}] if replaced else [])


def test_a_cell_at_its_limit_and_one_that_never_comes_down_to_the_rods_are_said() -> None:
    cut = float(np.quantile(CARD.load_n, 0.8))
    found = repaired(load_n=np.minimum(CARD.load_n, cut))
    [remark] = [one for one in found.remarks if one.code == "load_clipped"]
    assert remark.details["load"] == pytest.approx(cut)
    assert remark.details["share"] == pytest.approx(0.2, abs=0.02)
    weight = sum(rod.mass_kg_per_m * rod.length_m for rod in CARD.bore.rods) * 9.80665
    over = 1.11 * weight - float(CARD.load_n.min())
    [remark] = [one for one in repaired(load_n=CARD.load_n + over).remarks if one.code == "load_offset"]
    assert remark.details == pytest.approx({"load": 1.11 * weight, "weight": weight})
    under = 1.09 * weight - float(CARD.load_n.min())
    assert "load_offset" not in codes(repaired(load_n=CARD.load_n + under))


@pytest.mark.parametrize(("unit", "factor"), [("kN", 1e3), ("lbf", 4.4482216)])
def test_a_unit_of_loads_is_told_beside_a_stroke_in_inches_too(unit: str, factor: float) -> None:
    """The swing of free rods goes by the stroke in metres: in inches any load was the rods' own swing."""
    found = repaired(load_n=CARD.load_n / factor, position_m=CARD.position_m / 0.0254)
    assert [(one.code, one.details) for one in found.remarks] == [
        ("position_unit", {"unit": "in"}),
        ("load_unit", {"unit": unit}),
    ]
    assert found.load_n == pytest.approx(repaired().load_n)
    assert found.position_m == pytest.approx(repaired().position_m)


def test_loads_that_may_be_of_two_units_are_said_to_have_none() -> None:
    small = Card(
        "1", CARD.taken_at, 6.0, CARD.position_m, CARD.load_n / CARD.load_n.max() * 10, bore=WellBore()
    )
    [remark] = repair(small).remarks
    assert (remark.code, remark.details["high"]) == ("load_unit_unknown", pytest.approx(10.0))


# ---- how far a point must stand out ------------------------------------------------------------------------


def replaced(values: np.ndarray) -> list[int]:
    return np.flatnonzero(_without_spikes(values, "load", []) != values).tolist()


@pytest.mark.parametrize(("height", "spike"), [(0.149, []), (0.151, [30])])
def test_a_spike_stands_out_by_fifteen_hundredths_of_the_range(height: float, spike: list[int]) -> None:
    """Of two levels; where the record stands still nothing else says how far it wanders."""
    values = np.repeat([0.0, 1.0], 100)
    values[30] = height
    assert replaced(values) == spike
    values[30] = -height
    assert replaced(values) == spike


@pytest.mark.parametrize(("height", "spike"), [(27.5, []), (27.9, [57])])
def test_a_spike_stands_out_by_nine_deviations_of_the_seven_around_it(
    height: float, spike: list[int]
) -> None:
    """On a slope of one a place the middle deviation is two: 9·1.4826·2, from the middle of the seven."""
    values = np.abs(np.arange(200) % 30 - 15.0)
    values[57] += height
    assert replaced(values) == spike


@pytest.mark.parametrize(("count", "sign", "spike"), [(4, 1, [100]), (5, 1, []), (3, -1, [100]), (5, -1, [])])
def test_the_range_leaves_the_two_hundredths_at_either_end_out(
    count: int, sign: int, spike: list[int]
) -> None:
    """Four of two hundred points are what lies outside it, five are its end."""
    values = np.zeros(200)
    values[20 : 20 + count] = sign * 1.0
    values[100] = 0.1
    if count == 3:  # three of seven are themselves no plateau
        spike = sorted([20, 21, 22, *spike])
    assert replaced(values) == spike


TURN = 2 * np.pi * np.arange(200) / 200


def said_of_the_cell(load: np.ndarray) -> list[str]:
    return [
        one.code
        for one in repair(
            Card("1", CARD.taken_at, 6.0, 1.3 - 1.3 * np.cos(TURN), load, bore=WellBore())
        ).remarks
    ]


@pytest.mark.parametrize(("count", "said"), [(2, []), (4, ["load_clipped"]), (14, ["load_clipped"])])
def test_a_cell_that_meets_its_limit_at_the_peak_alone_is_told(count: int, said: list[str]) -> None:
    load = 40e3 + 15e3 * np.sin(TURN)
    load[50 - count // 2 : 50 + count // 2] = 56e3
    assert said_of_the_cell(load) == said


@pytest.mark.parametrize(("count", "said"), [(20, []), (22, ["load_clipped"])])
def test_of_a_record_in_coarse_steps_a_tenth_of_the_points_must_stand_at_the_limit(
    count: int, said: list[str]
) -> None:
    load = (40e3 + 15e3 * np.sin(TURN)).round(-3)
    load[40:60] = 54e3
    load[50 - count // 2 : 50 + count // 2] = 56e3
    assert said_of_the_cell(load) == said


@pytest.mark.parametrize(
    ("done", "said"),
    [((), True), (("position_unit",), True), (("time_from_unit",), False), (("a", "time_from_unit"), False)],
)
def test_a_row_of_few_points_is_no_limit_where_the_times_were_drawn(
    done: tuple[str, ...], said: bool
) -> None:
    load = 40e3 + 15e3 * np.sin(TURN)
    load[48:52] = 56e3
    remarks = [Remark(code, {}) for code in done]
    of = Card("1", CARD.taken_at, 6.0, 1.3 - 1.3 * np.cos(TURN), load, bore=WellBore())
    _say_what_the_load_cell_did(of, load, remarks)
    assert ("load_clipped" in [one.code for one in remarks]) is said


def test_a_recorder_that_holds_its_last_value_has_no_limit_at_the_peak() -> None:
    assert said_of_the_cell(40e3 + 15e3 * np.sin(np.repeat(TURN[::5], 5))) == []


def test_a_cell_that_meets_its_lower_limit_is_said_to_stand_there() -> None:
    load = np.maximum(40e3 + 15e3 * np.sin(TURN), 28e3)
    [remark] = repair(Card("1", CARD.taken_at, 6.0, 1.3 - 1.3 * np.cos(TURN), load, bore=WellBore())).remarks
    assert remark.details["load"] == 28e3


def test_times_shake_by_less_than_a_hundredth_of_a_step_and_no_more() -> None:
    shaking = TIME + np.where(np.arange(N) % 2, 0.006, 0.0) * TIME[1]
    assert codes(repaired(time_s=shaking)) == ["uneven_sampling"]


def test_what_a_recorder_left_out_at_the_bottom_lies_between_its_neighbours_of_one_turn() -> None:
    """From a tenth of the stroke on: over the bottom the load goes evenly from 30 to 50 kN."""
    steps = np.linspace(0.1, 0.9, 100) * 3.0
    loads = np.r_[np.linspace(50e3, 52e3, 100), np.linspace(32e3, 30e3, 100)]
    found = repaired(position_m=np.r_[steps, steps[::-1]], load_n=loads, bore=replace(CARD.bore, unit={}))
    assert "time_from_unit" in codes(found)
    between = (found.load_n > 33e3) & (found.load_n < 47e3)
    assert (between & (found.position_m < 0.1)).sum() > 4


def test_the_way_goes_on_evenly_over_what_was_left_out_at_the_bottom() -> None:
    """A recorder that began at 0.3 m and ended at 0.54: each moment between has its place."""
    position = np.r_[np.linspace(0.1, 0.95, 100), np.linspace(0.95, 0.18, 100)] * 3.0
    found = repaired(position_m=position, load_n=CARD.load_n[:N], bore=replace(CARD.bore, unit={}))
    assert "time_from_unit" in codes(found)
    steps = np.diff(np.r_[found.position_m, found.position_m[0]])
    assert np.abs(steps).max() < 0.1
