"""Dirt on simulated records: each kind moves what it should and nothing else."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.analysis.cards.figures import analyse
from app.analysis.simulate.dirt import Dirt, drawn, soiled
from tests.analysis.test_cards import CARD

CLEAN = Dirt(len(CARD.load_n), 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 0)
LARGEST_N = 20e3


def test_no_dirt_is_the_record_itself() -> None:
    same = soiled(CARD, CLEAN, LARGEST_N)
    assert same.load_n == pytest.approx(CARD.load_n, rel=1e-9)
    assert same.position_m == pytest.approx(CARD.position_m, abs=1e-9)
    assert same.bore.pump_depth_m == CARD.bore.pump_depth_m
    assert same.bore.fluid.water_cut == pytest.approx(CARD.bore.fluid.water_cut)


def test_an_offset_moves_both_lines_and_a_box_pulls_them_apart() -> None:
    def lines(dirt: Dirt) -> tuple[float, float]:
        found = analyse(soiled(CARD, dirt, LARGEST_N)).lines
        assert found is not None
        return found.upper_n, found.lower_n

    upper, lower = lines(CLEAN)
    moved = lines(replace(CLEAN, offset=-0.2))
    assert moved == pytest.approx((upper - 4e3, lower - 4e3), abs=60)
    rubbed = lines(replace(CLEAN, box=0.1))
    assert rubbed == pytest.approx((upper + 2e3, lower - 2e3), abs=400)


@pytest.mark.parametrize("backwards", [False, True])
def test_friction_works_against_the_rod_whichever_way_the_record_runs(backwards: bool) -> None:
    card = CARD
    if backwards:
        card = replace(CARD, position_m=CARD.position_m[::-1], load_n=CARD.load_n[::-1])
    power = [
        analyse(soiled(card, replace(CLEAN, box=box), LARGEST_N)).measures["polished_rod_power_w"]
        for box in (0.0, 0.1)
    ]
    assert power[1] > power[0] * 1.05


def test_what_the_passport_says_wrong_is_told_wrong() -> None:
    bore = soiled(CARD, replace(CLEAN, depth=1.05, density=1.04, plunger=1), LARGEST_N).bore
    assert CARD.bore.pump_depth_m is not None
    assert bore.pump_depth_m == pytest.approx(1.05 * CARD.bore.pump_depth_m)
    assert bore.plunger_diameter_m == 0.051
    assert bore.fluid.water_cut is not None
    assert CARD.bore.fluid.water_cut is not None
    assert bore.fluid.water_cut < CARD.bore.fluid.water_cut, "the true column is heavier than known"


def test_every_family_is_met_and_most_records_are_of_none_or_one() -> None:
    rng = np.random.default_rng(4)
    met = [drawn(rng).families() for _ in range(300)]
    assert {name for families in met for name in families} == {"friction", "offset", "recorder", "inputs"}
    assert np.mean([len(families) <= 1 for families in met]) > 0.5
