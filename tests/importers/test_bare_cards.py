"""Cards of bare numbers: which column is which is told by shape and size, what a unit is by nobody: asked."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.importers.bare_card import LOAD, POSITION, bare_card, names_of
from app.services.workspace import Workspace
from tests.importers.imported import Imported, readers_here, strangers
from tests.importers.test_strangers_kinds import take

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")
TURN = np.linspace(0, 2 * math.pi, 40, endpoint=False)
STROKE = 30 * (1 - np.cos(TURN))
PULL = 7000 + 2500 * np.sin(TURN + 0.5) + 300 * np.sin(3 * TURN)


def text(*columns: Any, mark: str = ",", over: str = "") -> str:
    return over + "".join(mark.join(f"{x:g}" for x in row) + "\n" for row in zip(*columns, strict=True))


def card(strangers: Workspace, tmp_path: Path, content: str, **said: Any) -> Imported:
    said = {"well": "101", "strokes_per_minute": 8.0, "time": "2026-10-13 05:00", **said}
    return take(strangers, tmp_path, content, "card.txt", **said)


@pytest.mark.parametrize("mark", [",", ";", "\t", "  "])
@pytest.mark.parametrize("swapped", [False, True])
def test_inches_and_pounds_are_asked_of_and_taken_when_said(
    strangers: Workspace, tmp_path: Path, mark: str, swapped: bool
) -> None:
    columns = (PULL, STROKE) if swapped else (STROKE, PULL)
    found = card(strangers, tmp_path, text(*columns, mark=mark))
    assert found.refused == "card_units"
    assert "60 in" in found.details["options"]["in/lbf"]["en"]
    found = card(strangers, tmp_path, text(*columns, mark=mark), answers={"card_units": "in/lbf"})
    assert not found.refused, found.details
    assert "import.bare_card" in found.said
    assert found.checked is not None
    [(_, drawn)] = found.checked.batches[0].named_cards
    assert np.ptp(drawn.position_m) == pytest.approx(1.524, rel=1e-3)
    assert drawn.load_n.max() == pytest.approx(PULL.max() * 4.4482216, rel=1e-4)


def test_metres_and_kilonewtons_with_numbers_before_them_need_no_answer(
    strangers: Workspace, tmp_path: Path
) -> None:
    counted = np.arange(1, 41)
    content = text(counted, STROKE * 0.0254, PULL * 4.448e-3, over="Well 101\nCard\n")
    found = card(strangers, tmp_path, content, well=None)
    assert not found.refused, found.details
    assert found.cards == 1


def test_what_is_no_stroke_is_no_card() -> None:
    grows = np.linspace(0, 60, 40)
    assert names_of([grows, PULL]) == ()
    assert names_of([PULL, PULL]) == ()
    assert names_of([STROKE, np.where(TURN > 3, np.nan, PULL)]) == ()
    assert names_of([np.arange(40.0), STROKE, PULL]) == ("№", POSITION, LOAD)
    assert names_of([0.1 * np.arange(40.0), STROKE, PULL]) == ("", POSITION, LOAD)
    assert bare_card([["2026-10-13 05:00", "50"]] * 20) is None
    assert bare_card([["1", "2"]] * 3) is None


def test_numbers_without_a_header_that_are_no_card_are_still_refused(
    strangers: Workspace, tmp_path: Path
) -> None:
    assert take(strangers, tmp_path, text(PULL, PULL)).refused == "header_missing"


def cells(*columns: Any) -> list[list[str]]:
    return [[f"{x:.6g}" for x in row] for row in zip(*columns, strict=True)]


@pytest.mark.parametrize(("points", "is_card"), [(15, False), (16, True), (2_000, True), (2_001, False)])
def test_a_card_has_sixteen_points_at_least_and_two_thousand_at_most(points: int, is_card: bool) -> None:
    turn = np.linspace(0, 2 * math.pi, points, endpoint=False)
    rows = cells(30 * (1 - np.cos(turn)), 7000 + 2500 * np.sin(turn + 0.5) + 300 * np.sin(3 * turn))
    assert (bare_card(rows) is not None) is is_card


def test_points_begin_behind_titles_and_not_under_names() -> None:
    points = cells(STROKE, PULL)
    found = bare_card([["Well 101"], ["Card"], *points, ["", ""]])
    assert found is not None
    assert (found[0].header, found[0].header_rows, found[0].data) == (2, 0, 2)
    assert found[1] == (POSITION, LOAD)
    assert bare_card([["a", "b"], *points]) is None
    assert bare_card([*points, ["1", "2", "3"]]) is None
    assert bare_card([*points[:20], ["x", "5"], *points[20:]]) is None
    assert bare_card([[*row, "1", "2", "3"] for row in points]) is None
    assert bare_card([["Card"]]) is None


@pytest.mark.parametrize(("gap", "closes"), [(0.34, True), (0.36, False)])
def test_a_stroke_ends_near_where_it_began(gap: float, closes: bool) -> None:
    """Of 0 … 1: up, and down to the gap."""
    stroke = np.r_[np.linspace(0, 1, 20), np.linspace(0.95, gap, 20)]
    assert bool(names_of([stroke, PULL])) is closes


@pytest.mark.parametrize(("wave", "once"), [(0.02, True), (0.04, False)])
def test_turns_within_the_noise_are_none(wave: float, once: bool) -> None:
    """Of a span of two: a turn of less than 0.06 is none."""
    bumps = np.where((np.arange(40) == 10) | (np.arange(40) == 30), wave, 0.0)
    stroke = 1 - np.cos(TURN) - 2 * bumps * np.where(np.arange(40) < 20, 3, -3)
    load = 100 + np.sin(3 * TURN)
    assert bool(names_of([stroke, load])) is once


def test_of_two_that_turn_once_the_larger_is_the_load_by_five_times() -> None:
    other = 1 - np.cos(TURN + 0.5)
    assert names_of([1 - np.cos(TURN), 5.1 * other]) == (POSITION, LOAD)
    assert names_of([5.1 * (1 - np.cos(TURN)), other]) == (LOAD, POSITION)
    assert names_of([1 - np.cos(TURN), 4.9 * other]) == ()
    many = 100 + np.sin(3 * TURN)
    assert names_of([STROKE, many]) == (POSITION, LOAD)
    assert names_of([1e6 * STROKE, many]) == (), "a position is no larger than its load"
    assert names_of([STROKE, PULL, PULL]) == ()
