"""`wellside device …` against demo devices on the loopback."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.core.errors import KnownError
from app.devices.demo.playing import played
from app.services.devices import recording
from tests.conftest import Said

Run = Callable[..., Said]


def test_profiles_are_listed_tried_and_refused_with_a_reason(said: Run, tmp_path: Path) -> None:
    assert "demo-esp" in said("device", "list")[1]
    code, out, _ = said("device", "test", "demo-esp")
    assert code == 0
    assert "the profile is good" in out
    asked = json.loads(said("device", "test", "demo-esp", "--json")[1])["questions"]
    assert sum(one["values"] for one in asked) == 21
    wrong = tmp_path / "wrong.json"
    wrong.write_text('{"device": 1, "key": "wrong", "name": {"en": "x"}, "source": "s", "registers": [{}]}')
    code, _, err = said("device", "test", wrong)
    assert code == 1
    assert "registers[1]" in err
    assert said("device", "add", wrong)[0] == 1


@pytest.mark.slow
def test_an_esp_controller_is_read_and_its_archive_comes_into_the_store(said: Run, store: Path) -> None:
    with played("esp", days=1) as (_, where):
        code, out, _ = said("device", "read", where, "--profile", "demo-esp")
        assert code == 0
        assert "Motor current" in out
        assert "running" in out
        told = json.loads(said("device", "read", where, "--profile", "demo-esp", "--json")[1])
        assert {one["sensor"] for one in told} >= {"motor_current", "intake_pressure"}
        code, out, err = said("device", "archive", where, "123", "--profile", "demo-esp", "--store", store)
        assert (code, err.count("error")) == (0, 0)
        assert "187.0 s ahead" in out
        found = json.loads(
            said("device", "archive", where, "123", "--profile", "demo-esp", "--store", store, "--json")[1]
        )
        assert found["readings_added"] <= 2 * 19
    out_file = store.parent / "readings.csv"
    assert said("export", "123", "--what", "readings", "--out", out_file, "--store", store)[0] == 0
    assert len(out_file.read_text(encoding="utf-8").splitlines()) >= 1_440 * 19


@pytest.mark.slow
def test_the_log_of_an_esp_controller_becomes_events_of_the_well_once(said: Run, store: Path) -> None:
    with played("esp", days=3, well=1) as (server, where):
        happened = len(server.device.events)
        given = (where, "123", "--profile", "demo-esp", "--store", store)
        told = json.loads(said("device", "events", *given, "--json")[1])
        assert 0 < told["added"] == len(told["events"]) <= happened
        assert (told["unknown_codes"], told["corrected_by_s"]) == ([], 187.0)
        assert {one["event"] for one in told["events"]} <= {"start", "stop"}
        code, out, _ = said("device", "events", *given)
        assert (code, "new: 0" in out) == (0, True)


@pytest.mark.slow
def test_a_rod_pump_controller_gives_its_card_and_is_recorded(said: Run, store: Path) -> None:
    with played("rod-pump", days=1) as (_, where):
        given = ("123", "--profile", "demo-rod-pump", "--store", store)
        code, out, _ = said("device", "card", where, *given)
        assert (code, "200 points" in out) == (0, True)
        code, out, _ = said("device", "record", where, *given, "--seconds", "0.1")
        assert code == 0
        assert "readings recorded" in out


@pytest.mark.slow
def test_a_recording_that_cannot_be_written_once_goes_on_and_says_why(
    said: Run, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = 0
    put = recording.store

    def once_full(*args: Any) -> Any:
        nonlocal tried
        tried += 1
        if tried == 1:
            raise KnownError("disk_full", file="store", retry=True)
        return put(*args)

    monkeypatch.setattr(recording, "store", once_full)
    monkeypatch.setattr(recording.Recorder, "due", property(lambda one: one.saved.waiting > 0))
    with played("rod-pump", days=1) as (_, where):
        given = ("123", "--profile", "demo-rod-pump", "--store", store)
        code, out, err = said("device", "record", where, *given, "--seconds", "0.1")
    assert (code, tried >= 2) == (0, True)
    assert "disk is full" in err
    assert "readings recorded" in out
    assert ": 0 readings" not in out


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("read", "127.0.0.1:1", "--profile", "demo-esp"), "127.0.0.1:1"),
        (("read", "a b", "--profile", "demo-esp"), "neither a port nor an address"),
        (("read", "127.0.0.1:1", "--profile", "nobody"), "generic"),
        (("simulate", "turbine"), "rod-pump"),
        (("simulate", "esp", "--port", "0", "--faults", "fire"), "silent"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(said: Run, arguments: tuple[str, ...], named: str) -> None:
    code, _, err = said("device", *arguments)
    assert code == 1
    assert named in err
    assert len(err.strip().splitlines()) == 1


@pytest.mark.slow
def test_a_device_is_played_for_as_long_as_was_asked(said: Run) -> None:
    code, out, _ = said("device", "simulate", "esp", "--port", "0", "--days", "1", "--seconds", "0.1")
    assert code == 0
    assert "127.0.0.1:" in out
    code, out, _ = said("device", "simulate", "rod-pump", "--pty", "--days", "1", "--seconds", "0.1")
    assert "/dev/" in out
