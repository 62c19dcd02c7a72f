"""Belt and hydraulic units: even speed between two turns; records of them are in time already."""

from __future__ import annotations

import numpy as np
import pytest

from app.analysis.cards.long_stroke import motion_over_time
from app.analysis.cards.timed import is_timed
from app.analysis.cards.unit import LONG_STROKE
from app.importers.card_json import card_from
from tests.analysis.test_cards import CARD


@pytest.mark.parametrize("turn_share", [0.12, 0.25, 0.4, 1.0])
def test_a_stroke_goes_up_and_comes_down_by_the_same_way(turn_share: float) -> None:
    position = motion_over_time(7.3, 400, turn_share=turn_share)
    assert (position[0], position.max()) == pytest.approx((0.0, 7.3))
    assert int(np.argmax(position)) == 200
    assert position[1:200] == pytest.approx(position[:200:-1])
    assert (np.diff(position[:201]) > 0).all()


def test_between_its_turns_the_speed_is_even_and_never_jumps() -> None:
    position = motion_over_time(7.0, 2000, turn_share=0.2)
    speed = np.diff(position)
    assert np.ptp(speed[110:890]) < 1e-9 * speed.max()
    assert np.abs(np.diff(speed)).max() < 0.02 * speed.max()


def test_all_turn_and_no_straight_is_a_sine() -> None:
    turn = 2 * np.pi * np.arange(50) / 50
    assert motion_over_time(2.0, 50, turn_share=1.0) == pytest.approx(1 - np.cos(turn), abs=1e-9)


@pytest.mark.parametrize(
    ("points", "turn_share"), [(40, 1.0), (60, 0.3), (100, 0.2), (200, 0.15), (456, 0.15), (200, 0.25)]
)
def test_what_runs_in_time_is_told_from_what_was_sampled_by_position(points: int, turn_share: float) -> None:
    assert is_timed(motion_over_time(6.0, points, turn_share=turn_share))
    assert not is_timed(np.abs(np.linspace(-3.0, 3.0, points, endpoint=False)))


@pytest.mark.parametrize("geometry", LONG_STROKE)
def test_a_file_may_say_that_its_unit_has_no_crank(
    geometry: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    data = {
        "well": "7",
        "taken_at": "2026-01-01T00:00:00Z",
        "strokes_per_minute": 4.0,
        "surface": {"position_m": CARD.position_m.tolist(), "load_n": CARD.load_n.tolist()},
        "unit": {"geometry": geometry},
    }
    path = tmp_path_factory.getbasetemp() / "card.json"
    assert card_from(data, path).bore.unit["geometry"] == geometry


def test_a_unit_that_turns_at_once_moves_by_straight_lines() -> None:
    share = np.arange(8) / 8
    for turn_share in (0.0, -1.0):
        assert motion_over_time(4.0, 8, turn_share=turn_share) == pytest.approx(
            4.0 * (1 - np.abs(1 - 2 * share)), abs=1e-5
        )


@pytest.mark.parametrize("share", [0.2, 0.5])
def test_straight_parts_and_turns_share_the_way_as_a_chain_round_two_sprockets(share: float) -> None:
    """A chain of even speed: straight 2·(S − d), round π·d, and `share` of the time goes round."""
    n, stroke = 4_000, 7.0
    position = motion_over_time(stroke, n, turn_share=share)
    speed = float(np.diff(position).max())
    diameter = share * n * speed / np.pi
    assert (1 - share) * n * speed == pytest.approx(2 * (stroke - diameter), rel=1e-3)
    assert position[n // 2] - position[round(n * (0.5 - share / 4))] == pytest.approx(diameter / 2, rel=1e-2)


@pytest.mark.parametrize("more", [1.2, 2.0, 9.0])
def test_no_more_than_the_whole_time_is_turn(more: float) -> None:
    assert (
        motion_over_time(2.0, 50, turn_share=more).tolist()
        == motion_over_time(2.0, 50, turn_share=1.0).tolist()
    )
