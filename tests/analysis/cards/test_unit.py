"""Kinematics of a beam unit: printed strokes, the triangle at the dead centres, mirror and scale."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.cards.unit import (
    TURN,
    Linkage,
    linkage_of,
    motion,
    motion_over_time,
    phase_of,
    turns_with_the_clock,
)
from tests.proofs import examples

INCH = 0.0254
CONVENTIONAL = Linkage(129 * INCH, 111.0721 * INCH, 175.55 * INCH, 132 * INCH, 42 * INCH)
REAR = Linkage(312 * INCH, 258 * INCH, 244.6978 * INCH, 173.75 * INCH, 37.63 * INCH, mark2=True)


def told(linkage: Linkage, geometry: str | None = None) -> dict[str, object]:
    unit: dict[str, object] = {
        f"api_{letter}_m": getattr(linkage, f"{letter.lower()}_m") for letter in "ACKPR"
    }
    return {**unit, "geometry": geometry} if geometry else unit


@pytest.mark.parametrize(
    ("lengths", "geometry", "stroke"),
    [
        ((129, 111.0721, 175.55, 132, 42), None, 100.709),  # C320-298-100
        ((312, 258, 244.69, 182.37, 47.75), "mark2", 127.9),
        ((312, 258, 244.6978, 173.75, 37.63), "mark2", 100.012),  # M320-298-100
        ((120.5, 103, 200.7335, 149, 39), "reverse_mark", 100.273),  # RM320-305-100
        ((155, 70, 148.4857, 132, 19.375), "air_balanced", 86.94),
        ((136, 118, 188.25, 142.63, 50), None, 120.142),  # AMP C-320
    ],
)
def test_strokes_of_six_units_are_the_printed_ones(
    lengths: tuple[float, ...], geometry: str | None, stroke: float
) -> None:
    """reference/rod-pump.json, strokes_from_geometry [in]."""
    unit = {f"api_{letter}_m": length * INCH for letter, length in zip("ACKPR", lengths, strict=True)}
    found = linkage_of({**unit, "geometry": geometry})
    assert found is not None
    assert found.stroke_m / INCH == pytest.approx(stroke, abs=0.06)
    assert found.mark2 is (geometry in ("mark2", "air_balanced"))


@pytest.mark.parametrize(("crank", "j"), [(0.0, "K - R"), (math.pi, "K + R")])
def test_with_the_crank_on_its_line_the_beam_stands_by_the_law_of_cosines(crank: float, j: str) -> None:
    far = CONVENTIONAL.k_m + (CONVENTIONAL.r_m if j == "K + R" else -CONVENTIONAL.r_m)
    cosine = (CONVENTIONAL.c_m**2 + far**2 - CONVENTIONAL.p_m**2) / (2 * CONVENTIONAL.c_m * far)
    assert CONVENTIONAL.beam_angle(np.array([crank]))[0] == pytest.approx(math.acos(cosine), rel=1e-12)


def test_the_pitman_keeps_its_length_all_the_way_round() -> None:
    """The second method: both ends of the pitman by coordinates, crankshaft at 0, beam's centre at K."""
    angle = np.linspace(0, 2 * math.pi, 73)
    pin = np.c_[CONVENTIONAL.r_m * np.cos(angle), CONVENTIONAL.r_m * np.sin(angle)]
    psi = CONVENTIONAL.beam_angle(angle)
    # ψ opens from the line back to the crankshaft, away from the pin's side.
    equaliser = np.c_[CONVENTIONAL.k_m - CONVENTIONAL.c_m * np.cos(psi), -CONVENTIONAL.c_m * np.sin(psi)]
    assert np.hypot(*(pin - equaliser).T) == pytest.approx(CONVENTIONAL.p_m, rel=1e-9)


@pytest.mark.parametrize(
    ("changed", "turns"),
    [
        ({}, True),
        ({"r_m": 0.0}, False),
        ({"r_m": 3.1}, False),  # K + R over C + P
        ({"k_m": 1.0}, False),  # the crank reaches the beam's centre
        ({"p_m": 6.4}, False),  # K − R under |C − P|
        ({"c_m": 7.0}, False),
        ({"a_m": 0.0}, False),
        ({"a_m": -1.0}, False),
    ],
)
def test_a_crank_turns_only_where_both_dead_centres_are_triangles(
    changed: dict[str, float], turns: bool
) -> None:
    assert replace(CONVENTIONAL, **changed).turns() is turns


def test_a_dead_centre_that_is_just_a_line_does_not_turn() -> None:
    assert not Linkage(3.0, 3.0, 5.0, 3.0, 1.0).turns()  # K + R = C + P
    assert not Linkage(3.0, 5.0, 4.0, 2.0, 1.0).turns()  # K − R = |C − P|
    assert not Linkage(3.0, 3.0, 2.0, 4.0, 2.0).turns()  # K = R


@pytest.mark.parametrize("missing", [*"ACKPR"])
def test_without_one_of_its_lengths_a_unit_is_not_known(missing: str) -> None:
    unit = told(CONVENTIONAL)
    assert linkage_of(unit) == CONVENTIONAL
    assert linkage_of({**unit, f"api_{missing}_m": None}) is None
    del unit[f"api_{missing}_m"]
    assert linkage_of(unit) is None


def test_lengths_that_cannot_turn_are_no_unit() -> None:
    assert linkage_of(told(replace(CONVENTIONAL, r_m=3.1))) is None


@pytest.mark.parametrize(
    ("rotation", "clockwise"),
    [
        (None, True),
        ("", True),
        ("clockwise", True),
        ("CCW", False),
        ("counter_clockwise", False),
        ("Counter-Clockwise", False),
        ("counterclockwise", False),
    ],
)
def test_both_directions_are_read_in_any_spelling(rotation: str | None, clockwise: bool) -> None:
    assert turns_with_the_clock(rotation) is clockwise


@pytest.mark.parametrize("linkage", [CONVENTIONAL, REAR])
def test_the_rod_moves_between_nothing_and_the_stroke(linkage: Linkage) -> None:
    whole = linkage.position(TURN)
    assert whole.min() == pytest.approx(0.0, abs=1e-12)
    assert whole.max() == pytest.approx(linkage.stroke_m, rel=1e-5)


def test_a_rear_mounted_beam_goes_the_other_way_with_the_same_angles() -> None:
    rear = replace(CONVENTIONAL, mark2=True)
    together = CONVENTIONAL.position(TURN) + rear.position(TURN)
    assert together == pytest.approx(CONVENTIONAL.stroke_m, rel=1e-4)


@pytest.mark.parametrize("linkage", [CONVENTIONAL, REAR])
@pytest.mark.parametrize("clockwise", [True, False])
def test_a_turn_begins_at_the_bottom_and_goes_up(linkage: Linkage, clockwise: bool) -> None:
    angle, position = motion(linkage, clockwise=clockwise)
    assert position[0] == position.min()
    assert position[1] > position[0] < position[-1]
    assert position == pytest.approx(linkage.position(angle), abs=1e-12)
    assert len(angle) == len(position) == 1440


def test_turning_the_other_way_runs_the_same_way_backwards() -> None:
    _, forth = motion(CONVENTIONAL, clockwise=True)
    _, back = motion(CONVENTIONAL, clockwise=False)
    assert back == pytest.approx(np.r_[forth[:1], forth[:0:-1]], abs=1e-6)
    assert not np.allclose(back, forth, atol=0.05)


def test_a_rear_mounted_crank_turns_against_a_conventional_one() -> None:
    ahead, _ = motion(CONVENTIONAL)
    against, _ = motion(REAR)
    assert np.median(np.diff(ahead)) > 0 > np.median(np.diff(against))


@given(st.floats(0.2, 5))
@settings(max_examples=examples(20))
def test_a_unit_twice_as_large_moves_twice_as_far_at_the_same_angles(scale: float) -> None:
    lengths = (CONVENTIONAL.a_m, CONVENTIONAL.c_m, CONVENTIONAL.k_m, CONVENTIONAL.p_m, CONVENTIONAL.r_m)
    larger = Linkage(*(scale * length for length in lengths))
    assert larger.position(TURN) == pytest.approx(scale * CONVENTIONAL.position(TURN), rel=1e-6, abs=1e-9)
    assert larger.turns()


@pytest.mark.parametrize("linkage", [CONVENTIONAL, REAR])
@pytest.mark.parametrize("rotation", ["clockwise", "ccw"])
def test_the_phase_of_the_units_own_motion_is_the_clock(linkage: Linkage, rotation: str) -> None:
    n = 240
    position = motion_over_time(linkage, n, clockwise=rotation == "clockwise")
    assert phase_of(position, linkage, rotation) == pytest.approx(np.arange(n) / n, abs=0.004)


def test_without_a_unit_the_crank_of_a_long_pitman_gives_the_phase() -> None:
    turn = np.arange(60) / 60
    assert phase_of(5 - 3 * np.cos(2 * math.pi * turn), None) == pytest.approx(turn, abs=1e-7)
    quarter = phase_of(np.array([0.0, 0.5, 1.0, 0.5]), None)
    assert quarter == pytest.approx([0, 0.25, 0.5, 0.75])


@given(scale=st.floats(0.1, 10), offset=st.floats(-5, 5))
@settings(max_examples=examples(30))
def test_the_phase_does_not_depend_on_where_zero_is_nor_on_the_unit_of_length(
    scale: float, offset: float
) -> None:
    position = motion_over_time(CONVENTIONAL, 60)
    for linkage in (CONVENTIONAL, None):
        moved = phase_of(scale * position + offset, linkage)
        assert moved == pytest.approx(phase_of(position, linkage), abs=1e-5)


def test_positions_over_time_are_those_of_the_turn_at_equal_steps() -> None:
    _, whole = motion(CONVENTIONAL)
    assert motion_over_time(CONVENTIONAL, 1440) == pytest.approx(whole, abs=1e-12)
    assert motion_over_time(CONVENTIONAL, 6) == pytest.approx(whole[::240], abs=1e-12)
    halfway = motion_over_time(CONVENTIONAL, 2880)[1::2]
    assert halfway == pytest.approx((whole + np.roll(whole, -1)) / 2, abs=1e-12)
