"""What headers say: letters that look alike, units in them, the words for each field."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.errors import KnownError
from app.core.unit_spellings import find_unit
from app.importers.vocabulary import (
    Vocabulary,
    folded,
    split_unit,
    tail_of,
    title_words,
    unit_in_name,
    vocabulary,
)
from app.models.sensors import SENSORS
from tests.proofs import examples

# ---- folding -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Pзатр", "Рзатр"),  # a Latin P and a Cyrillic one
        ("HСТ", "нст"),
        ("Рпр.", "рпр"),
        ("  Р   пр  ", "Р пр"),
        ("Р_пр", "Р пр"),
        ("Р\nпр", "Р пр"),
        ("объём", "объем"),
        ("ПЭД / I ном", "ПЭД I ном"),
        ("м³", "м3"),
        ("Скв., (осн)", "скв осн"),
    ],
)
def test_spellings_that_look_the_same_are_the_same(one: str, other: str) -> None:
    assert folded(one) == folded(other) != ""


@pytest.mark.parametrize(("one", "other"), [("a/b", "a b"), ("t+", "t"), ("%", ""), ("ρ", "р"), ("#1", "1")])
def test_marks_that_mean_something_are_kept(one: str, other: str) -> None:
    assert folded(one) != folded(other)


def test_nothing_but_punctuation_folds_to_nothing() -> None:
    assert folded(" ., - ()") == folded("") == ""


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    once = folded(text)
    assert folded(once) == once or "/" in text  # a slash with blanks around it is a joint of two headers
    assert once == once.strip()
    assert "  " not in once


@given(st.text("абвгдеёклмнопрстухabcehkmoptxy ", max_size=20))
def test_capitals_and_blanks_never_matter(text: str) -> None:
    assert folded(text.upper()) == folded(text)
    assert folded(f" {text}\t") == folded(text)


# ---- units in headers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "name", "unit", "spelled"),
    [
        ("Рпр, МПа", "Рпр", "MPa", "МПа"),
        ("Рпр,МПа", "Рпр", "MPa", "МПа"),
        ("Рпр (МПа)", "Рпр", "MPa", "МПа"),
        ("Рпр [атм]", "Рпр", "atm", "атм"),
        ("Рпр {бар}", "Рпр", "bar", "бар"),
        ("Рзатр., (атм)", "Рзатр.", "atm", "атм"),
        ("Рпр МПа", "Рпр", "MPa", "МПа"),
        ("Рпр\nМПа", "Рпр", "MPa", "МПа"),
        ("Дебит м3/сут", "Дебит", "m³/d", "м3/сут"),
        ("Т двигателя °C", "Т двигателя", "°C", "°C"),
        ("Плотность, г/см3 при 20 °С", "Плотность  при 20 °С", "g/cm³", "г/см3"),
        ("Вязкость, при 20, мПа*с", "Вязкость, при 20", "mPa·s", "мПа*с"),
        ("Ток (фаза А) (А)", "Ток (фаза А)", "A", "А"),
        ("Давление (буферное, атм)", "Давление", "atm", "атм"),
        ("Вода, %", "Вода", "%", "%"),
        ("BBLS Oil", "Oil", "bbl", "BBLS"),
        ("Bbl. Water", "Water", "bbl", "Bbl."),
    ],
)
def test_a_unit_is_found_after_a_comma_in_brackets_at_the_end_and_of_barrels_before_the_name(
    header: str, name: str, unit: str, spelled: str
) -> None:
    found, which, written = split_unit(header)
    assert which is not None
    assert (found, which.en, written) == (name, unit, spelled)


@pytest.mark.parametrize(
    "header",
    ["Ток", "Длина м", "Скважина, куст", "Ток (рабочий)", "МПа", "", "F", "x,y", "Проба, ,", "Ток ()"],
)
def test_a_header_without_a_unit_stays_whole(header: str) -> None:
    assert split_unit(header) == (header, None, "")


@given(
    st.sampled_from(["Ток", "Давление на приёме", "Вода", "Значение (среднее)"]),
    st.sampled_from(["МПа", "атм", "м3/сут", "т/сут", "кВт", "Гц", "%", "кг/м3", "psi"]),
    st.sampled_from(["{}, {}", "{},{}", "{} ({})", "{} [{}]", "{}, ({})"]),
)
def test_name_and_unit_put_together_come_apart_again(name: str, unit: str, form: str) -> None:
    assert split_unit(form.format(name, unit)) == (name, find_unit(unit), unit)


@given(st.text(max_size=40))
def test_any_header_can_be_split(header: str) -> None:
    name, unit, spelled = split_unit(header)
    assert (unit is None) == (spelled == "")
    assert unit is None or find_unit(spelled) is unit
    assert name == name.strip()


# ---- meanings ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Рпр, МПа", "intake_pressure"),
        ("рпр", "intake_pressure"),
        ("Рзатр., (атм)", "annulus_pressure"),
        ("№ скв.", "well"),
        ("1. Дата", "time"),
        ("2) Скважина", "well"),
        ("Дебит жидкости (по замеру)", "liquid_rate"),
        ("liquid_rate", "liquid_rate"),
        ("intake_pressure", "intake_pressure"),
        (SENSORS["voltage"].ru, "voltage"),
        (SENSORS["voltage"].en.upper(), "voltage"),
    ],
)
def test_a_header_means_its_field_with_and_without_unit_number_and_brackets(header: str, field: str) -> None:
    assert field in vocabulary().means(header)


def test_a_word_of_two_fields_means_both() -> None:
    assert {"water_cut", "lab.water_cut"} <= vocabulary().means("Обводненность")


@pytest.mark.parametrize("header", ["", "Фаза луны", "123", "Рпр Рпр"])
def test_a_word_that_nobody_knows_means_nothing(header: str) -> None:
    assert vocabulary().means(header) == frozenset()


def test_only_the_words_given_are_known() -> None:
    words = Vocabulary({"tok": frozenset({"motor_current"})})
    assert words.means("Ток, А") == {"motor_current"}
    assert words.means("Рпр") == frozenset()


def test_every_sensor_is_known_by_its_own_names() -> None:
    words = vocabulary()
    for sensor in SENSORS:
        for name in (sensor.key, sensor.ru, sensor.en, *sensor.synonyms):
            assert sensor.key in words.words[folded(name)], name


def test_no_empty_header_means_anything() -> None:
    assert "" not in vocabulary().words


# ---- words of one's own ------------------------------------------------------------------------------------


def own(tmp_path: Path, body: object, name: str = "words.json") -> Path:
    path = tmp_path / name
    path.write_text(json.dumps(body, ensure_ascii=False), encoding="utf-8")
    return path


def test_words_of_ones_own_field_are_added_to_ours(tmp_path: Path) -> None:
    words = vocabulary(own(tmp_path, {"intake_pressure": ["Р насоса ЦДНГ-3"]}))
    assert words.means("р насоса цднг-3, атм") == {"intake_pressure"}
    assert words.means("Рпр") == {"intake_pressure"}
    assert vocabulary().means("Р насоса ЦДНГ-3") == frozenset()


def test_words_changed_on_the_disk_are_read_again(tmp_path: Path) -> None:
    path = own(tmp_path, {"intake_pressure": ["первое"]})
    os.utime(path, ns=(1, 1))
    assert vocabulary(path).means("первое") == {"intake_pressure"}
    own(tmp_path, {"intake_pressure": ["второе"]})
    os.utime(path, ns=(2, 2))
    assert vocabulary(path).means("второе") == {"intake_pressure"}
    assert vocabulary(path).means("первое") == frozenset()


def test_a_file_of_words_that_is_not_there_adds_nothing(tmp_path: Path) -> None:
    assert vocabulary(tmp_path / "none.json") is vocabulary()


@pytest.mark.parametrize("body", [[], {"time": "дата"}, {"time": [1]}, {"time": ["дата", None]}, 5])
def test_a_file_of_words_of_another_form_is_told_of_with_its_name(tmp_path: Path, body: object) -> None:
    path = own(tmp_path, body)
    with pytest.raises(KnownError) as told:
        vocabulary(path)
    assert told.value.code == "headers_file"
    assert told.value.details["file"] == str(path)


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe\x00", b""])
def test_a_damaged_file_of_words_is_told_of(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "words.json"
    path.write_bytes(content)
    with pytest.raises(KnownError) as told:
        vocabulary(path)
    assert told.value.code == "headers_file"
    assert told.value.details["reason"]


# ---- titles ------------------------------------------------------------------------------------------------


def test_titles_speak_for_a_kind_of_table_in_folded_words() -> None:
    assert folded("замеры") in title_words("flow_test")
    assert folded("динамограмм") in title_words("card")
    assert title_words("no such kind") == []


@settings(max_examples=examples(30))
@given(st.text(max_size=30))
def test_what_a_header_means_does_not_depend_on_a_number_before_it(header: str) -> None:
    words = vocabulary()
    name = split_unit(header)[0]
    assert words.words.get(folded(name), frozenset()) <= words.means(header)


def test_a_unit_of_two_letters_may_end_a_name_of_one_word() -> None:
    unit = find_unit("Гц")
    assert split_unit("Частота Гц") == ("Частота", unit, "Гц")


def test_only_a_viscosity_is_in_centistokes_by_its_name() -> None:
    names = ("Вязкость кинематическая", "Kinematic viscosity", "Вязкость")
    assert [unit_in_name(name, "viscosity") for name in names] == ["cSt", "cSt", ""]
    assert unit_in_name("Вязкость кинематическая", "density") == ""


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("position_in", ("position", "in")),
        ("Pintake_atm", ("Pintake", "atm")),
        ("liquid_m3_per_s", ("liquid", "m3/s")),
        ("Tubing OD in", ("Tubing OD", "in")),
        ("Depth ft", ("Depth", "ft")),
        ("Depth FT ", ("Depth", "FT")),
        ("Depth m", ("Depth", "m")),
        ("Depth M", ("", "")),
        ("Depth", ("", "")),
        ("in", ("", "")),
        ("_in", ("", "")),
        ("depth_", ("", "")),
        ("tubing od_in ft", ("tubing od", "in ft")),
    ],
)
def test_what_stands_behind_an_underscore_or_as_inches_and_feet_at_the_end_may_be_a_unit(
    name: str, parts: tuple[str, str]
) -> None:
    assert tail_of(name) == parts
