"""What a setting would bring, what energy costs and what models say, in sentences of both languages."""

from __future__ import annotations

import numpy as np
import pytest

from app.analysis.advice.choice import Choice, Limit, Outcome
from app.analysis.wells.modelled import Misfit, Modelled, ModelResults, NotCompared
from app.core.texts import LANGUAGES, Speaker
from app.core.units import DAY_S
from app.models.kinds import KINDS
from app.models.sensors import SENSORS
from app.reports import (
    advice_words,
    model_words,
)
from tests.reports.told import EN, RU, US, plain

# Advice


def outcome(equipment: str = "", **knobs: float) -> Outcome:
    rate, oil = (0.001, 0.0012, 0.0015), (0.5, 1.0, 1.5)
    return Outcome(knobs, rate, oil, 5e6, 36e3, 900.0, (), equipment=equipment)


def test_knobs_are_told_in_the_readers_units_and_stages_whole() -> None:
    said = plain(advice_words.settings_words(outcome(stages=293.4, plunger_diameter_m=0.044), None, EN))
    assert said == "stages 293, plunger 44.0 mm"
    moved = advice_words.settings_words(
        outcome(frequency_hz=52.0, wellhead_pa=1e6), outcome(frequency_hz=50.0, wellhead_pa=1e6), EN
    )
    assert plain(moved) == "frequency 52.0 Hz"


def test_a_quantity_is_told_in_one_unit_wherever_it_is_read() -> None:
    """The wellhead's pressure stood in atm on the trends and in MPa among the settings."""
    assert advice_words.KNOBS["wellhead_pa"] == SENSORS["wellhead_pressure"].quantity
    for limit, quantity in advice_words.LIMITS.items():
        if limit in SENSORS:
            assert quantity == SENSORS[limit].quantity, limit
    at_surface = {f"{where}_pressure_pa" for where in ("wellhead", "tubing", "annulus", "casing", "line")}
    fields = [field for kind in KINDS for field in kind.fields if field.key in at_surface]
    assert {field.key for field in fields} == at_surface
    assert {field.quantity for field in fields} == {"surface_pressure"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_knob_and_limit_has_its_words(language: str) -> None:
    speaker = Speaker(language)
    for knob in advice_words.KNOBS:
        assert speaker.has(f"advice.knob.{knob}")
        assert advice_words.knob_value(knob, 1.0, speaker)
    for code in advice_words.LIMITS:
        assert speaker.has(f"advice.limit.{code}")


def test_other_equipment_is_named_with_how_it_would_stand() -> None:
    choice = Choice(outcome("ВНН5-125", frequency_hz=50.0), (1.0, 2.0, 3.0))
    assert (
        plain(advice_words.choice_words(choice, outcome(frequency_hz=50.0), EN))
        == "run in ВНН5-125: frequency 50.0 Hz"
    )


def test_gain_is_tonnes_a_day_and_worth_is_money_a_day() -> None:
    kg = 1_000 / DAY_S
    choice = Choice(outcome(), (-1 * kg, 2 * kg, 3 * kg), (-10 / DAY_S, 20 / DAY_S, 30 / DAY_S))
    assert plain(advice_words.gain_words(choice, EN)) == "oil gained 2.00 t/d (-1.00 to 3.00)"
    assert plain(advice_words.gain_short(choice, RU)) == "2,00 (от -1,00 до 3,00)"
    assert advice_words.worth_short(choice, EN) == "20 (-10 to 30)"
    assert "+20 a day (-10 to 30)" in advice_words.worth_words(choice, EN)
    free = Choice(outcome(), (0.0, 0.0, 0.0))
    assert advice_words.worth_words(free, EN) == ""
    assert advice_words.worth_short(free, EN) == EN.say("advice.no_prices")


def test_energy_of_a_tonne_is_told() -> None:
    # 36 kW over 0.0012 m³/s of 900 kg/m³ is 33.3 kJ/kg, 9.26 kWh/t
    assert advice_words.kwh_per_tonne(outcome()) == pytest.approx(9.259, abs=1e-3)
    assert advice_words.energy_words(outcome(), EN) == "9.26 kWh/t of liquid"
    assert advice_words.energy_short(outcome(), RU) == "9,26"


def test_measured_energy_says_only_what_is_known() -> None:
    def say(*known: float | None) -> str:
        return plain(advice_words.measured_energy_words(*known, EN))  # type: ignore[call-arg,arg-type]

    assert say(None, 5.0, 0.5) == EN.say("energy.unknown")
    assert say(10.0, None, 0.5) == "10.00 kWh/t of liquid at the last test"
    assert say(10.0, 5.0, None) == "10.00 kWh/t of liquid at the last test, lifting itself takes 5.00"
    assert say(10.0, 5.0, 0.5).endswith("takes 5.00 (efficiency 50.0 %)")


@pytest.mark.parametrize(
    ("limit", "light", "said"),
    [
        (
            Limit("frequency", 40.0, 35.0, 60.0),
            "ok",
            "Frequency: 40.0 Hz (at least 35.0 Hz, at most 60.0 Hz)",
        ),
        (Limit("frequency", 57.0, None, 60.0), "watch", "Frequency: 57.0 Hz (at most 60.0 Hz)"),
        (Limit("frequency", 60.1, None, 60.0), "act", "Frequency: 60.1 Hz (at most 60.0 Hz)"),
        (Limit("intake_pressure", 2e6, 3e6), "act", "Intake pressure: 2.00 MPa (at least 3.00 MPa)"),
    ],
)
def test_a_limit_shows_its_ends_and_its_light(limit: Limit, light: str, said: str) -> None:
    assert advice_words.status_of(limit) == light
    assert plain(advice_words.limit_words(limit, EN)) == said


def test_what_a_setting_gives_is_a_list_of_names_and_values() -> None:
    said = {name: plain(value) for name, value in advice_words.outcome_lines(outcome(), EN)}
    assert said == {
        EN.say("advice.rate"): "103.7 m³/d (86.4 to 129.6)",
        EN.say("advice.oil"): "86.40 t/d",
        EN.say("measure.pump_intake_pressure_pa"): "5.00 MPa",
        EN.say("advice.power"): "36.0 kW",
        "Energy of a tonne": "9.26 kWh/t of liquid",
    }


def test_the_best_of_a_well_of_a_pad_is_told_or_why_there_is_none() -> None:
    now = outcome(frequency_hz=50.0)
    best = Choice(outcome(frequency_hz=55.0), (1.0, 1.0, 1.0))
    assert plain(advice_words.best_words(best, now, "", EN)) == "frequency 55.0 Hz"
    assert advice_words.best_words(None, now, "", EN) == "nothing better within the limits"
    assert advice_words.best_words(None, None, ("pump", "card"), EN) == (
        "Nothing can be advised: the pump or its stages are not known; there is no card of this well"
    )


# Models beside what was measured


def a_series(misfit: Misfit | None, of: str = "liquid_rate", last: float = 100 / DAY_S) -> Modelled:
    return Modelled(
        "Eclipse", "", "base", of, np.array([1, 2]), np.array([0.0, last]), np.full(2, np.nan), misfit
    )


def test_a_model_is_told_with_its_sign_its_share_and_its_drift() -> None:
    off = Misfit(3, -10 / DAY_S, -0.104, 0.5 / DAY_S)
    (row,) = model_words.rows(ModelResults((a_series(off),)), EN)
    assert (row.case, row.of) == ("Eclipse base", SENSORS["liquid_rate"].en)
    assert plain(row.last) == "100.0 m³/d"
    assert plain(row.off) == "−10.0 m³/d (−10 %)"
    assert plain(row.drift) == "+15.0 m³/d"
    assert row.compared == "3 of 2"
    (line,) = model_words.lines(ModelResults((a_series(off),)), EN)
    assert plain(line).endswith("Over 30 d the difference changes by +15.0 m³/d.")


def test_a_model_without_measurements_and_one_that_stands_beside_nothing_are_told() -> None:
    left = NotCompared("Skin", "-", "quantity")
    said = model_words.lines(ModelResults((a_series(None),), (left,)), EN)
    assert "nothing was measured to compare it with (0 of 2)" in said[0]
    assert said[1] == "A model's result “Skin” is not compared: nothing measured is called so."


def test_a_difference_of_temperatures_has_no_zero_of_its_own() -> None:
    """5 K are 5 K, not −268 °C, and 9 °F."""
    assert model_words.step_words(5.0, "temperature", EN) == "+5.0 °C"
    assert model_words.step_words(-5.0, "temperature", US) == "−9.0 °F"
    assert model_words.step_words(0.25, "number", RU) == "+0,25"
