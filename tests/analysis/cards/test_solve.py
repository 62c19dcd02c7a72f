"""Which solution goes down the rods, and the string at rest in straight, slanted and bent holes."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest

from app.analysis.cards import differences, harmonic, strings, survey
from app.analysis.cards.differences import Drag
from app.analysis.cards.record import Remark
from app.analysis.cards.repair import CleanCard
from app.analysis.cards.solve import hanging, motion_at_pump
from app.models.cards import Card, WellBore

TURN = 2 * math.pi * np.arange(120) / 120
CLEAN = CleanCard(1.5 - 1.5 * np.cos(TURN), 30e3 + 8e3 * np.sin(TURN + 0.5), ())
RODS = (strings.section(400.0, 0.022225), strings.section(600.0, 0.01905))
SLANT = tuple(
    {"measured_depth_m": depth, "inclination_rad": 0.5, "azimuth_rad": 0.0} for depth in (0.0, 500.0, 1000.0)
)
CURVE = tuple(
    {"measured_depth_m": depth, "inclination_rad": depth / 1_250, "azimuth_rad": 0.0}
    for depth in np.linspace(0.0, 1_000.0, 11).tolist()
)
"""Bent all the way: there the rods are pressed by what pulls in them."""


def card(**bore: Any) -> Card:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    return Card("7", moment, 6.0, CLEAN.position_m, CLEAN.load_n, bore=WellBore(rods=RODS, **bore))


def test_in_a_vertical_hole_the_whole_buoyant_string_hangs() -> None:
    rest = hanging(card(), 900.0)
    assert rest.course is None
    assert rest.density == 900.0
    assert rest.weight_n == pytest.approx(strings.buoyant_weight(RODS, 900.0))
    assert rest.below_tops_n == pytest.approx(strings.weights_below_tops(RODS, 900.0))


def test_in_a_slant_the_cosine_of_it_hangs() -> None:
    upright, leaning = hanging(card(), 900.0), hanging(card(survey=SLANT), 900.0)
    assert leaning.weight_n == pytest.approx(upright.weight_n * math.cos(0.5))
    assert leaning.below_tops_n == pytest.approx(upright.below_tops_n * math.cos(0.5))


def test_in_a_bent_hole_each_section_hangs_by_its_own_fall() -> None:
    """Vertical to 400 m, then 60° by a bend in one metre: below the first top half of the second hangs."""
    rows = ((0.0, 0.0), (400.0, 0.0), (401.0, math.pi / 3), (1000.0, math.pi / 3))
    bent = tuple({"measured_depth_m": d, "inclination_rad": i, "azimuth_rad": 0.0} for d, i in rows)
    upright, rest = hanging(card(), 900.0), hanging(card(survey=bent), 900.0)
    assert rest.below_tops_n[1] == pytest.approx(upright.below_tops_n[1] / 2, rel=2e-3)
    first = upright.below_tops_n[0] - upright.below_tops_n[1]
    assert rest.weight_n == pytest.approx(first + rest.below_tops_n[1])


def solved(of: Card, clean: CleanCard = CLEAN) -> tuple[Any, list[Remark]]:
    remarks: list[Remark] = []
    return motion_at_pump(of, clean, hanging(of, 900.0), remarks), remarks


KEEP = harmonic.useful_harmonics(CLEAN.load_n)


def by_harmonics(of: Card, rate: float) -> Any:
    return harmonic.pump_motion(
        CLEAN.position_m,
        CLEAN.load_n,
        RODS,
        strokes_per_minute=6.0,
        damping_per_s=rate,
        buoyant_weight_n=hanging(of, 900.0).weight_n,
        harmonics=KEEP,
        with_sections=True,
    )


def by_differences(of: Card, drag: Drag, *, twice: bool = False) -> Any:
    return differences.pump_motion(
        CLEAN.position_m,
        CLEAN.load_n,
        RODS,
        strokes_per_minute=6.0,
        buoyant_weight_n=hanging(of, 900.0).weight_n,
        drag=drag,
        closes_twice=twice,
        harmonics=KEEP,
        cells=4,
    )


def same(one: Any, other: Any) -> bool:
    return bool(np.array_equal(one.position_m, other.position_m) and np.array_equal(one.load_n, other.load_n))


@pytest.mark.parametrize(
    ("damping", "factor"),
    [
        ({}, 0.0),
        ({"damping_up": 0.1}, 0.1),
        ({"damping_down": 0.2}, 0.2),
        ({"damping_up": 0.1, "damping_down": 0.1}, 0.1),
    ],
)
def test_one_damping_in_a_straight_hole_is_solved_by_harmonics(
    damping: dict[str, float], factor: float
) -> None:
    of = card(**damping)
    motion, remarks = solved(of)
    assert same(motion, by_harmonics(of, strings.viscous_rate(RODS, factor)))
    assert len(motion.section_loads_n) == 2
    assert remarks == []


def test_damping_that_differs_between_the_strokes_is_solved_by_differences() -> None:
    of = card(damping_up=0.05, damping_down=0.3)
    rates = [strings.viscous_rate(RODS, factor) for factor in (0.05, 0.3)]
    motion, remarks = solved(of)
    assert same(motion, by_differences(of, Drag(*rates)))
    assert not same(motion, by_differences(of, Drag(*rates[::-1])))
    assert remarks == []


def test_a_record_that_closes_twice_is_solved_by_differences() -> None:
    of = card()
    motion, _ = solved(of, replace(CLEAN, closes_twice=True))
    assert same(motion, by_differences(of, Drag(), twice=True))


@pytest.mark.parametrize("hole", [SLANT, CURVE], ids=["slant", "curve"])
def test_a_deviated_hole_rubs_by_the_side_force_and_says_so(hole: tuple[dict[str, float], ...]) -> None:
    of = card(survey=hole)
    rest = hanging(of, 900.0)
    assert rest.course is not None
    pull = float(CLEAN.load_n.mean()) - rest.weight_n
    depth, force = survey.side_force(
        rest.course, RODS, buoyant_share=1 - 900 / 7850, bottom_load_n=max(0.0, pull)
    )
    motion, remarks = solved(of)
    assert same(motion, by_differences(of, Drag(0.0, 0.0, depth, 0.15 * force)))
    assert remarks == [Remark("deviated", {"coefficient": 0.15, "force": float(force.max())})]


def test_rods_that_only_push_press_no_harder_for_it() -> None:
    of, light = card(survey=CURVE), replace(CLEAN, load_n=CLEAN.load_n - 28e3)
    rest = hanging(of, 900.0)
    assert rest.course is not None
    _, remarks = solved(of, light)
    _, force = survey.side_force(rest.course, RODS, buoyant_share=1 - 900 / 7850, bottom_load_n=0.0)
    assert remarks[0].details["force"] == pytest.approx(float(force.max()))
