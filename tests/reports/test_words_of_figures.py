"""Figures in sentences: forecast, advice, models, merges, gaps, records, sizes. Numbers are reckoned here by
hand, in both languages.
"""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from app.analysis.advice.choice import Choice, Limit, Outcome
from app.analysis.decline.arps import Decline
from app.analysis.forecast.failure import FailureForecast, Reason
from app.analysis.forecast.outlook import DeclineView, Drift, Forecast, RunLife
from app.analysis.forecast.survival import SurvivalCurve, WeibullLife
from app.analysis.needs import INPUTS, Gap
from app.analysis.wells.modelled import Misfit, Modelled, ModelResults, NotCompared
from app.core.clock import to_us
from app.core.errors import KnownError
from app.core.texts import LANGUAGES, Speaker
from app.core.units import DAY_S
from app.models.findings import Evidence
from app.models.kinds import KINDS
from app.models.kinds.lab import PARAMETERS
from app.models.merged_wells import Overlap, Prospect
from app.models.overview import Sight
from app.models.records import Record, Source
from app.models.sensors import SENSORS
from app.models.wells import LIFTS
from app.reports import (
    advice_words,
    gap_words,
    merge_words,
    model_words,
    outlook_words,
    record_words,
    relation_words,
    sizing_words,
    wording,
)
from app.reports.blocks import Bullets, Paragraph
from app.reports.sections import forecast
from tests.reports.told import AT, EN, RU, US, a_well, charts, facts, made, plain

REFUSED = KnownError("card_empty")
MONTH = 30.4 * DAY_S


# Forecast


def a_life(**told: Any) -> RunLife:
    known: dict[str, Any] = {
        "group": "esp, North",
        "curve": None,
        "life": None,
        "days_per_failure": None,
        "age_days": None,
        "by_age": {},
        "refused": None,
    }
    return RunLife(**{**known, **told})


def foretold(**told: Any) -> Forecast:
    known: dict[str, Any] = {
        "run_life": a_life(),
        "failure": None,
        "failure_refused": None,
        "drifts": (),
        "decline": None,
        "decline_refused": None,
        "at": AT,
    }
    return Forecast(**{**known, **told})


FAILURE = FailureForecast(
    {7: 0.081, 30: 0.21, 90: 0.51},
    (Reason("motor_rise", 12.0, 0.6), Reason("starts_a_day", 3.0, 0.25)),
    ("vibration", "insulation"),
    "sim-1",
)


def test_a_chance_is_told_for_each_horizon_with_that_of_the_age_beside() -> None:
    life = a_life(by_age={7: (0.02, 0.01, 0.03), 30: (0.1, 0.05, 0.2)})
    said = outlook_words.chance_lines(foretold(failure=FAILURE, run_life=life), EN)
    assert [(status, plain(line)) for status, line in said] == [
        ("watch", "within 7 days: 8 % (by age alone 2 %)"),
        ("act", "within 30 days: 21 % (by age alone 10 %)"),
        ("stop", "within 90 days: 51 %"),
        ("", "Model sim-1, of simulated lives; not calibrated for this field."),
    ]


@pytest.mark.parametrize(
    ("chance", "status"),
    [(0.08, "ok"), (0.081, "watch"), (0.2, "watch"), (0.201, "act"), (0.5, "act"), (0.501, "stop")],
)
def test_a_chance_has_its_light(chance: float, status: str) -> None:
    assert outlook_words.chance_status(chance) == status


def test_without_a_model_the_age_alone_speaks_with_its_interval() -> None:
    life = a_life(by_age={30: (0.104, 0.05, 0.2)})
    said = outlook_words.chance_lines(foretold(failure_refused=REFUSED, run_life=life), EN)
    assert [(status, plain(line)) for status, line in said] == [
        ("", EN.error(REFUSED)),
        ("ok", "within 30 days by age: 10 % (5 % … 20 %)"),
    ]


def test_nothing_to_tell_it_from_is_said() -> None:
    assert outlook_words.chance_lines(foretold(), RU) == [("", RU.say("outlook.nothing"))]
    assert outlook_words.reason_lines(foretold(), RU) == []


def test_reasons_are_named_with_their_share_and_what_was_not_measured() -> None:
    said = [plain(line) for _, line in outlook_words.reason_lines(foretold(failure=FAILURE), EN)]
    assert said == [
        "motor warmer than usual by 12.0 K — 60 %",
        "3.0 starts a day — 25 %",
        "Not measured, taken as healthy: vibration, insulation",
    ]
    healthy = FailureForecast({7: 0.0, 30: 0.0, 90: 0.0}, (), (), "sim-1")
    assert outlook_words.reason_lines(foretold(failure=healthy), EN) == [("", EN.say("outlook.no_reasons"))]


@pytest.mark.parametrize(("days", "status"), [(6.9, "stop"), (7.0, "act"), (29.9, "act"), (30.0, "watch")])
def test_a_drift_tells_days_to_its_limit_and_their_interval(days: float, status: str) -> None:
    drift = Drift("motor_temperature", 393.15, 423.15, days, 3.4, 80.6)
    ((light, line),) = outlook_words.drift_lines(foretold(drifts=(drift,)), EN)
    assert light == status
    name = SENSORS["motor_temperature"].en
    assert plain(line) == f"{name}: {round(days)} days to 150.0 °C (3 … 81), now 120.0 °C"


def test_nothing_that_drifts_is_a_sentence() -> None:
    assert outlook_words.drift_lines(foretold(), RU) == [("", "За год к пределу ничто не идёт.")]


CURVE = SurvivalCurve(
    np.array([0.0, 100.0, 200.0]),
    np.array([1.0, 0.75, 0.5]),
    np.array([1.0, 0.6, 0.3]),
    np.array([1.0, 0.9, 0.7]),
    200.4,
    2,
    4,
)


def test_run_life_tells_the_group_the_age_and_the_median() -> None:
    said = outlook_words.life_lines(a_life(curve=CURVE, age_days=99.6, days_per_failure=310.2), EN)
    assert said == [
        ("ok", "ESP, North"),
        ("ok", "This one has run 100 days."),
        ("ok", "Days of work per failure (MTBF): 310"),
        ("ok", "Median run: 200 days; 2 failures of 4 pumps."),
    ]
    endless = SurvivalCurve(CURVE.days, CURVE.survival, CURVE.low, CURVE.high, None, 0, 4)
    assert "not reached" in outlook_words.life_lines(a_life(curve=endless), EN)[-1][1]
    assert outlook_words.life_lines(a_life(group="ВНН5-80", refused=REFUSED), RU) == [
        ("ok", "ВНН5-80"),
        ("", RU.error(REFUSED)),
    ]


def test_weibulls_figures_are_told_only_where_there_are_some() -> None:
    life = a_life(life=WeibullLife(412.4, 1.26, np.eye(2), 9))
    assert outlook_words.weibull_words(life, EN) == "Weibull, β 1.3, η 412 days"
    assert outlook_words.weibull_words(life, RU) == "Вейбулл, β 1,3, η 412 сут"
    assert outlook_words.weibull_words(a_life(), EN) == ""


def a_decline(monthly: float = 0.05, weeks: int = 20, covariance: Any = None) -> DeclineView:
    time_us = to_us(AT) + np.arange(weeks) * 7 * 86_400_000_000
    decline = Decline(1e-3, -np.log1p(-monthly) / MONTH, 0.0, covariance, 0.05)
    return DeclineView(time_us, np.full(weeks, 1e-3), decline, {})


def test_a_decline_is_told_by_the_month_and_how_far_it_may_be_believed() -> None:
    said = plain(outlook_words.decline_words(a_decline(), EN))
    assert said == "Exponential decline, 5.0 % a month at first; the band holds 80 % of weeks."
    rough = DeclineView(np.arange(6) * 86_400_000_000, np.ones(6), Decline(1e-3, 1e-9, 0.0, None, 2.0), {})
    assert "Weeks with a rate: 6, too few" in outlook_words.decline_words(rough, EN)


def test_the_section_has_remarks_apart_from_what_is_told_and_a_curve_where_there_is_one() -> None:
    life = a_life(curve=CURVE, age_days=50.0, life=WeibullLife(400.0, 1.2, np.eye(2), 9))
    blocks = made(forecast.SECTION, facts(forecast=foretold(failure=FAILURE, run_life=life)))
    bullets = [block for block in blocks if isinstance(block, Bullets)]
    assert len(bullets[0].items) == 3
    assert Paragraph(EN.say("outlook.model", version="sim-1"), muted=True) in blocks
    (chart,) = charts(blocks)
    kaplan, weibull = chart.pens
    assert list(kaplan.x) == [0, 100, 100, 200, 200]
    assert list(kaplan.y) == [100, 100, 75, 75, 50]
    assert list(chart.shades[0].low) == [100, 100, 60, 60, 30]
    assert list(chart.shades[0].high) == [100, 100, 90, 90, 70]
    assert (weibull.x[0], weibull.x[-1]) == pytest.approx((0.0, 230.0))
    assert weibull.y[0] == pytest.approx(100.0)
    assert [(one.at, one.upright) for one in chart.levels] == [(50.0, True)]


def test_a_pump_of_unknown_age_is_not_marked_on_the_curve_and_no_decline_says_why() -> None:
    told = foretold(run_life=a_life(curve=CURVE), decline_refused=REFUSED)
    blocks = made(forecast.SECTION, facts(forecast=told))
    (chart,) = charts(blocks)
    assert chart.levels == ()
    assert len(chart.pens) == 1
    assert blocks[-1] == Paragraph(EN.error(REFUSED), muted=True)


def test_a_decline_is_drawn_with_its_band_only_where_it_foretells() -> None:
    (chart,) = charts(made(forecast.SECTION, facts(forecast=foretold(decline=a_decline()))))
    weeks, curve = chart.pens
    assert weeks.y == pytest.approx([86.4] * 20)
    assert weeks.points
    assert not weeks.line
    assert curve.y[0] == pytest.approx(86.4)
    assert (curve.x[0], weeks.x[0]) == pytest.approx((AT.timestamp(),) * 2)
    assert curve.x[-1] - curve.x[0] == pytest.approx((19 * 7 + 180) * DAY_S)
    assert len(chart.shades) == 1
    assert chart.time_axis
    rough = DeclineView(np.arange(6) * 86_400_000_000, np.ones(6), Decline(1e-3, 1e-9, 0.0, None, 2.0), {})
    (chart,) = charts(made(forecast.SECTION, facts(forecast=foretold(decline=rough))))
    assert chart.shades == ()


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
    assert advice_words.best_words(None, None, "pump", EN) == EN.say("advice.missing.pump")


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


# A merge, before it is done


def a_prospect(**told: Any) -> Prospect:
    known: dict[str, Any] = {
        "well": a_well(name="101A"),
        "into": a_well(name="101"),
        "readings": Overlap(0, None, None, 0, 0),
        "cards": 0,
        "cards_same": 0,
        "tests": 0,
        "records": {},
        "records_same": 0,
        "records_other": 0,
        "doubts": (),
    }
    return Prospect(**{**known, **told})


def test_a_merge_of_an_empty_well_has_a_head_and_the_way_back() -> None:
    said = merge_words.lines(a_prospect(), EN)
    assert len(said) == 2
    assert said[0].startswith("101A goes into 101: from then on there is one well, 101,")
    assert "wellside merge 101A --undo" in said[1]


def test_a_merge_tells_everything_that_moves_and_what_both_have() -> None:
    told = a_prospect(
        readings=Overlap(500, AT, datetime(2026, 6, 1, tzinfo=UTC), 40, 3),
        cards=7,
        cards_same=2,
        tests=1,
        records={"note": 4, "flow_test": 2},
        records_same=1,
        records_other=0,
    )
    said = merge_words.lines(told, EN)
    assert said[1] == "Readings: 500, from 2026-05-20 21:30 to 2026-06-01 00:00."
    assert "40 with the same value, 3 with another one; there the value of 101 is shown" in said[2]
    assert said[3] == "Dynamograms: 7, 2 of them are in both and shown once."
    assert said[4] == "Well tests: 1."
    assert said[5] == f"Records: {KINDS['note'].en}: 4, {KINDS['flow_test'].en}: 2."
    assert said[6].startswith(
        "Records that both have: 1, shown once; of the same moment with other values: 0"
    )
    assert len(said) == 8


def test_readings_that_meet_are_told_also_where_only_values_differ() -> None:
    said = merge_words.lines(a_prospect(readings=Overlap(5, AT, AT, 0, 5)), EN)
    assert "0 with the same value, 5 with another one" in said[2]


# What is missing


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", list(INPUTS))
def test_every_input_is_called_as_its_field_is_and_never_by_its_path(path: str, language: str) -> None:
    speaker = Speaker(language)
    said = gap_words.path_words(path, speaker)
    assert said
    assert "_" not in said
    assert said == gap_words.input_words(Gap(path, *INPUTS[path]), speaker)


def test_readings_that_are_missing_are_called_by_their_sensor() -> None:
    assert gap_words.path_words("readings.intake_pressure", EN) == "intake pressure"
    assert gap_words.path_words("readings.motor_current", RU) == gap_words.within(SENSORS["motor_current"].ru)


def test_a_gap_names_what_cannot_be_had_without_it() -> None:
    gap = Gap(
        "pump.plunger_diameter_m", "installation", "plunger_diameter_m", ("fillage", "leakage_m3_per_s")
    )
    said = gap_words.gap_words(gap, EN)
    assert said.startswith("No ")
    assert said.endswith(f"cannot be had: fillage, {gap_words.within(EN.say('measure.leakage_m3_per_s'))}")


def test_what_is_taken_instead_is_told_with_its_value() -> None:
    gap = Gap("fluid.density", "fluid", "water_cut", (), {"density": 950.0})
    assert "950" in gap_words.gap_words(gap, EN)


def test_inside_a_sentence_only_abbreviations_keep_their_capitals() -> None:
    assert gap_words.within("Fillage") == "fillage"
    assert gap_words.within("КПД системы") == "КПД системы"
    assert gap_words.within("") == ""
    assert gap_words.within("A") == "a"


# Records


def test_a_record_is_one_line_of_what_it_says() -> None:
    values = {"liquid_m3_per_s": 120 / DAY_S, "water_cut": 0.7, "note": "после ремонта", "valid": False}
    said = plain(record_words.summary(Record("r", "flow_test", 1, AT, None, values), EN))
    assert "liquid rate 120 m³/d" in said
    assert "water cut 70 %" in said
    assert "после ремонта" in said
    assert "; ;" not in said


def test_a_result_of_a_laboratory_is_told_as_its_protocol_has_it() -> None:
    values = {"parameter": "water_cut", "value": 34.42, "unit": "%", "sample": "17", "method": "ГОСТ 2477"}
    result = Record("r", "lab_result", 1, AT, None, values)
    assert plain(record_words.summary(result, RU)) == "Обводнённость 34,42 %, Проба № 17, ГОСТ 2477"
    none = Record("r", "lab_result", 1, AT, None, {"parameter": "ph", "qualifier": "н/о"})
    assert record_words.summary(none, EN) == "pH н/о"


def test_a_figure_has_no_more_digits_than_somebody_wrote() -> None:
    values = {"type": "dynamic", "level_m": 900.0, "casing_pressure_pa": 8 * 101_325.0}
    said = plain(record_words.summary(Record("r", "fluid_level", 1, AT, None, values), RU))
    assert "900 м" in said
    assert "8 атм" in said
    assert RU.terse(859.25, "length") == "859,25"
    assert RU.terse(0.0, "length") == "0"


@pytest.mark.parametrize(
    ("printed", "english"),
    [("% масс", "% mass"), ("%(об.)", "% vol."), ("% мол", "% mol."), ("мг/кг", "мг/кг")],
)
def test_a_share_of_a_protocol_says_in_english_of_what_it_is(printed: str, english: str) -> None:
    found = Record("r", "lab_result", 1, AT, None, {"parameter": "paraffin", "value": 3.9, "unit": printed})
    assert record_words.lab_unit(found, EN) == english
    assert record_words.lab_unit(found, RU) == printed


@pytest.mark.parametrize(
    ("metres", "said"),
    [(548.34, "548,3"), (1389.5, "1\u202f390"), (2.56, "2,56"), (0.0, "0,00"), (99.996, "100,00")],
)
def test_a_gauge_says_four_digits(metres: float, said: str) -> None:
    assert RU.gauged(metres, "length") == said
    assert RU.gauged(None, "length") == "—"


def test_a_flag_is_told_only_where_it_is_off() -> None:
    flags = [f for f in KINDS["flow_test"].fields if f.type == "flag"]
    for flag in flags:
        off = record_words.summary(Record("r", "flow_test", 1, AT, None, {flag.key: False}), EN)
        on = record_words.summary(Record("r", "flow_test", 1, AT, None, {flag.key: True}), EN)
        assert off == f"{flag.en}: no"
        assert on == ""


@pytest.mark.parametrize(
    ("value", "typed"),
    [(0.022225, "22,225"), (0.0444, "44,4"), (0.057, "57"), (0.044 / 3, "14,7"), (None, ""), ("", "")],
)
def test_a_number_is_shown_for_an_edit_with_all_its_digits_where_they_are_few(value: Any, typed: str) -> None:
    field = KINDS["installation"].field("plunger_diameter_m")
    assert record_words.as_typed(field, value, RU) == typed


def test_a_laboratorys_figure_keeps_its_qualifier_before_a_number_only() -> None:
    def said(**values: Any) -> str:
        return record_words.result_words(Record("r", "lab_result", 1, AT, None, values), RU)

    assert said(value=0.05, qualifier="<") == "<0,05"
    assert said(value=862.0) == "862"
    assert said(qualifier="следы") == "следы"
    assert said() == "—"
    assert said(value=1_234.5, qualifier="≥") == "≥1234,5"


def test_a_laboratorys_unit_is_in_the_readers_letters_or_as_printed() -> None:
    def unit(**values: Any) -> str:
        return record_words.lab_unit(Record("r", "lab_result", 1, AT, None, values), EN)

    assert unit(parameter="solids", unit="мг/л") == "mg/l"
    assert unit(parameter="solids", unit="г/т") == "г/т"
    assert unit(parameter="of nobody", unit="мг/л") == "мг/л"
    assert unit(parameter="hardness", unit="мг-экв/л") == "мг-экв/л"


def test_sources_of_a_figure_are_named_with_their_dates() -> None:
    sources = (Source("rod_string", "a", AT), Source("pumping_unit", "b", datetime(2026, 1, 2, tzinfo=UTC)))
    said = record_words.sources_line(sources, RU)
    first, second = (KINDS[one.kind].ru for one in sources)
    assert said == f"Посчитано с: {first} от 20.05.2026; {second} от 02.01.2026"


def test_two_fields_that_contradict_each_other_are_told_with_both_values() -> None:
    values = {"perforation_top_m": 1_460.0, "perforation_bottom_m": 1_450.0}
    (said,) = relation_words.contradiction_words("installation", values, EN)
    assert "1 460.00 m" in plain(said)
    assert "1 450.00 m" in plain(said)
    assert "is more than" in said
    (named,) = relation_words.contradiction_words(
        "installation", {"pump_name": "НН2Б-44", "plunger_diameter_m": 0.07}, EN
    )
    assert "НН2Б-44" in named
    assert "70.0 mm" in plain(named)
    assert "do not agree" in named
    assert relation_words.contradiction_words("installation", {"perforation_top_m": 1.0}, EN) == []


# A pump that was sized


def duty(stable: bool = True) -> Any:
    gas = SimpleNamespace(stable=stable, entering=0.12, turpin=0.342)
    return SimpleNamespace(intake_pa=5e6, discharge_pa=15e6, head_m=1_200.0, rate=100 / DAY_S, gas=gas)


def sized(**told: Any) -> Any:
    known = {
        "pump": "P-100",
        "stages": 240,
        "efficiency": 0.61,
        "shaft_w": 30e3,
        "motor_w": 35e3,
        "motor": "",
    }
    return SimpleNamespace(**{**known, "current_a": float("nan"), "cable": "", "drop_v": 0.0, **told})


def test_a_sized_pump_says_what_it_has_to_do_what_was_assumed_and_what_there_is() -> None:
    full = sized(motor="M-40", current_a=32.0, cable="3x16", drop_v=55.0)
    said = [plain(line) for line in sizing_words.lines(duty(), [sized(), full], ["casing"], "", EN)]
    assert (
        said[0]
        == "Intake 5.00 MPa, above the pump 15.00 MPa, head 1 200.00 m, volume in the pump 100.0 m³/d."
    )
    assert said[1] == "Gas that enters: 12.0 % of the volume, Turpin's number 0.34: stable."
    assert said[2].startswith("The casing's inner diameter is not entered")
    assert said[3] == "P-100, 240 stages: efficiency 61.0 %, shaft 30.0 kW, motor 35.0 kW"
    assert said[4].endswith("motor M-40, 32.0 A, cable 3x16, 55 V lost in it")


def test_gas_that_would_lock_the_pump_no_stage_that_fits_and_nothing_to_size_by_are_told() -> None:
    said = sizing_words.lines(duty(stable=False), [], [], "", EN)
    assert "is over 1: a separator or a deeper pump is needed" in said[1]
    assert said[-1] == "No stage of the catalogue fits this rate and casing."
    assert sizing_words.lines(None, [], [], "flow_test", EN) == [EN.say("advice.missing.flow_test")]


# Health and evidence


def test_health_is_a_share_by_the_rules_that_could_look_or_a_reason() -> None:
    assert plain(wording.health_words(0.854, Sight(9, 9), EN)) == "health 85 %"
    assert plain(wording.health_words(0.85, Sight(8, 9), EN)) == "health 85 %; 8 of 9 rules could look"
    assert wording.health_words(0.85, None, EN) == EN.say("health.unknown")
    assert wording.health_words(None, Sight(9, 9), EN) == EN.say("health.not_recognised")
    assert plain(wording.health_short(0.85, Sight(8, 9), EN)) == "85 % (8/9)"
    assert plain(wording.health_short(0.85, Sight(9, 9), EN)) == "85 %"
    assert wording.health_short(None, Sight(9, 9), EN) == wording.health_short(0.9, None, EN) == "—"
    assert wording.missing_line(Sight(9, 9), EN) == ""


def test_evidence_names_its_sensor_in_the_readers_language_wherever_it_was_told() -> None:
    beside = wording.evidence_line(Evidence("value_frozen", {"hours": 18_000.0}, "motor_current"), RU)
    inside = wording.evidence_line(
        Evidence("value_frozen", {"hours": 18_000.0, "sensor": "motor_current"}), RU
    )
    assert SENSORS["motor_current"].ru in beside
    assert beside == inside


def test_why_nothing_could_be_looked_at_is_told_by_names() -> None:
    reason = KnownError("nothing_to_look_at", inputs=["motor_current", "pump_card"])
    said = wording.not_assessed_line(reason, EN)
    assert "motor current, rod string and pump" in said
    assert "[" not in said


def test_a_value_of_a_model_has_its_unit_or_two_digits() -> None:
    assert plain(wording.model_parameter("fracture_half_length_m", 60.123, EN)) == "60.12 m"
    assert wording.model_parameter("interporosity_flow", 2e-6, RU) == "2e-06"
    assert wording.model_parameter("vertical_anisotropy", 0.123, RU) == "0,12"
    assert wording.model_name("storage_changing+homogeneous", EN) == "changing storage + homogeneous, endless"


def test_figures_of_a_well_test_come_with_their_intervals_and_the_next_test() -> None:
    match = {
        "model": "fracture_infinite",
        "parameters": {"fracture_half_length_m": 60.0, "storage_ratio": 0.5},
        "intervals": {"fracture_half_length_m": (50.0, 70.0), "storage_ratio": None},
    }
    answer = {
        "skin": -4.5,
        "p_star_pa": None,
        "regimes": [{"name": "linear"}, {"name": "radial"}],
        "match": match,
        "next_test": {"radial_from_s": 7_200.0},
        "inflow": {"vogel": {"maximum_rate_m3_per_s": 100 / DAY_S}, "pi": None},
    }
    said = {name: plain(value) for name, value in wording.welltest_figures(answer, EN)}
    assert said == {
        EN.say("measure.skin"): "-4.50",
        EN.say("measure.regimes"): "linear (½), radial",
        "Model": "fracture of infinite conductivity",
        EN.say("measure.fracture_half_length_m"): "60.00 m (50.00 m … 70.00 m)",
        EN.say("measure.storage_ratio"): "0.5",
        EN.say("measure.next_test.radial_from_s"): "2.0 h",
        "Vogel: highest rate": "100.0 m³/d",
    }


def test_figures_of_an_operating_point_are_those_that_are_known() -> None:
    answer = {"operating_point": {"rate_m3_per_d": 120.0, "efficiency": 0.6, "head_m": None}, "health": 0.853}
    said = {name: plain(value) for name, value in wording.esp_figures(answer, EN)}
    assert said == {
        EN.say("measure.rate_m3_per_d"): "120.0 m³/d",
        EN.say("measure.efficiency"): "60.0 %",
        EN.say("measure.health"): "85 %",
    }
    assert wording.esp_figures({"operating_point": {}, "health": None}, EN) == []


# Every code that words are made of


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_list_of_codes_has_one_without_its_words(language: str) -> None:
    """Keys that are put together in a sentence's call are found by no search of the texts."""
    speaker = Speaker(language)
    made_of = {
        "lift": LIFTS,
        "state": ("running", "stopped", "stabilising", "inactive"),
        "advice.risk": ("high", "middle", "low"),
        "status": ("info", "watch", "act", "stop", "ok", "idle", "none"),
        "decline": ("exponential", "hyperbolic", "harmonic"),
        "flow.level_from": ("shots", "intake", "nowhere"),
        "flow.doubt": ("marked_invalid", "short", "water_cut_impossible", "oil_over_liquid", "jump"),
        "measure": (*wording.WELLTEST_SHOWN, *wording.MODEL_SHOWN, *wording.ESP_SHOWN),
        "measure.next_test": wording.NEXT_TEST,
        "lab": [one.key for one in PARAMETERS],
    }
    without = [
        f"{room}.{code}"
        for room, codes in made_of.items()
        for code in codes
        if not speaker.has(f"{room}.{code}")
    ]
    assert without == []


def test_a_remark_names_measures_findings_models_and_sensors_in_words() -> None:
    details = {"finding": "gas_interference", "measures": ["fillage", "leakage_m3_per_s"]}
    said = wording.remark_line("not_meant", details, EN)
    finding = gap_words.within(EN.say("finding.gas_interference"))
    leakage = gap_words.within(EN.say("measure.leakage_m3_per_s"))
    assert said == f"Not determined, for it means nothing beside “{finding}”: fillage, {leakage}"
    missing = wording.remark_line("missing_input", {"input": "rods", "measure": "fillage"}, EN)
    assert "fillage" in missing
    assert gap_words.path_words("rods", EN) in missing
