"""Nothing but reads can leave: whatever a profile says, whoever asks, over whichever line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.devices import profile as profiles
from app.devices.faults import NotAReadError
from app.devices.gate import RTU, TCP, only_reads
from app.devices.live import blocks_of, read_blocks
from app.devices.read_profile import profile_of
from tests.devices.at_hand import body, job, served, small_device

DEVICES = Path(__file__).resolve().parents[2] / "app" / "devices"


@given(st.binary(max_size=300), st.sampled_from((RTU, TCP)))
def test_of_any_bytes_only_a_whole_read_of_one_unit_passes(frame: bytes, form: str) -> None:
    at = 0 if form == RTU else 6
    reads = len(frame) == (8 if form == RTU else 12) and frame[at] and frame[at + 1] in (1, 2, 3, 4)
    if reads and (form == RTU or frame[2:6] == b"\0\0\0\6"):
        assert only_reads(frame, form) is frame
    else:
        with pytest.raises(NotAReadError):
            only_reads(frame, form)


@pytest.mark.parametrize("form", [RTU, TCP])
@pytest.mark.parametrize("function", range(256))
def test_of_all_function_codes_four_pass(function: int, form: str) -> None:
    frame = bytes([7, function, 0, 0, 0, 1])
    frame = frame + b"\0\0" if form == RTU else b"\0\1\0\0\0\6" + frame
    if function in (1, 2, 3, 4):
        assert only_reads(frame, form) == frame
    else:
        with pytest.raises(NotAReadError):
            only_reads(frame, form)


@pytest.mark.parametrize("form", [RTU, TCP])
def test_a_server_that_writes_down_every_frame_has_heard_reads_alone(form: str) -> None:
    with served(small_device(), form) as (server, master):
        read_blocks(master, blocks_of(server.device.profile), job())
    at = 1 if form == RTU else 7
    assert {frame[at] for frame in server.heard} == {2, 3}
    assert all(len(frame) == (8 if form == RTU else 12) for frame in server.heard)


@pytest.mark.parametrize("form", [RTU, TCP])
@pytest.mark.parametrize("function", [5, 6, 15, 16, 22, 23, 43])
def test_a_table_that_is_made_to_mean_a_write_sends_nothing(
    form: str, function: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.devices import frames

    def writes(ask: frames.Ask, form: str) -> bytes:
        told = bytes([ask.unit, function, 0, 0, 0, 1])
        return told + b"\0\0" if form == RTU else b"\0\1\0\0\0\6" + told

    monkeypatch.setattr("app.devices.master.frame_of", writes)
    with served(small_device(), form) as (server, master), pytest.raises(NotAReadError):
        master.read("holding", 0, 1, job())
    assert server.heard == []


def test_a_profile_that_names_a_table_of_its_own_is_refused_when_it_is_loaded() -> None:
    from app.core.errors import KnownError

    told = body()
    told["registers"] = [{"name": "start", "table": "write", "address": 1}]
    with pytest.raises(KnownError, match="write"):
        profile_of(told, "hostile.json")
    assert set(profiles.FUNCTION.values()) == {1, 2, 3, 4}


def test_bytes_leave_by_one_module_and_there_behind_the_gate() -> None:
    sends = re.compile(r"\.(?:send|sendall|sendto|write|writelines)\(")
    found = {
        path.relative_to(DEVICES).as_posix(): sends.findall(path.read_text(encoding="utf-8"))
        for path in DEVICES.rglob("*.py")
        if path.parent.name != "demo"
    }
    # The wires' own two, each of which `send` alone calls, and the master, which calls `send`.
    assert {name: len(calls) for name, calls in found.items() if calls} == {"wires.py": 2, "master.py": 1}
    text = (DEVICES / "wires.py").read_text(encoding="utf-8")
    assert text.count("._put(") == 1
    assert "self._put(only_reads(frame, self.form))" in text
