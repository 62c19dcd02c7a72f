"""Figures in sentences: merges, gaps, records, sizes, well tests. Numbers are reckoned here by
hand, in both languages.
"""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from app.analysis.needs import INPUTS, Gap
from app.core.errors import KnownError
from app.core.texts import LANGUAGES, Speaker
from app.core.units import DAY_S
from app.models.findings import Evidence
from app.models.kinds import KINDS
from app.models.kinds.lab import PARAMETERS
from app.models.merged_wells import Overlap, Prospect
from app.models.records import Record, Source
from app.models.sensors import SENSORS
from app.models.sights import Sight
from app.models.wells import LIFTS
from app.reports import (
    gap_words,
    merge_words,
    record_words,
    relation_words,
    sizing_words,
    wording,
)
from tests.reports.told import AT, EN, RU, a_well, plain

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
    assert unit(parameter="hardness", unit="мг-экв/л") == "meq/l"


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
    full = sized(
        motor="M-40", current_a=32.0, cable="3x16", drop_v=55.0, surface_v=1055.0, transformer_va=58.5e3
    )
    said = [plain(line) for line in sizing_words.lines(duty(), [sized(), full], ["casing"], "", EN)]
    assert (
        said[0]
        == "Intake 5.00 MPa, above the pump 15.00 MPa, head 1 200.00 m, volume in the pump 100.0 m³/d."
    )
    assert said[1] == "Gas that enters: 12.0 % of the volume, Turpin's number 0.34: stable."
    assert said[2].startswith("The casing's inner diameter is not entered")
    assert said[3] == "P-100, 240 stages: efficiency 61.0 %, shaft 30.0 kW, motor 35.0 kW"
    assert said[4].endswith(
        "motor M-40, 32.0 A, cable 3x16, 55 V lost in it, 1 055 V above it, a transformer of 58 kVA at least"
    )


def test_gas_that_would_lock_the_pump_no_stage_that_fits_and_nothing_to_size_by_are_told() -> None:
    said = sizing_words.lines(duty(stable=False), [], [], "", EN)
    assert "is over 1: a separator or a deeper pump is needed" in said[1]
    assert said[-1] == "No stage of the catalogue fits this rate and casing."
    assert sizing_words.lines(None, [], [], ("flow_test",), EN) == [
        "Nothing can be advised: there is no good flow test"
    ]


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
