"""Own entries: over what ships or beside it, checked field by field, told with their place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.catalogue.esp_pumps import ESP_PUMPS
from app.analysis.catalogue.kinds import CATALOGUE_KINDS
from app.analysis.catalogue.library import built_in, contents, library, read_entries
from app.analysis.catalogue.pumping_units import PUMPING_UNITS
from app.analysis.catalogue.rods import RODS
from app.analysis.catalogue.spelling import parts
from app.core.errors import KnownError
from app.core.texts import LANGUAGES, Speaker
from tests.proofs import examples

ROD = {"source": "паспорт", "diameter_mm": 22, "mass_kg_per_m": 3.14, "modulus_gpa": 210}
UNIT = {
    "source": "паспорт",
    "gearbox_rating_n_m": 40_000,
    "beam_rating_n": 80_000,
    "stroke_m": 3,
    "dimensions_mm": {"A": 3200, "C": 2800, "I": 2800, "P": 3300, "K": 4400},
    "crank_radii_mm": [1200, 1000],
}
PUMP = {
    "source": "паспорт",
    "frequency_hz": 50,
    "rate_m3_per_d": [0, 40, 80, 120],
    "head_m_per_stage": [6, 5.5, 4, 0.2],
    "efficiency": [0, 0.45, 0.5, 0.05],
}
CABLE = {"source": "паспорт", "section_mm2": 16, "resistance_ohm_per_km": 1.15, "limit_temperature_c": 120}
PIPE = {"source": "паспорт", "outer_diameter_mm": 73, "wall_mm": 5.5, "nominal_mass_kg_per_m": 9.2}
MOTOR = {
    "source": "паспорт",
    "outer_diameter_mm": 117,
    "frequency_hz": 50,
    "efficiency": 0.84,
    "power_factor": 0.85,
    "load": [0.5, 0.75, 1],
    "current_share": [0.6, 0.8, 1],
    "efficiency_at_load": [0.8, 0.84, 0.84],
    "power_factor_at_load": [0.7, 0.8, 0.85],
}


def written(folder: Path, body: object) -> Path:
    file = folder / "own.json"
    file.write_text(json.dumps(body, ensure_ascii=False), encoding="utf-8")
    return file


def test_an_own_entry_stands_over_the_one_that_ships_and_beside_the_others(tmp_path: Path) -> None:
    file = written(tmp_path, {"catalogue": 1, "rods": {"шн-22": ROD, "ШН22У": ROD | {"mass_kg_per_m": 3.3}}})
    rods = library(RODS, file)
    assert rods.find("ШН22").item.mass_kg_per_m == 3.14
    assert rods.find("ШН22").file == str(file)
    assert rods.find("ШН22У").item.mass_kg_per_m == 3.3
    assert len(rods) == len(built_in(RODS)) + 1
    assert built_in(RODS).find("ШН22").item.mass_kg_per_m == 3.31, "what ships is as it was"


def test_a_changed_file_is_read_again_and_one_that_is_not_there_does_not_count(tmp_path: Path) -> None:
    file = tmp_path / "own.json"
    assert library(RODS, file) is built_in(RODS)
    written(tmp_path, {"catalogue": 1, "rods": {"X1": ROD}})
    assert library(RODS, file).find("X1").item.mass_kg_per_m == 3.14
    file.unlink()
    assert library(RODS, file) is built_in(RODS)


def test_an_own_unit_moves_as_its_dimensions_say(tmp_path: Path) -> None:
    file = written(tmp_path, {"catalogue": 1, "pumping_units": {"Качалка 1": UNIT}})
    longest, shorter = library(PUMPING_UNITS, file).find("качалка 1").item.computed_strokes_m()
    assert 2.2 < shorter < longest < 3.2


def test_an_own_pump_of_a_few_points_gets_its_power_from_its_efficiency(tmp_path: Path) -> None:
    file = written(tmp_path, {"catalogue": 1, "esp_pumps": {"ЭЦН9-77": PUMP}})
    curve = library(ESP_PUMPS, file).find("ЭЦН9-77").item.curve
    rate = curve.rate[1]
    assert float(curve.power_at(rate)) == pytest.approx(1000 * 9.80665 * rate * 5.5 / 0.45)


WRONG: tuple[tuple[str, dict[str, Any], dict[str, Any], str, str], ...] = (
    ("rods", ROD, {"source": ""}, "catalogue_missing", "source"),
    ("rods", ROD, {"diameter_mm": None}, "catalogue_number", "diameter_mm"),
    ("rods", ROD, {"diameter_mm": "22"}, "catalogue_number", "diameter_mm"),
    ("rods", ROD, {"diameter_mm": 0.022}, "catalogue_number", "diameter_mm"),
    ("rods", ROD, {"diameter_mm": True}, "catalogue_number", "diameter_mm"),
    ("rods", ROD, {"diameter_mm": 10**400}, "catalogue_number", "diameter_mm"),
    ("rods", ROD, {"diametr_mm": 22}, "catalogue_field", "diametr_mm"),
    ("rods", ROD, {"mass_kg_per_m": 1.2}, "catalogue_wave_speed", "mass_kg_per_m"),
    ("rods", ROD, {"role": "штанга"}, "catalogue_choice", "role"),
    ("rods", ROD, {"aliases": "7/8"}, "catalogue_words", "aliases"),
    ("pumping_units", UNIT, {"beam_rating_n": 8}, "catalogue_number", "beam_rating_n"),
    ("pumping_units", UNIT, {"crank_radii_mm": []}, "catalogue_list", "crank_radii_mm"),
    ("pumping_units", UNIT, {"crank_radii_mm": [1200, "1 м"]}, "catalogue_number", "crank_radii_mm[2]"),
    ("pumping_units", UNIT, {"crank_radii_mm": [2600]}, "catalogue_linkage", "crank_radii_mm[1]"),
    ("pumping_units", UNIT, {"dimensions_mm": {"A": 3200}}, "catalogue_missing", "C"),
    ("pumping_units", UNIT, {"dimensions_mm": [3200]}, "catalogue_object", "dimensions_mm"),
    ("pumping_units", UNIT, {"dimensions_mm": UNIT["dimensions_mm"] | {"Z": 1}}, "catalogue_field", "Z"),
    ("esp_pumps", PUMP, {"rate_m3_per_d": [0, 80, 40, 120]}, "catalogue_pump_curve_rate", "rate_m3_per_d"),
    ("esp_pumps", PUMP, {"head_m_per_stage": [1, 2, 3, 4]}, "catalogue_pump_curve_head", "rate_m3_per_d"),
    (
        "esp_pumps",
        PUMP,
        {"head_m_per_stage": [4, 3, 2, 1, 0]},
        "catalogue_pump_curve_lengths",
        "rate_m3_per_d",
    ),
    ("esp_pumps", PUMP, {"power_w_per_stage": [9, 9, 9, 9]}, "catalogue_efficiency", "efficiency"),
    ("esp_pumps", PUMP, {"maker": 7}, "catalogue_text", "maker"),
    ("cables", CABLE, {"resistance_ohm_per_km": 11.5}, "catalogue_cable", "resistance_ohm_per_km"),
    ("tubing", PIPE, {"nominal_mass_kg_per_m": 4.2}, "catalogue_pipe_mass", "nominal_mass_kg_per_m"),
    ("motors", MOTOR, {"current_share": [0.5, 0.6, 0.7, 1]}, "catalogue_lengths", "current_share"),
)


@pytest.mark.parametrize(("kind", "whole", "instead", "code", "field"), WRONG, ids=lambda one: str(one)[:30])
def test_what_is_wrong_is_told_with_file_entry_field_and_value(
    tmp_path: Path, kind: str, whole: dict[str, Any], instead: dict[str, Any], code: str, field: str
) -> None:
    spec = CATALOGUE_KINDS[kind]
    file = written(tmp_path, {"catalogue": 1, kind: {"Имя-1": whole}})
    assert len(read_entries(spec, file)) == 1
    written(tmp_path, {"catalogue": 1, kind: {"Имя-1": whole | instead}})
    with pytest.raises(KnownError) as caught:
        read_entries(spec, file)
    error = caught.value
    assert (error.code, error.details["field"], error.details["entry"]) == (code, field, "Имя-1")
    assert error.details["file"] == str(file)
    for language in LANGUAGES:
        said = Speaker(language).error(error)
        assert said != f"error.{code}"
        assert "?" not in said
        assert str(file) in said


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        "{}",
        '{"catalogue": 2}',
        '{"catalogue": 1, "насосы": {}}',
        '{"catalogue": 1, "rods": []}',
        '{"catalogue": 1, "sources": {"a": 1}}',
        '{"catalogue": 1, "rods": {"X1": {}, "X1": {}}}',
        "[" * 100_000,
        '{"catalogue": ' + "1" * 5000 + "}",
    ],
    ids=lambda text: str(text)[:30],
)
def test_a_file_of_another_form_is_refused_whole(tmp_path: Path, text: str) -> None:
    file = tmp_path / "own.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(KnownError, match="catalogue_file"):
        contents(file)


def test_a_file_that_is_no_text_or_not_there_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "own.json"
    with pytest.raises(KnownError, match="catalogue_file"):
        contents(file)
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(KnownError, match="catalogue_file"):
        contents(file)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("С-228-213-86", "c 228–213−86"),
        ("СКД8-3,0-4000", "СКД 8-3-4000"),
        ("НКТ 73×5,50", "нкт73x5.5"),
        ("C-P57D-76-54", "CP57D-76-54"),
        ("ЭЦН5А-100", "ЭЦH5A 100"),
    ],
)
def test_the_same_name_spelt_another_way_has_the_same_parts(one: str, other: str) -> None:
    assert parts(one) == parts(other)


@settings(max_examples=examples(25))
@given(name=st.text(max_size=40))
def test_whatever_is_asked_for_is_found_or_refused_by_name(name: str) -> None:
    for kind in (PUMPING_UNITS, ESP_PUMPS):
        try:
            built_in(kind).find(name)
        except KnownError as error:
            assert error.code == kind.unknown
            assert error.details["near"]


def test_a_number_longer_than_any_and_a_sentence_are_names_too() -> None:
    assert parts("9" * 9000) == ("9" * 9000,)
    assert len(parts("a 1 " * 500)) == 24
    assert parts("0,50") == parts("00.5")


def test_other_names_have_other_parts() -> None:
    names = ("ШН19", "ШН22", "ШН2,2", "C-228-213-86", "C-22-8213-86", "ЭЦН5А-100", "ЭЦН5-100")
    assert len({parts(name) for name in names}) == len(names)
