"""Instruments that speak by themselves: lines by a profile, what is wrong with them, and a port that is only
listened to.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from app.core.errors import KnownError
from app.core.jobs import Cancelled, Job
from app.core.plain import JsonObject
from app.core.texts import LANGUAGES, Speaker
from app.devices import faults
from app.devices.demo.server import PtyPair
from app.devices.faults import LineError
from app.devices.lines import Lines, check_sum, values_of
from app.devices.listening import Listener, connected
from app.devices.polling import Heard
from app.devices.profile import Profile
from app.devices.read_profile import profile_of
from tests.conftest import Said
from tests.devices.at_hand import written_to
from tests.profiles import empty_profile


def body(**framing: object) -> JsonObject:
    return {
        "device": 1,
        "key": "echo-lines",
        "name": {"ru": "Эхолот", "en": "Echometer"},
        "source": "Ours: an instrument of the tests",
        "line": {"baud": 9600, "timeout_s": 0.2},
        "framing": {"start": "$", "name": "ECHO", "fields": 5, "checksum": "xor8", "silence_s": 1, **framing},
        "registers": [
            {"sensor": "dynamic_level", "field": 2, "unit": "m"},
            {"sensor": "annulus_pressure", "field": 3, "unit": "atm", "invalid": [-99]},
            {"name": "battery", "field": 5, "scale": 0.1},
        ],
    }


def profile(**framing: object) -> Profile:
    return profile_of(body(**framing), "echo-lines.json")


def line(level: float | str, pressure: float | str = 12.5, battery: int | str = 126) -> bytes:
    told = f"ECHO,{level},{pressure},x,{battery}"
    return f"${told}*{check_sum('xor8', told.encode()):02X}\r\n".encode()


def heard(data: bytes, **framing: object) -> list[object]:
    """A level for a whole line, a code for what is wrong."""
    made = profile(**framing)
    told = Lines(made.framing).fed(data) if made.framing is not None else []
    return [one.code if isinstance(one, LineError) else values_of(made, one, 0)[0].si for one in told]


# ---- the lines ---------------------------------------------------------------------------------------------


def test_fields_become_values_in_si_with_their_states() -> None:
    made = profile()
    assert made.framing is not None
    (fields,) = Lines(made.framing).fed(line(1204.5, -99, ""))
    assert not isinstance(fields, LineError)
    level, pressure, battery = values_of(made, fields, 7)
    assert (level.si, level.there, level.at_us) == (1204.5, True, 7)
    assert not pressure.there
    assert pressure.fault is None
    assert not battery.there
    (fields,) = Lines(made.framing).fed(line("12O4", 1.0))
    assert not isinstance(fields, LineError)
    level, pressure, battery = values_of(made, fields, 7)
    assert level.fault is not None
    assert (level.fault.code, level.fault.details["value"]) == (faults.TEXT_FIELD, "12O4")
    assert pressure.si == pytest.approx(101_325)
    assert battery.si == pytest.approx(12.6)


def test_known_check_sums_are_those_of_their_documents() -> None:
    nmea = b"GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,"  # …*47 in NMEA 0183's own example
    assert check_sum("xor8", nmea) == 0x47
    assert check_sum("crc16", b"123456789") == 0x4B37  # CRC-16/MODBUS, its check value
    assert check_sum("sum8", b"123456789") == 0xDD
    assert check_sum("xor8", b"") == 0


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (line(1) + line(2), [1.0, 2.0]),
        (line(1) + b"$ECHO,2,1\r\n" + line(3), [1.0, faults.TEXT_HALF, 3.0]),
        (line(1) + line(2)[:9] + line(3), [1.0, faults.TEXT_HALF, 3.0]),
        (line(1) + line(2).replace(b"12.5", b"13.5") + line(3), [1.0, faults.TEXT_SUM, 3.0]),
        (line(1) + b"\xf8\x80\xe6\x1e\x98\r\n" + line(3), [1.0, faults.TEXT_NOISE, 3.0]),
        (line(1) + b"READY\r\n\r\n" + line(3), [1.0, faults.TEXT_STRANGE, 3.0]),
        (line(1) + b"\r\n \r\n" + line(3), [1.0, 3.0]),
        (line(7)[5:] + line(1), [1.0]),
        (line(1) + b"A" * 3000 + line(3), [1.0, faults.TEXT_HALF, 3.0]),
        (line(1) + b"A" * 3000, [1.0, faults.TEXT_STRANGE]),
        (b"\x00\xff" * 2000, [faults.TEXT_NOISE]),
    ],
    ids=[
        "whole",
        "short",
        "no end",
        "spoilt",
        "noise",
        "words",
        "blank",
        "begun before",
        "behind dirt",
        "no end at all",
        "speed",
    ],
)
def test_each_line_is_whole_or_has_its_fault_and_the_next_one_is_good(
    data: bytes, told: list[object]
) -> None:
    assert heard(data) == told


def test_lines_of_another_name_are_passed_over_and_no_fault() -> None:
    other = "GPS,55.1,61.2"
    said = f"${other}*{check_sum('xor8', other.encode()):02X}\r\n".encode()
    assert heard(line(1) + said + line(2)) == [1.0, 2.0]


def test_a_table_with_commas_for_points_and_no_check_sum_is_read_from_its_second_line() -> None:
    """Nobody sees whether the first one was whole."""
    told = {"start": "", "name": "", "delimiter": ";", "decimal": ",", "checksum": "", "end": "\n"}
    data = b"04,5;1,5;x;120;9\n1204,5;1,5;;120;9\n1300,5;1,5\n"
    made = body(**told)
    rows = made["registers"]
    assert isinstance(rows, list)
    rows[0] = {"sensor": "dynamic_level", "field": 1, "unit": "m"}
    lines = profile_of(made, "x")
    assert lines.framing is not None
    first, second = Lines(lines.framing).fed(data)
    assert not isinstance(first, LineError)
    assert values_of(lines, first, 0)[0].si == 1204.5
    assert isinstance(second, LineError)
    assert (second.code, second.details["count"]) == (faults.TEXT_HALF, 2)


@pytest.mark.parametrize("seed", range(3))
def test_a_thousand_faults_leave_no_lost_and_no_doubled_line_whatever_the_pieces(seed: int) -> None:
    random = np.random.default_rng(seed)
    sent, whole = b"", []
    for number in range(2000):
        one = bytearray(line(number))
        if number and random.random() < 0.5:
            if random.random() < 0.5:
                del one[int(random.integers(1, len(one) - 2)) : -2]
            else:
                one[int(random.integers(1, len(one) - 2))] ^= 1 << int(random.integers(0, 3))
            if bytes(one) == line(number):
                whole.append(float(number))
        else:
            whole.append(float(number))
        sent += bytes(one)
    made = profile()
    assert made.framing is not None
    lines, found = Lines(made.framing), []
    while sent:
        size = int(random.integers(1, 60))
        for told in lines.fed(sent[:size]):
            if not isinstance(told, LineError):
                found.append(values_of(made, told, 0)[0].si)
        sent = sent[size:]
    assert found == whole


def test_every_fault_has_its_advice_in_both_languages() -> None:
    details = {"where": "COM3", "seconds": 10.0, "shown": "$E", "start": "$", "count": 2, "fields": 5}
    for code in (
        faults.TEXT_SILENT,
        faults.TEXT_NOISE,
        faults.TEXT_STRANGE,
        faults.TEXT_HALF,
        faults.TEXT_SUM,
    ):
        said = {Speaker(language).error(LineError(code, **details)) for language in LANGUAGES}
        assert len(said) == 2
        assert all("{" not in one for one in said)


# ---- the profile -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"delimiter": "5"}, "catalogue_choice"),
        ({"decimal": ","}, "catalogue_choice"),
        ({"checksum": "md5"}, "catalogue_choice"),
        ({"end": ""}, "catalogue_missing"),
        ({"fields": 4}, "catalogue_number"),
        ({"speed": 9600}, "catalogue_field"),
        ({"start": "№"}, "catalogue_text"),
    ],
)
def test_a_framing_that_nobody_can_mean_is_refused_by_its_field(change: JsonObject, code: str) -> None:
    with pytest.raises(KnownError) as caught:
        profile(**change)
    assert caught.value.code == code


def test_what_only_an_asked_device_has_is_refused_beside_a_framing() -> None:
    told: JsonObject = {**body(), "clock": {"address": 0}}
    with pytest.raises(KnownError) as caught:
        profile_of(told, "x.json")
    assert (caught.value.code, caught.value.details["field"]) == ("device_only_speaks", "clock")


# ---- the port ----------------------------------------------------------------------------------------------


@contextmanager
def spoken() -> Iterator[tuple[Callable[[bytes], object], str]]:
    """What is said on the other end of a cable, and this end."""
    pair = PtyPair()
    far = os.open(pair.theirs, os.O_RDWR | os.O_NOCTTY)
    try:
        yield lambda data: os.write(far, data), pair.ours
    finally:
        os.close(far)
        pair.close()


@contextmanager
def again_and_again(speak: Callable[[], object]) -> Iterator[None]:
    """As an instrument does: who opens a port hears nothing of what was said before."""
    stop = threading.Event()

    def speaking() -> None:
        while not stop.wait(0.05):
            speak()

    thread = threading.Thread(target=speaking)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _next(rounds: Iterator[Heard], code: str = "") -> Heard:
    """The next that has values, or this fault."""
    return next(one for one in rounds if (one.live if not code else one.fault and one.fault.code == code))


def test_a_port_is_listened_to_and_nothing_ever_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    with spoken() as (say, where), connected(where, profile()) as source:
        assert isinstance(source, Listener)
        sent: list[bytes] = []
        monkeypatch.setattr(source.wire, "_put", sent.append)
        rounds = source.heard(Job())
        assert next(rounds) == Heard()
        say(line(1204.5)[:11])
        assert next(rounds).live == ()
        say(line(1204.5)[11:])
        assert _next(rounds).live[0].si == 1204.5
        say(line(7).replace(b",7,", b",8,"))
        assert _next(rounds, faults.TEXT_SUM).live == ()
        assert next(rounds).fault is source.health.last, "it stays until a line is whole"
        say(line(1300.0))
        assert _next(rounds).live[0].si == 1300.0
        assert source.health.last is None
        assert sent == []


def test_silence_is_a_state_and_a_job_that_is_cancelled_ends_within_a_second() -> None:
    with spoken() as (say, where), connected(where, profile()) as source:
        assert isinstance(source, Listener)
        job = Job()
        rounds = source.heard(job)
        assert _next(rounds, faults.TEXT_SILENT).fault is not None
        say(b"$ECHO,12")
        assert _next(rounds, faults.TEXT_HALF).fault is not None
        job.cancel()
        with pytest.raises(Cancelled):
            next(rounds)


def test_the_command_reads_a_line_records_them_and_asks_nothing(
    said: Callable[..., Said], tmp_path: Path
) -> None:
    file = written_to(tmp_path, body())
    store = empty_profile(tmp_path / "profile").store
    code, out, _ = said("device", "test", file, "--store", store)
    assert code == 0
    assert "field 2: " in out
    with spoken() as (say, where), again_and_again(lambda: say(line(1204.5))):
        code, out, errors = said("device", "read", where, "--profile", file, "--store", store, "--json")
        assert (code, errors) == (0, "")
        assert json.loads(out)[0]["value"] == 1204.5
    code, _, errors = said("device", "archive", "COM9", "77", "--profile", file, "--store", store)
    assert code == 1
    assert "sends by itself" in errors
