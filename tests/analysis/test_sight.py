"""Rules that could look, and what the others would have to be given."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.analysis import examples
from app.analysis.esp.signature import SENSOR_OF
from app.analysis.rules import RULES
from app.analysis.sight import known_of_card, known_of_esp, sight_of
from app.core.texts import Speaker, catalogue
from app.models.sensors import SENSORS
from app.reports.wording import input_name

CARD = [rule for rule in RULES if rule.needs == "card"]
ESP = [rule for rule in RULES if rule.needs == "esp"]


def test_of_a_whole_case_every_rule_can_look() -> None:
    assert sight_of(CARD, known_of_card(examples.card_case())).missing == ()
    whole = sight_of(ESP, known_of_esp(examples.esp()))
    assert (whole.looked, whole.missing) == (len(ESP), ())


def test_without_rods_only_the_record_itself_is_judged() -> None:
    case = replace(examples.card_case(), shape=None, loads=None)
    sight = sight_of(CARD, known_of_card(case) - {"torque"})
    assert sight.looked == 1
    assert sight.missing == ("pump_card", "loads", "torque")


@pytest.mark.parametrize(("gone", "rule"), [("rate", "deadhead"), ("intake", "pump_off")])
def test_one_of_several_alternatives_is_enough_and_the_key_is_needed(gone: str, rule: str) -> None:
    known = known_of_esp(examples.esp())
    (one,) = [each for each in ESP if each.key == rule]
    without = known - {gone, SENSOR_OF[gone]}
    assert sight_of([one], known).looked == 1
    assert sight_of([one], without).looked == (1 if (gone,) not in one.inputs else 0)


def test_without_a_baseline_nothing_has_departed() -> None:
    case = replace(examples.esp(), departures=None)
    assert sight_of(ESP, known_of_esp(case)).looked < len(ESP)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_input_of_every_rule_has_a_name(language: str) -> None:
    names = {name for rule in RULES for names in rule.inputs for name in names}
    assert names
    for name in names:
        assert SENSOR_OF.get(name, name) in SENSORS or f"input.{name}" in catalogue(language), name
        assert input_name(name, Speaker(language))


def test_every_rule_of_a_card_and_every_signature_says_what_it_looks_at() -> None:
    assert all(rule.inputs for rule in CARD)
    assert {rule.key for rule in ESP if not rule.inputs} <= {
        "frequent_starts",
        "sensor_frozen",
        "sensor_spike",
        "sensor_drift",
        "unit_mixup",
        "clock_shift",
        "gap",
    }
