"""Units, texts, settings, jobs, registry, notices, ids, files: the leaf that everything stands on."""

from __future__ import annotations

import ast
import functools
import os
import string
import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import ids, units
from app.core.declared_settings import SETTINGS
from app.core.errors import KnownError
from app.core.files import write_atomically
from app.core.jobs import Cancelled, Job, Progress
from app.core.notices import Notice, NoticeBus, Severity
from app.core.registry import Registry
from app.core.settings import Settings
from app.core.texts import LANGUAGES, Speaker, catalogue, number
from app.core.unit_spellings import find_unit
from app.core.units import QUANTITIES, SYSTEMS, UnitSystem, stored_unit
from app.models.sensors import SENSORS
from app.models.sensors.spec import Sensor

ROOT = Path(__file__).resolve().parents[2]


# ---- units -------------------------------------------------------------------------------------------------


@given(st.floats(-1e9, 1e9), st.sampled_from(QUANTITIES), st.sampled_from(SYSTEMS))
def test_a_value_survives_the_way_to_the_screen_and_back(value: float, quantity: str, system: str) -> None:
    unit = UnitSystem(system).unit(quantity)
    assert unit.to_si(unit.from_si(value)) == pytest.approx(value, rel=1e-9, abs=1e-6)


@pytest.mark.parametrize(
    ("spelling", "shown", "si"),
    [
        ("МПа", 1.0, 1e6),
        ("атм", 1.0, 101_325.0),
        ("кгс/см2", 1.0, 98_066.5),
        ("psi", 1.0, 6_894.757293168),
        ("°C", 100.0, 373.15),
        ("°F", 212.0, 373.15),
        ("м3/сут", 86_400.0, 1.0),
        ("bbl/d", 1.0, 0.158987294928 / 86_400),
        ("кгс", 1.0, 9.80665),
        ("lbf", 1.0, 4.4482216152605),
        ("кОм", 1.0, 1e3),
        ("МОм", 1.0, 1e6),
        ("%", 50.0, 0.5),
    ],
)
def test_units_agree_with_their_definitions(spelling: str, shown: float, si: float) -> None:
    unit = find_unit(spelling)
    assert unit is not None
    assert unit.to_si(shown) == pytest.approx(si, rel=1e-9)


def test_what_is_stored_has_a_unit_that_a_file_can_name_and_the_program_reads_back() -> None:
    for sensor in SENSORS:
        unit = stored_unit(sensor.quantity)
        assert unit.to_si(3.7) == 3.7, sensor.key
        assert unit.en == "" or find_unit(unit.en) == unit, sensor.key


def test_the_technical_atmosphere_is_a_setting_and_differs_by_three_percent() -> None:
    physical = UnitSystem("ru_field").unit("surface_pressure").from_si(1e6)
    technical = UnitSystem("ru_field", technical_atmosphere=True).unit("surface_pressure").from_si(1e6)
    assert technical / physical == pytest.approx(1.03323, rel=1e-5)


def test_conversion_takes_whole_columns() -> None:
    assert units.CELSIUS.from_si(np.array([273.15, 373.15])) == pytest.approx([0, 100])


# ---- texts -------------------------------------------------------------------------------------------------


def test_a_depth_that_is_guessed_is_told_to_tens_and_a_detail_in_the_readers_language() -> None:
    assert "690\u00a0м" in Speaker("ru").say("evidence.break_depth", depth=687.76)
    error = KnownError("lift_changes", file="f", well="1", count=1, now={"ru": "ЭЦН", "en": "ESP"}, said={})
    assert "ЭЦН" in Speaker("ru").error(error)
    assert "ESP" in Speaker("en").error(error)


def test_both_catalogues_have_the_same_codes_and_the_same_places() -> None:
    ru, en = catalogue("ru"), catalogue("en")
    assert ru.keys() == en.keys()
    for code in ru:
        places = [
            {field for _, field, _, _ in string.Formatter().parse(texts[code]) if field} for texts in (ru, en)
        ]
        assert places[0] == places[1], code


def test_russian_texts_are_russian() -> None:
    latin_allowed = ("Python", "Wellside", "{", "SI", "CSV")
    for code, text in catalogue("ru").items():
        if (
            any(word in text for word in latin_allowed)
            or not any(letter.isalpha() for letter in text)
            or code.endswith("_ion")
            or code in ("lab.ph", "sync.source.clickhouse", "sync.source.oracle")
            or (code.startswith("regime.") and len(text) == 1)  # symbols of quantities
        ):
            continue
        assert any("а" <= letter <= "я" for letter in text.lower()), f"{code}: {text}"


CARRY_CODES = ("KnownError", "Notice", "Evidence", "Remark", "_missing")


@functools.cache
def _calls_in_source(package: str) -> list[tuple[str, list[ast.expr]]]:
    """Every call of the modules that name what carries a code: read once for all the tests that ask."""
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / package).rglob("*.py")]
    return [
        (getattr(node.func, "id", getattr(node.func, "attr", "")), node.args)
        for text in texts
        if any(f"{name}(" in text for name in CARRY_CODES)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call)
    ]


def codes_in_source(pattern_call: str, position: int = 0, package: str = "app") -> set[str]:
    assert pattern_call in CARRY_CODES
    arguments = [
        args[position]
        for name, args in _calls_in_source(package)
        if name == pattern_call and len(args) > position
    ]
    return {
        argument.value
        for argument in arguments
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }


def test_every_known_error_raised_anywhere_has_its_sentence() -> None:
    codes = codes_in_source("KnownError")
    assert len(codes) > 40
    missing = {code for code in codes if f"error.{code}" not in catalogue("ru")}
    assert not missing


def test_every_notice_and_evidence_and_remark_has_its_sentence() -> None:
    notices = codes_in_source("Notice", 1)
    evidence = {f"evidence.{code}" for code in codes_in_source("Evidence")}
    remarks = {f"quality.{code}" for code in codes_in_source("Remark")}
    missing = (notices | evidence | remarks) - catalogue("ru").keys()
    assert notices
    assert evidence
    assert not missing


def test_every_rule_has_a_name_and_an_advice() -> None:
    from app.analysis.rules import RULES

    for rule in RULES:
        assert f"finding.{rule.key}" in catalogue("ru")
        assert f"advice.{rule.key}" in catalogue("en")


def test_numbers_are_written_as_the_reader_writes_them() -> None:
    assert number(1234567.891, 2, "ru") == "1\u202f234\u202f567,89"
    assert number(1234.5, 1, "en") == "1\u202f234.5"
    assert number(-0.0001, 2, "ru") == "0,00"
    assert number(float("nan"), 1, "ru") == "—"
    assert number(None, 1, "en") == "—"


def test_a_sentence_converts_si_to_the_readers_unit() -> None:
    text = Speaker("ru").say("evidence.intake_falls", before=5.38e6, now=0.84e6)
    assert "5,38\u00a0МПа" in text
    assert "0,84\u00a0МПа" in text
    assert "780\u00a0psi" in Speaker("en", UnitSystem("us_field")).say(
        "evidence.intake_falls", before=5.38e6, now=1e6
    )


def test_an_unknown_code_shows_itself_and_a_missing_detail_shows_a_question_mark() -> None:
    assert Speaker().say("no.such.code") == "no.such.code"
    assert "?" in Speaker("en").say("error.disk_full")


# ---- settings ----------------------------------------------------------------------------------------------


def test_a_setting_is_written_at_once_and_read_by_the_next_start(tmp_path: Path) -> None:
    heard: list[str] = []
    settings = Settings(tmp_path / "settings.json")
    settings.on_change(heard.append)
    settings.set("theme", "dark")
    assert heard == ["theme"]
    assert Settings(tmp_path / "settings.json")["theme"] == "dark"


@pytest.mark.parametrize(
    ("key", "value"),
    [("theme", "pink"), ("live_interval_s", 1e9), ("glove_mode", "yes"), ("live_interval_s", True)],
)
def test_a_setting_out_of_its_limits_is_refused_and_nothing_changes(
    tmp_path: Path, key: str, value: object
) -> None:
    settings = Settings(tmp_path / "settings.json")
    before = settings[key]
    with pytest.raises(KnownError, match="setting_value"):
        settings.set(key, value)
    assert settings[key] == before
    assert not (tmp_path / "settings.json").exists()


@pytest.mark.parametrize("text", ["\x00", "Нефть\x00", "\ud800", "\udfff в конце"])
def test_what_no_file_takes_as_text_is_no_setting(tmp_path: Path, text: str) -> None:
    settings = Settings(tmp_path / "settings.json")
    with pytest.raises(KnownError, match="setting_text") as caught:
        settings.set("company", text)
    assert caught.value.details["value"] == ascii(text)
    assert "«Организация»" in Speaker("ru").error(caught.value)
    settings.set("company", "𐍈 «Нефть»\n\ud7ff\ue000")
    assert Settings(tmp_path / "settings.json")["company"] == "𐍈 «Нефть»\n\ud7ff\ue000"


@pytest.mark.parametrize("content", ["{broken", "[1]", '{"theme": "pink", "language": "en"}'])
def test_a_damaged_settings_file_falls_back_and_says_so(tmp_path: Path, content: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(content)
    settings = Settings(path)
    assert settings["theme"] == "light"
    assert settings.problems


def test_every_setting_has_a_default_within_its_own_limits_and_help_in_both_languages() -> None:
    for setting in SETTINGS:
        assert setting.check(setting.default) == setting.default
        for language in LANGUAGES:
            assert setting.label(language)
            assert setting.help(language)


# ---- jobs, notices, registry, ids, files -------------------------------------------------------------------


def test_progress_is_passed_on_ten_times_a_second_and_the_last_always() -> None:
    heard: list[Progress] = []
    job = Job(heard.append, min_gap_s=60)
    for done in range(1001):
        job.report(done, 1000)
    assert [progress.done for progress in heard] == [0, 1000]


def test_a_cancelled_job_stops_at_its_next_check_and_breaks_a_long_call() -> None:
    broken = threading.Event()
    job = Job()
    job.interrupt_with(broken.set)
    job.cancel()
    assert broken.is_set()
    with pytest.raises(Cancelled):
        job.report(1, 2)


def test_notices_reach_every_subscriber_until_it_leaves() -> None:
    bus, heard = NoticeBus(), []
    stop = bus.subscribe(heard.append)
    bus.error(KnownError("disk_full", file="x"))
    stop()
    bus.publish(Notice(Severity.INFO, "notice.copied"))
    assert [(notice.code, notice.severity) for notice in heard] == [("error.disk_full", Severity.ERROR)]


def test_a_registry_refuses_a_second_entry_of_the_same_key_and_names_the_known_ones() -> None:
    one = Sensor("a", 1, "а", "a", "number", 0, 1, "rates")
    with pytest.raises(ValueError, match="twice"):
        Registry("sensor", one, one)
    with pytest.raises(KeyError, match="known: a"):
        Registry("sensor", one)["b"]


def test_sensor_numbers_are_never_shared_and_their_limits_make_sense() -> None:
    assert len({sensor.number for sensor in SENSORS}) == len(SENSORS)
    for sensor in SENSORS:
        assert sensor.minimum < sensor.maximum
        assert sensor.quantity in QUANTITIES
        assert 0 < sensor.number < 256


def test_ids_are_uuid_version_7_sorted_by_time() -> None:
    import time
    import uuid

    first = ids.new_id()
    time.sleep(0.002)
    second = ids.new_id()
    assert first < second
    assert uuid.UUID(first).version == 7
    assert uuid.UUID(first).variant == uuid.RFC_4122
    assert len({ids.new_id() for _ in range(2000)}) == 2000


def test_a_small_file_is_on_the_disk_before_its_name_and_the_name_before_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    for name in ("fsync", "replace"):
        call = getattr(os, name)
        noting = lambda *given, name=name, call=call: (order.append(name), call(*given))[1]  # noqa: E731
        monkeypatch.setattr(f"app.core.files.os.{name}", noting)
    write_atomically(tmp_path / "kept.json", b"x")
    assert order == ["fsync", "replace", "fsync"]
    order.clear()
    write_atomically(tmp_path / "kept.json", b"y", durable=False)
    assert order == ["replace"]


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "kept.json"
    write_atomically(target, b"old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("app.core.files.os.fsync", fail)
    with pytest.raises(OSError, match="No space"):
        write_atomically(target, b"new")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_no_digits_of_a_per_cent_are_two_of_a_fraction() -> None:
    assert Speaker("en").quantity(0.784, "ratio", digits=0) == "78\u00a0%"
    in_si = Speaker("en", UnitSystem("si"))
    assert in_si.quantity(0.784, "ratio", digits=0) == "0.78\u00a0fraction"
    assert in_si.bare(0.158, "ratio", digits=1) == "0.158"
