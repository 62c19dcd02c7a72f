"""Strokes of cards made by another method than the program's, each with one thing that moved them."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from app.analysis.cards.damping import told_by_lines
from app.analysis.cards.figures import CardAnalysis, analyse
from app.analysis.cards.lines import LoadLines
from app.analysis.cards.strings import compliance
from app.analysis.cards.strokes import strokes_of
from app.importers.card_json import read_card
from tests.analysis.characteristics import Made, Well, make
from tests.conftest import shared_file

POUND = Well(liquid=0.55)
RUBBING_GAS = Well(gas=0.3, rods_rub_n=3_000.0, plunger_m=0.0318)
SHALLOW_GAS = Well(depth_m=900.0, gas=0.4, rods_rub_n=2_500.0, plunger_m=0.0381, intake_pa=4e6)
DRAGGED = replace(POUND, damping=0.15, depth_m=2_200.0)


@cache
def made(well: Well, points: int = 200, late: float = 0.0) -> tuple[Made, CardAnalysis]:
    card = make(well, points, late=late)
    return card, analyse(card.card)


def told(found: CardAnalysis) -> list[float]:
    return [one.details["damping"] for one in found.remarks if one.code == "damping_told"]


@pytest.mark.parametrize(
    "well",
    [
        POUND,
        replace(POUND, plunger_rubs_n=2_500.0),
        replace(POUND, rods_rub_n=3_000.0),
        replace(POUND, box_rubs_n=2_000.0),
        replace(POUND, damping=0.15),
        RUBBING_GAS,
        SHALLOW_GAS,
        DRAGGED,
    ],
)
def test_fillage_is_true_whatever_rubs_or_drags(well: Well) -> None:
    card, found = made(well)
    assert found.measures["fillage"] == pytest.approx(card.fillage, abs=0.015)
    assert found.measures["gross_stroke_m"] == pytest.approx(card.gross_m, rel=0.011)
    low, high = found.ranges["fillage"]
    assert low <= card.fillage <= high
    low, high = found.ranges["net_stroke_m"]
    assert low <= card.net_m <= high


def test_friction_along_the_rods_is_taken_off_the_stroke_and_a_plungers_is_not() -> None:
    _, rods = made(RUBBING_GAS)
    _, plunger = made(replace(POUND, plunger_rubs_n=2_500.0))
    assert rods.lines is not None
    assert plunger.lines is not None
    assert rods.lines.gross_stroke_m - rods.measures["gross_stroke_m"] == pytest.approx(
        compliance(rods.card.bore.rods) * 2_700, rel=0.25
    )
    assert plunger.measures["gross_stroke_m"] == pytest.approx(plunger.lines.gross_stroke_m, rel=1e-3)


def test_the_mark_on_the_card_stands_where_the_figure_says() -> None:
    _, found = made(SHALLOW_GAS)
    assert found.lines is not None
    assert found.lines.fillage == pytest.approx(found.measures["fillage"])


@pytest.mark.parametrize("damping", [0.1, 0.15])
def test_damping_is_told_by_lines_that_follow_the_speed(damping: float) -> None:
    _, found = made(replace(DRAGGED, damping=damping))
    assert told(found) == [pytest.approx(damping, abs=0.03)]


def test_no_damping_is_told_where_the_lines_are_level_or_the_file_gives_it() -> None:
    _, level = made(RUBBING_GAS)
    assert told(level) == []
    card, found = made(DRAGGED)
    given = analyse(replace(card.card, bore=replace(card.card.bore, damping_up=0.15, damping_down=0.15)))
    assert told(given) == []
    assert given.measures["fillage"] == pytest.approx(found.measures["fillage"], abs=0.005)


def test_lines_that_something_else_bends_tell_no_damping() -> None:
    card, _ = made(POUND)
    turn = 2 * np.pi * np.arange(200) / 200
    found = analyse(replace(card.card, load_n=card.card.load_n + 1_500 * np.sin(5 * turn)))
    assert told(found) == []


def test_damping_that_no_string_has_is_not_told() -> None:
    card, found = made(replace(DRAGGED, damping=0.45))
    assert told(found) == []
    assert found.lines is not None
    assert found.motion is not None
    assert found.rest is not None
    assert told_by_lines(card.card, found.clean, found.motion, found.lines) == 0.0


@pytest.mark.parametrize("late", [0.005, 0.01])
def test_under_a_cell_that_answers_late_the_range_holds_what_the_figure_misses(late: float) -> None:
    card, found = made(replace(POUND, rods_rub_n=1_000.0), late=late)
    assert found.measures["fillage"] < card.fillage - 0.015
    low, high = found.ranges["fillage"]
    assert low <= card.fillage <= high < card.fillage + 0.06


def test_a_load_that_comes_on_at_once_widens_no_range_upwards() -> None:
    _, prompt = made(replace(POUND, rods_rub_n=1_000.0))
    _, late = made(replace(POUND, rods_rub_n=1_000.0), late=0.01)
    above = [found.ranges["fillage"][1] - found.measures["fillage"] for found in (prompt, late)]
    assert above[0] < 0.045
    assert above[1] > above[0] + 0.02


def test_few_points_are_told_by_a_wider_range() -> None:
    card, few = made(replace(POUND, rods_rub_n=1_000.0), points=40)
    _, many = made(replace(POUND, rods_rub_n=1_000.0))
    widths = [found.ranges["fillage"][1] - found.ranges["fillage"][0] for found in (few, many)]
    assert widths[0] > 1.3 * widths[1]
    low, high = few.ranges["fillage"]
    assert low <= card.fillage <= high


def test_lines_the_wrong_way_round_say_the_whole_stroke() -> None:
    card, found = made(POUND)
    assert found.pump is not None
    turned = LoadLines(2e3, 12e3, 3.0, 3.0)
    strokes = strokes_of(turned, found.pump, card.card.position_m, card.card.bore.rods, 20e3)
    assert (strokes.gross_m, strokes.net_m, strokes.fillage) == (3.0, 3.0, 1.0)
    assert strokes.fillage_range == (1.0, 1.0)


def test_the_strokes_of_a_real_well_are_those_of_the_points_that_another_system_drew() -> None:
    """Well C. That system prints 128 and 125 in (3.251 and 3.175 m, whole inches) and fillage 0.9752; its own
    pump card is 3.307 m long. It counts from the zero of its place, 0.06 m above the card's lowest point, and
    to the end of the fall; ours counts from the lowest point and to the middle of an even fall, and says that
    it may be the end.
    """
    path = shared_file("data/well-c.json")
    found, vendor = analyse(read_card(path)), json.loads(path.read_text())["vendor"]
    place = np.array(vendor["pump_card"]["position_m"])
    gross, net = found.measures["gross_stroke_m"], found.measures["net_stroke_m"]
    assert gross == pytest.approx(np.ptp(place), rel=0.002)
    assert place.max() == pytest.approx(vendor["gross_stroke_m"], abs=0.0254 / 2)
    assert found.measures["fillage"] == pytest.approx(vendor["fillage"], abs=0.015)
    of_its_card = vendor["fillage"] * float(np.ptp(place))
    assert net == pytest.approx(of_its_card, rel=0.015)
    assert found.lines is not None
    assert found.lines.net_range_m[0] < of_its_card < net, "the end of the fall"
    low, high = found.ranges["net_stroke_m"]
    assert low < vendor["net_stroke_m"] < high
