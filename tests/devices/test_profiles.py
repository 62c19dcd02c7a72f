"""Profiles are data that is checked: what is wrong is told with file, place, field, value and what to do."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.core.errors import KnownError
from app.core.texts import LANGUAGES, Speaker
from app.devices.decoding import si_of
from app.devices.profile import POLLS
from app.devices.read_profile import profile_of, read_profile
from app.models.sensors import SENSORS
from tests.devices.at_hand import SHIPPED, body, shipped, written_to
from tests.devices.logged import logged_body

TWICE = {"sensor": "motor_current", "address": 3, "scale": 0.1, "unit": "A"}
WRONG: list[tuple[str, Any, str, str]] = [
    # where, what stands there, code, what the sentence names
    ("key", "Big Key", "device_key", "Big Key"),
    ("source", "", "catalogue_missing", "source"),
    ("surplus", 1, "catalogue_field", "surplus"),
    ("lift", "balloon", "catalogue_choice", "balloon"),
    ("line.unit_id", 0, "catalogue_number", "unit_id"),
    ("line.unit_id", 1.5, "device_whole", "1.5"),
    ("line.most_registers", 126, "catalogue_number", "126"),
    ("line.speed", 9600, "catalogue_field", "speed"),
    ("registers", {}, "device_rows", "registers"),
    ("registers.0", 5, "catalogue_object", "registers[1]"),
    ("registers.0.sensor", "motor_courage", "device_sensor", "motor_courage"),
    ("registers.0.table", "write", "catalogue_choice", "write"),
    ("registers.0.address", 70_000, "catalogue_number", "70000"),
    ("registers.0.type", "u24", "catalogue_choice", "u24"),
    ("registers.0.unit", "МПа", "device_unit", "МПа"),
    ("registers.0.unit", "", "device_no_unit", "unit"),
    ("registers.0.scale", 0, "device_scale", "0"),
    ("registers.0.scale", "0,1", "catalogue_number", "0,1"),
    ("registers.0.invalid", [-1], "catalogue_number", "65535"),
    ("registers.2.invalid", [2**31], "catalogue_number", "-2147483648"),
    ("registers.0.bit", 16, "catalogue_number", "16"),
    ("registers.1.bit", 2, "device_bit", "f32"),
    ("registers.1.order", "ACBD", "catalogue_choice", "ACBD"),
    ("registers.2.sensor", "frequency", "device_unit", "MPa"),
    ("archive.values.1", TWICE, "device_sensor_twice", "motor_current"),
    ("registers.4.name", "state", "device_name_twice", "registers[5]"),
    ("registers.4.type", "u16", "device_bit", "discrete"),
    ("registers.3.codes", {"a": "b"}, "catalogue_number", "codes.a"),
    ("registers.3.name", "", "catalogue_missing", "name"),
    ("clock", None, "catalogue_missing", "clock"),
    ("clock.form", "unix", "catalogue_choice", "unix"),
    ("clock.table", "coils", "device_bit", "coils"),
    ("archive.size", 2, "catalogue_number", "size"),
    ("archive.time", None, "catalogue_missing", "time"),
    ("archive.values", [], "catalogue_missing", "values"),
    ("archive.values.0.address", 4, "catalogue_number", "4"),
    ("archive.units", 3, "catalogue_missing", "first_unit"),
    ("archive.records", 20_000, "catalogue_number", "20000"),
]


def _with(path: str, value: Any) -> Any:
    told: Any = copy.deepcopy(body())
    *above, last = path.split(".")
    place = told
    for step in above:
        place = place[int(step)] if step.isdigit() else place[step]
    if last.isdigit():
        place[int(last)] = value
    elif value is None:
        del place[last]
    else:
        place[last] = value
    return told


@pytest.mark.parametrize(("path", "value", "code", "named"), WRONG)
def test_what_is_wrong_in_a_profile_is_told_with_its_place(
    path: str, value: Any, code: str, named: str
) -> None:
    with pytest.raises(KnownError) as caught:
        profile_of(_with(path, value), "площадка.json")
    assert caught.value.code == code
    for language in LANGUAGES:
        said = Speaker(language).error(caught.value)
        assert "площадка.json" in said
        assert named in said


def test_a_profile_that_is_as_it_should_be_is_read_with_what_was_left_out() -> None:
    profile = profile_of(body(), "small.json")
    current, frequency = profile.registers[0], profile.registers[1]
    assert (current.table, current.poll, current.order) == ("holding", "fast", "ABCD")
    assert (frequency.count, frequency.order, frequency.quantity) == (2, "CDAB", "frequency")
    assert profile.archive is not None
    assert profile.archive.capacity == 64


@pytest.mark.parametrize(
    ("key", "value", "code", "named"),
    [
        ("codes", {"7": {"event": "explosion", "says": "?"}}, "catalogue_choice", "codes.7"),
        ("codes", {"seven": {"event": "stop"}}, "catalogue_number", "codes.seven"),
        ("code", None, "catalogue_missing", "code"),
        ("code", {"name": "code", "address": 3}, "catalogue_number", "address"),
        ("code", {"sensor": "frequency", "unit": "Hz", "address": 2}, "catalogue_choice", "code.sensor"),
        ("written", None, "catalogue_missing", "written"),
        ("period_s", 60, "catalogue_field", "period_s"),
    ],
)
def test_what_is_wrong_in_a_log_of_events_is_told_with_its_place(
    key: str, value: Any, code: str, named: str
) -> None:
    told = logged_body()
    told["events"] = dict(told["events"]) | {key: value}  # type: ignore[arg-type]
    with pytest.raises(KnownError) as caught:
        profile_of(told, "площадка.json")
    assert caught.value.code == code
    assert named in Speaker("ru").error(caught.value)


def test_a_log_of_events_wants_the_device_s_clock() -> None:
    told = logged_body()
    del told["archive"], told["clock"]
    with pytest.raises(KnownError) as caught:
        profile_of(told, "x.json")
    assert (caught.value.code, caught.value.details["field"]) == ("catalogue_missing", "clock")


def test_a_card_that_bears_a_time_wants_the_device_s_clock() -> None:
    """Else each taking of the same card would be a new one, of now."""
    told = json.loads((SHIPPED / "demo-rod-pump.json").read_text(encoding="utf-8"))
    del told["archive"], told["clock"]
    with pytest.raises(KnownError) as caught:
        profile_of(told, "card.json")
    assert caught.value.code == "catalogue_missing"
    assert "clock" in Speaker("en").error(caught.value)
    del told["card"]["time"]
    assert profile_of(told, "card.json").card is not None


@pytest.mark.parametrize(("named", "zone_h"), [({}, 5.0), ({"zone_h": 0}, 0.0)])
def test_what_a_device_stamps_is_in_its_clock_s_zone_unless_it_names_its_own(
    named: dict[str, float], zone_h: float
) -> None:
    told = json.loads((SHIPPED / "demo-rod-pump.json").read_text(encoding="utf-8"))
    told["clock"]["zone_h"] = 5
    told["archive"]["time"] |= named
    told["card"]["time"] |= named
    profile = profile_of(told, "zone.json")
    assert profile.archive is not None
    assert profile.card is not None
    assert profile.card.time is not None
    assert (profile.archive.time.zone_h, profile.card.time.zone_h) == (zone_h, zone_h)


def test_the_greatest_number_of_eight_bytes_may_mean_nothing_measured() -> None:
    told = _with("registers.3.type", "u64")
    told["registers"][3] |= {"invalid": [2**64 - 1]}
    register = profile_of(told, "small.json").registers[3]
    assert np.isnan(si_of(register, np.full(4, 0xFFFF, np.uint16)))


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.json")), ids=lambda path: path.stem)
def test_every_profile_that_ships_is_good_names_its_source_and_is_called_like_its_file(path: Path) -> None:
    profile = read_profile(path)
    assert profile.key == path.stem
    assert len(profile.source) > 20
    assert {language for language, _ in profile.names} == set(LANGUAGES)
    assert all(one.sensor in SENSORS for one in profile.registers if one.sensor)
    assert all(one.poll in POLLS for one in profile.registers)


def test_three_profiles_ship_and_two_of_them_play_devices() -> None:
    assert {path.stem for path in SHIPPED.glob("*.json")} >= {"generic", "demo-esp", "demo-rod-pump"}
    assert shipped("demo-rod-pump").card is not None
    assert shipped("demo-esp").archive is not None


@pytest.mark.parametrize("text", ["", "[]", '{"device": 2}', "{" * 2000, '{"device": 1, "key": "a"}'])
def test_a_file_that_is_no_profile_is_refused_with_its_name(text: str, tmp_path: Path) -> None:
    path = tmp_path / "no.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(KnownError) as caught:
        read_profile(path)
    assert caught.value.code in ("device_profile_file", "catalogue_missing")
    assert str(path) in Speaker("ru").error(caught.value)


def test_a_key_that_stands_twice_is_refused_and_not_the_last_one_taken(tmp_path: Path) -> None:
    path = written_to(tmp_path, body())
    path.write_text(
        path.read_text("utf-8").replace('"scale": 0.1,', '"scale": 0.1, "scale": 10,', 1), "utf-8"
    )
    with pytest.raises(KnownError) as caught:
        read_profile(path)
    assert "“scale” × 2" in Speaker("ru").error(caught.value)


def test_a_profile_with_a_mark_of_a_windows_editor_is_read(tmp_path: Path) -> None:
    path = written_to(tmp_path, body())
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert read_profile(path).key == "small"
