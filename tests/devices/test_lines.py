"""What a line can do wrong: each fault is a state with its sentence, nothing hangs, nothing is taken for an
answer that is none.
"""

from __future__ import annotations

import errno
import socket
import threading
import time
from collections import Counter
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from app.core.jobs import Cancelled, Job
from app.core.texts import LANGUAGES, Speaker
from app.devices import faults, wires
from app.devices.demo import trouble
from app.devices.faults import LineError
from app.devices.frames import Ask, answer_in, frame_of, gave_up
from app.devices.gate import RTU, TCP
from app.devices.live import Block, blocks, blocks_of, read_blocks
from app.devices.master import Master
from app.devices.profile import Register
from app.devices.wires import SerialWire, TcpWire, wire_to
from tests.devices.at_hand import VALUES, job, served, small_device, small_profile

BOTH = pytest.mark.parametrize("form", [RTU, TCP])


@BOTH
def test_values_come_with_their_names_words_and_states(form: str) -> None:
    with served(small_device(), form) as (server, master):
        found = {
            one.register.name: one for one in read_blocks(master, blocks_of(server.device.profile), job())
        }
    assert {name: found[name].si for name in found} == pytest.approx(VALUES)
    assert found["motor_current"].words == (412,)
    assert found["state"].word == "running"


@pytest.mark.parametrize(
    ("type_", "word", "said"),
    [("u16", [10], "running"), ("i16", [0], "stopped"), ("u16", [1], ""), ("f32", [0x3F00, 0], "")],
)
def test_the_word_of_a_code_is_that_of_what_stands_in_the_register_before_its_scale(
    type_: str, word: list[int], said: str
) -> None:
    """A code of 10 with a scale of 0.1 was called by the word of 1, and half a one by that of nothing."""
    mode = Register("mode", "holding", 0, type_, scale=0.1, codes=((0, "stopped"), (10, "running")))
    asked = Block("holding", 0, mode.count, (mode,))

    class Line:
        def read(self, *_: object) -> np.ndarray:
            return np.array(word, np.uint16)

    (live,) = read_blocks(cast(Master, Line()), [asked], job())
    assert live.word == said


@pytest.mark.slow
@pytest.mark.parametrize(
    ("form", "kind", "code"),
    [
        (RTU, trouble.SILENT, faults.SILENT),
        (RTU, trouble.HALF, faults.HALF),
        (RTU, trouble.SPOILT, faults.CRC),
        (RTU, trouble.OTHER_UNIT, faults.WRONG_UNIT),
        (RTU, trouble.OTHER_MASTER, faults.OTHER_MASTER),
        (RTU, trouble.BUSY, faults.BUSY),
        (TCP, trouble.SILENT, faults.SILENT),
        (TCP, trouble.HALF, faults.HALF),
        (TCP, trouble.OTHER_UNIT, faults.WRONG_UNIT),
        (TCP, trouble.BUSY, faults.BUSY),
    ],
)
def test_each_fault_is_called_by_its_name_and_the_next_answer_is_good(
    form: str, kind: str, code: str
) -> None:
    with served(small_device(), form) as (server, master):
        server.trouble.next_ = [kind] * 3
        with pytest.raises(LineError) as caught:
            master.read("holding", 0, 1, job())
        assert caught.value.code == code
        assert master.health.last is caught.value
        assert master.read("holding", 0, 1, job()).tolist() == [412]
    assert master.health.last is None
    assert master.health.faults == Counter({code: 3})


@BOTH
def test_one_fault_is_asked_again_and_nobody_notices(form: str) -> None:
    with served(small_device(), form) as (server, master):
        server.trouble.next_ = [trouble.SILENT, trouble.HALF]
        assert master.read("holding", 0, 1, job()).tolist() == [412]
    assert master.health.faults.total() == 2


@BOTH
def test_a_register_that_is_not_there_is_said_and_leaves_the_others_alone(form: str) -> None:
    wanted = [*small_profile().registers, Register("far", "holding", 15, "u16")]
    device = small_device()
    read = device.read
    device.read = lambda unit, function, address, count: (  # type: ignore[method-assign]
        None if address <= 15 < address + count else read(unit, function, address, count)
    )
    with served(device, form) as (_, master):
        found = {one.register.name: one for one in read_blocks(master, blocks(wanted, 30, 8), job())}
    fault = found["far"].fault
    assert fault is not None
    assert (fault.code, fault.details["exception"]) == (faults.EXCEPTION, 2)
    assert "15" in Speaker("ru").error(fault)
    assert {name: one.si for name, one in found.items() if one.there} == pytest.approx(VALUES)


# ---- bytes alone -------------------------------------------------------------------------------------------

ASK = Ask(7, 3, 0, 2)
ANSWER = trouble.summed(bytes([7, 3, 4, 1, 2, 3, 4]))


def test_an_answer_is_awaited_byte_by_byte() -> None:
    assert all(answer_in(ASK, RTU, ANSWER[:n]) is None for n in range(len(ANSWER)))
    words = answer_in(ASK, RTU, ANSWER)
    assert words is not None
    assert words.tolist() == [0x0102, 0x0304]


def test_an_adapter_that_says_our_own_question_back_does_not_disturb() -> None:
    assert np.array_equal(answer_in(ASK, RTU, frame_of(ASK, RTU) + ANSWER), [0x0102, 0x0304])  # type: ignore[arg-type]
    assert gave_up(ASK, RTU, frame_of(ASK, RTU)).code == faults.SILENT


@pytest.mark.parametrize("place", range(3, len(ANSWER) * 8 // 8))
@pytest.mark.parametrize("bit", range(8))
def test_no_flipped_bit_behind_the_head_is_taken_for_a_value(place: int, bit: int) -> None:
    spoilt = bytearray(ANSWER)
    spoilt[place] ^= 1 << bit
    with pytest.raises(LineError) as caught:
        answer_in(ASK, RTU, bytes(spoilt))
    assert caught.value.code == faults.CRC


@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize("bit", range(8))
def test_no_flipped_bit_of_the_head_is_taken_for_a_value(place: int, bit: int) -> None:
    spoilt = bytearray(ANSWER)
    spoilt[place] ^= 1 << bit
    try:
        assert answer_in(ASK, RTU, bytes(spoilt)) is None
    except LineError as fault:
        assert fault.code in (faults.CRC, faults.STRANGE)
    else:
        assert gave_up(ASK, RTU, bytes(spoilt)).code in (faults.CRC, faults.HALF)


def test_an_answer_of_another_length_is_the_answer_to_another_question() -> None:
    with pytest.raises(LineError) as caught:
        answer_in(ASK, RTU, trouble.summed(bytes([7, 3, 2, 1, 2])))
    assert caught.value.code == faults.STRANGE


def test_on_tcp_a_late_answer_is_known_by_its_number_and_passed_over() -> None:
    ask = Ask(7, 3, 0, 1, number=5)
    late = b"\0\4\0\0\0\5\7\3\2\0\1"
    mine = b"\0\5\0\0\0\5\7\3\2\0\2"
    assert answer_in(ask, TCP, late) is None
    assert np.array_equal(answer_in(ask, TCP, late + mine), [2])  # type: ignore[arg-type]


def test_what_is_no_modbus_at_all_is_said() -> None:
    with pytest.raises(LineError) as caught:
        answer_in(Ask(7, 3, 0, 1, number=5), TCP, b"HTTP/1.1 400 Bad Request")
    assert caught.value.code == faults.STRANGE


class _LateWire(TcpWire):
    """A serial line whose device answers each question after the time for it is over."""

    form = RTU

    def __init__(self) -> None:
        super().__init__("nowhere")
        self._due: list[tuple[float, bytes]] = []
        self.asked = 0

    def open(self, job: Job, timeout_s: float) -> None: ...

    def close(self) -> None: ...

    def _put(self, frame: bytes) -> None:
        self.asked += 1
        value = 100 + frame[3]
        self._due.append((time.monotonic() + 0.15, trouble.summed(bytes([7, 3, 2, 0, value]))))

    def receive(self) -> bytes:
        time.sleep(0.01)
        now = time.monotonic()
        come = b"".join(answer for due, answer in self._due if due <= now)
        self._due = [one for one in self._due if one[0] > now]
        return come


def test_a_late_answer_never_passes_for_that_to_the_next_question() -> None:
    master = Master(_LateWire(), 7, timeout_s=0.1, tries=1)
    for address in (1, 2, 3):
        with pytest.raises(LineError) as caught:
            master.read("holding", address, 1, job())
        assert caught.value.code == faults.SILENT


# ---- nothing hangs -----------------------------------------------------------------------------------------


@BOTH
def test_a_read_that_nobody_answers_is_left_within_a_second(form: str) -> None:
    with served(small_device(), form) as (server, master):
        master.timeout_s = 30.0
        server.trouble.kinds, server.trouble.share = (trouble.SILENT,), 1.0
        stopped = job()
        timer = threading.Timer(0.2, stopped.cancel)
        timer.start()
        began = time.monotonic()
        with pytest.raises(Cancelled):
            master.read("holding", 0, 1, stopped)
        assert time.monotonic() - began < 1.0
        timer.join()


def test_a_connection_that_nobody_takes_is_left_within_a_second_and_given_up_in_time() -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        where = full.getsockname()
        held = [socket.socket() for _ in range(4)]
        for one in held:
            one.setblocking(False)
            one.connect_ex(where)
        stopped = job()
        timer = threading.Timer(0.2, stopped.cancel)
        timer.start()
        began = time.monotonic()
        with pytest.raises(Cancelled):
            TcpWire(*where).open(stopped, 30.0)
        assert time.monotonic() - began < 1.0
        with pytest.raises(LineError) as caught:
            TcpWire(*where).open(job(), 0.2)
        assert caught.value.code == faults.UNREACHABLE
        timer.join()
        for one in held:
            one.close()


def test_a_port_where_nobody_listens_and_one_that_is_not_there_say_so() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        host, port = free.getsockname()
    with pytest.raises(LineError) as caught:
        TcpWire(host, port).open(job(), 1.0)
    assert "Modbus" in Speaker("en").error(caught.value)
    with pytest.raises(LineError) as caught:
        SerialWire("/dev/ttyNOT_THERE").open(job(), 1.0)
    assert "no such port" in Speaker("en").error(caught.value)


def test_a_server_that_goes_away_is_a_state_and_is_found_again() -> None:
    device = small_device()
    with served(device, TCP) as (server, master):
        master.read("holding", 0, 1, job())
        server.close()
        with pytest.raises(LineError) as caught:
            master.read("holding", 0, 1, job())
        assert caught.value.code in (faults.LOST, faults.UNREACHABLE)


@pytest.mark.parametrize(
    ("where", "form", "said"),
    [
        ("COM3", RTU, "COM3, 9600 8N1"),
        ("/dev/ttyUSB0", RTU, "/dev/ttyUSB0, 9600 8N1"),
        ("10.0.0.5", TCP, "10.0.0.5:502"),
        ("moxa.local:4001", TCP, "moxa.local:4001"),
    ],
)
def test_an_address_is_a_port_or_a_host(where: str, form: str, said: str) -> None:
    wire = wire_to(where, small_profile())
    assert (wire.form, wire.where) == (form, said)


@pytest.mark.parametrize("where", ["", "host:", "host:0", "host:70000", "a b", "x;y:5"])
def test_what_is_neither_is_refused(where: str) -> None:
    with pytest.raises(LineError) as caught:
        wire_to(where, small_profile())
    assert caught.value.code == "device_where"


def test_every_fault_has_a_sentence_that_says_what_to_do() -> None:
    for code in faults.PASSING | {faults.EXCEPTION}:
        for language in LANGUAGES:
            assert Speaker(language).has(f"error.{code}"), code
    for exception in (*faults.EXCEPTIONS, 99):
        assert str(exception) in Speaker("ru").error(faults.refused(7, exception, 40))


class _NoNetwork(socket.socket):
    def connect_ex(self, address: object) -> int:
        return errno.ENETUNREACH


def test_without_a_network_the_address_does_not_answer_and_no_connection_was_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(socket, "socket", _NoNetwork)
    with pytest.raises(LineError) as caught:
        Master(TcpWire("127.0.0.1", 9), 1, 0.1, tries=1).read("holding", 0, 1, job())
    assert caught.value.code == faults.UNREACHABLE


def test_a_refusal_is_seen_where_the_system_tells_it_as_an_exception(monkeypatch: pytest.MonkeyPatch) -> None:
    """As Windows does: a connection that failed never becomes writable there."""

    def as_windows(
        _: list[socket.socket], writing: list[socket.socket], failed: list[socket.socket], wait_s: float
    ) -> tuple[list[socket.socket], list[socket.socket], list[socket.socket]]:
        time.sleep(wait_s)
        return [], [], failed

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    monkeypatch.setattr(wires, "select", SimpleNamespace(select=as_windows))
    with pytest.raises(LineError) as caught:
        TcpWire("127.0.0.1", port).open(job(), 0.2)
    assert "nobody listens there" in Speaker("en").error(caught.value)
