"""The founders' small made-up truths: cards whose right answer was known before they were made."""

from __future__ import annotations

import json
from functools import cache

import pytest

from app.analysis.cards.figures import CardAnalysis, analyse
from app.analysis.diagnosis import diagnose_card
from app.importers.card_json import read_card
from app.services.diagnosis.cards import answer
from tests.conftest import shared_file

FILLS_IN_PART = {"fluid_pound", "gas_interference"}
FILLAGE = {
    "s_clean": 1.0,
    "s_round0.08": 1.0,
    "s_fric0.2": 1.0,
    "s_ripple0.08": 1.0,
    "s_fill0.8": 0.8,
    "s_fill0.7_fric": 0.7,
    "s_fill0.8_fric_over": 0.8,
    "longstroke_timeFalse": 0.8,
    "longstroke_timeTrue": 0.8,
}


@cache
def analysed(name: str) -> CardAnalysis:
    return analyse(read_card(shared_file(f"data/truth-cases/{name}.json")))


def said(name: str) -> list[tuple[str, float]]:
    return [(code, verdict.confidence) for code, verdict in diagnose_card(analysed(name))]


@pytest.mark.parametrize("name", FILLAGE)
def test_fillage_is_true_and_lies_in_its_range(name: str) -> None:
    analysis = analysed(name)
    assert analysis.measures["fillage"] == pytest.approx(FILLAGE[name], abs=0.02)
    low, high = analysis.ranges["fillage"]
    assert low - 0.01 <= FILLAGE[name] <= high + 0.01


@pytest.mark.parametrize("name", FILLAGE)
def test_net_stroke_is_true_to_a_hundredth(name: str) -> None:
    stroke = 7.0 if name.startswith("longstroke") else 3.0
    assert analysed(name).measures["net_stroke_m"] == pytest.approx(FILLAGE[name] * stroke, rel=0.01)


@pytest.mark.parametrize("name", ["s_clean", "s_round0.08", "s_ripple0.08"])
def test_a_full_pump_is_one_however_rounded_or_wavy(name: str) -> None:
    found = said(name)
    assert found[0][0] == "full_pump"
    assert found[0][1] > 0.6
    assert dict(found).get("both_valves_leak", 0) < 0.5
    assert dict(found).get("sand", 0) < 0.5


def test_dry_friction_is_a_full_pump_or_friction_and_no_sand_or_wear() -> None:
    found = dict(said("s_fric0.2"))
    assert max(found, key=lambda code: found[code]) in ("full_pump", "high_friction")
    assert found.get("sand", 0) <= 0.5
    assert found.get("worn_barrel", 0) <= 0.5
    low, high = analysed("s_fric0.2").ranges["pump_intake_pressure_pa"]
    truth = analysed("s_fric0.2").measures["pump_discharge_pressure_pa"] - 18e3 / 1.5518e-3
    assert low <= truth <= high, "18 kN of liquid, 3.6 kN of friction each way"


@pytest.mark.parametrize(
    "name",
    ["s_fill0.8", "s_fill0.7_fric", "s_fill0.8_fric_over", "longstroke_timeFalse", "longstroke_timeTrue"],
)
def test_a_pump_that_fills_in_part_is_told_first(name: str) -> None:
    found = said(name)
    assert found[0][0] in FILLS_IN_PART
    others = {code: sure for code, sure in found if code not in FILLS_IN_PART | {"inputs_disagree"}}
    assert all(sure < 0.8 for sure in others.values()), others


@pytest.mark.parametrize("name", ["s_fill0.8", "s_fill0.7_fric"])
def test_the_intake_pressure_decides_between_pound_and_gas(name: str) -> None:
    intake = analysed(name).measures["pump_intake_pressure_pa"]
    assert said(name)[0][0] == ("gas_interference" if intake > 2e6 else "fluid_pound")


@pytest.mark.parametrize("name", ["s_fill0.8_fric_over", "s_clean"])
def test_a_load_that_the_depth_cannot_hold_is_no_pressure_but_inputs_that_disagree(name: str) -> None:
    analysis = analysed(name)
    assert analysis.measures["pump_intake_pressure_pa"] is None
    assert "inputs_disagree" in dict(said(name))
    told = answer(analysis)
    assert "intake_impossible" in {remark["code"] for remark in told["quality"]}
    json.dumps(told, allow_nan=False)


def test_a_long_stroke_is_read_alike_with_and_without_times_and_is_no_bad_record() -> None:
    timed, untimed = analysed("longstroke_timeTrue"), analysed("longstroke_timeFalse")
    assert untimed.measures["fillage"] == pytest.approx(timed.measures["fillage"], abs=0.02)
    for name in ("longstroke_timeTrue", "longstroke_timeFalse"):
        assert "sensor_fault" not in dict(said(name))
        assert not {r.code for r in analysed(name).remarks} & {"time_from_unit", "load_clipped"}
