"""Evidence says itself where it is drawn: page, report and protocol ask nothing else of a rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from app.analysis import examples
from app.analysis.cards import marks
from app.analysis.cards.figures import CardAnalysis
from app.analysis.diagnosis import asked
from app.models.cards import PumpCard
from app.models.findings import BOTH, DOWN, SURFACE, UP, CardPlace, Evidence, Finding
from app.models.store import findings as finding_store

MOMENT = datetime(2026, 10, 1, tzinfo=UTC)
UPWARD = np.linspace(0.0, 3.0, 31)
PUMP = PumpCard(np.r_[UPWARD, UPWARD[::-1]], np.r_[np.full(31, 40e3), np.full(31, 10e3)])
ANALYSIS = cast(
    CardAnalysis,
    SimpleNamespace(pump=PUMP, clean=PumpCard(PUMP.position_m + 0.5, PUMP.load_n + 50e3)),
)


def finding(place: CardPlace | None, code: str = "argument_of_a_new_rule") -> Finding:
    return Finding(1, "new_fault", "act", 0.8, MOMENT, MOMENT, (Evidence(code, place=place),))


def test_the_place_alone_decides_what_is_drawn_whatever_the_argument_is_called() -> None:
    (up,) = marks.evidence_places(ANALYSIS, [finding(CardPlace((0.0, 0.5), UP))])
    assert (up.load_n.min(), up.load_n.max()) == (40e3, 40e3)
    assert up.position_m.max() == pytest.approx(1.5)
    (down,) = marks.evidence_places(ANALYSIS, [finding(CardPlace((0.9, 1.0), DOWN), "unloads_early")])
    assert set(down.load_n) == {10e3}
    assert down.position_m.min() == pytest.approx(2.7)
    (both,) = marks.evidence_places(ANALYSIS, [finding(CardPlace((0.4, 0.6), BOTH))])
    assert set(both.load_n) == {10e3, 40e3}


def test_a_range_of_loads_and_the_surface_card_are_places_too() -> None:
    (low,) = marks.evidence_places(ANALYSIS, [finding(CardPlace((0.0, 1.0), load_n=(0.0, 20e3)))])
    assert set(low.load_n) == {10e3}
    (surface,) = marks.evidence_places(ANALYSIS, [finding(CardPlace((0.75, 1.0), DOWN, SURFACE))])
    assert set(surface.load_n) == {60e3}
    assert surface.position_m.min() == pytest.approx(2.8)


def test_what_has_no_place_or_no_card_or_was_rejected_is_not_drawn() -> None:
    assert marks.evidence_places(ANALYSIS, [finding(None)]) == []
    place = CardPlace((0.0, 1.0))
    assert marks.evidence_places(ANALYSIS, [replace(finding(place), decision="rejected")]) == []
    without_pump = cast(CardAnalysis, SimpleNamespace(pump=None, clean=ANALYSIS.clean))
    assert marks.evidence_places(without_pump, [finding(place)]) == []


@pytest.mark.parametrize(
    "place", [None, CardPlace((0.1, 0.4), UP, SURFACE, (1e3, 2e3)), CardPlace((0.0, 1.0))]
)
def test_a_place_is_kept_with_its_finding(place: CardPlace | None) -> None:
    kept = finding_store.from_json(finding_store.to_json(finding(place)))
    assert kept.evidence[0].place == place


def test_a_finding_of_an_earlier_version_keeps_its_part_of_the_card() -> None:
    old = finding_store.to_json(finding(None))
    old["evidence"][0] |= {"card_part": [0.2, 0.5]}
    del old["evidence"][0]["place"]
    assert finding_store.from_json(old).evidence[0].place == CardPlace((0.2, 0.5))


@pytest.mark.parametrize(
    ("valve", "code"), [("leak_up", "traveling_valve_leak"), ("leak_down", "standing_valve_leak")]
)
def test_a_leak_told_by_speed_alone_is_named_and_takes_from_a_full_pump(valve: str, code: str) -> None:
    leaking = examples.card_case({valve: 0.4}, {"rate_ratio": float("nan")})
    said = dict(asked(leaking))
    assert 0.5 < said[code].confidence <= 0.75, "so narrow a corner is not sure by itself"
    assert said[code].evidence[-1].code == "slower_than_leak"
    assert "full_pump" not in said or said["full_pump"].confidence < 0.3
    a_quarter = dict(asked(examples.card_case({valve: 0.25}, {"rate_ratio": float("nan")})))["full_pump"]
    assert a_quarter.confidence < 0.7
    assert [item.code for item in a_quarter.against] == ["leak_looks_so"]
    assert "flow_test" in a_quarter.settled_by


def test_what_both_valves_seem_to_let_through_is_the_recorder_s_and_liquid_that_arrives_settles_it() -> None:
    both = dict(asked(examples.card_case({"leak_up": 0.4, "leak_down": 0.4}, {"rate_ratio": float("nan")})))
    assert both["full_pump"].confidence > 0.9
    arrives = dict(asked(examples.card_case({"leak_up": 0.4}, {"rate_ratio": 0.97})))
    assert arrives["full_pump"].confidence > 0.9
    assert arrives["traveling_valve_leak"].confidence < 0.3
