"""A ring of records: whole, once each, in order, with the device's clock; and cards out of controllers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import cast

import numpy as np
import pytest

from app.core.clock import to_us
from app.core.errors import KnownError
from app.devices.archive import held, pieces
from app.devices.cards import read_buffer, sample
from app.devices.demo.memory import DemoCard
from app.devices.device_clock import offset_of
from app.devices.gate import RTU, TCP
from app.devices.master import Master
from app.devices.strokes import bottoms, one_stroke
from tests.devices.at_hand import NOW, START, Watch, job, rows, served, shipped, small_device


def _now_us() -> int:
    return to_us(NOW)


def test_a_ring_that_has_gone_round_gives_its_last_records_each_once_and_in_order() -> None:
    device = small_device()
    archive = device.profile.archive
    assert archive is not None
    with served(device, TCP) as (_, master):
        there = held(master, archive, job())
        found = list(pieces(master, archive, 30, 0, job(), _now_us))
    assert (there.oldest, there.written) == (37, 101)
    number = np.concatenate([one.number for one in found])
    assert number.tolist() == list(range(37, 101))
    current = np.concatenate([one.values["motor_current"] for one in found])
    assert current == pytest.approx(rows()["motor_current"][37:101], abs=1e-9)
    moments = np.concatenate([one.device_us for one in found])
    assert moments.tolist() == [to_us(START + timedelta(minutes=n)) for n in range(37, 101)]


def test_what_the_device_writes_over_meanwhile_is_left_out_and_counted() -> None:
    clock = Watch()
    device = small_device(clock=clock)
    archive = device.profile.archive
    assert archive is not None
    asked = 0
    read = device.read

    def later(unit: int, function: int, address: int, count: int) -> list[int] | None:
        nonlocal asked
        asked += 1
        if asked == 5:
            clock.now += timedelta(minutes=30)
        return read(unit, function, address, count)

    device.read = later  # type: ignore[method-assign]
    with served(device, TCP) as (_, master):
        found = list(pieces(master, archive, 30, 37, job(), _now_us))
    number = np.concatenate([one.number for one in found])
    assert sum(one.overwritten for one in found) == 30
    assert number.tolist() == list(range(67, 101))
    current = np.concatenate([one.values["motor_current"] for one in found])
    assert current == pytest.approx(rows()["motor_current"][67:101], abs=1e-9)


def test_records_whose_time_goes_back_are_left_out_and_named() -> None:
    device = small_device()
    archive = device.profile.archive
    assert archive is not None
    with served(device, TCP) as (_, master):
        list(pieces(master, archive, 30, 37, job(), _now_us))
        device._pages[0][50 % 64, 0:2] = device._pages[0][40, 0:2]  # the clock was set back for one record
        found = list(pieces(master, archive, 30, 37, job(), _now_us))
    assert 50 not in np.concatenate([one.number for one in found])
    assert [at for one in found for at in one.odd] == [to_us(START + timedelta(minutes=40))]


def test_a_record_of_a_time_still_to_come_costs_only_itself() -> None:
    device = small_device()
    archive = device.profile.archive
    assert archive is not None
    with served(device, TCP) as (_, master):
        list(pieces(master, archive, 30, 37, job(), _now_us))
        device._pages[0][50 % 64, 0:2] = 0xFFFF  # seconds of an empty slot: the year 2106
        found = list(pieces(master, archive, 30, 37, job(), _now_us))
    assert np.concatenate([one.number for one in found]).tolist() == [*range(37, 50), *range(51, 101)]
    assert [at for one in found for at in one.odd] == [0xFFFF_FFFF * 1_000_000]


def test_a_record_of_long_before_the_device_was_made_costs_only_itself() -> None:
    device = small_device()
    archive = device.profile.archive
    assert archive is not None
    with served(device, TCP) as (_, master):
        list(pieces(master, archive, 30, 37, job(), _now_us))
        device._pages[0][37 % 64, 0:2] = 1  # eighteen hours after the beginning of 1970
        found = list(pieces(master, archive, 30, 37, job(), _now_us))
    assert np.concatenate([one.number for one in found]).tolist() == [*range(38, 101)]
    assert [at for one in found for at in one.odd] == [0x1_0001 * 1_000_000]


@pytest.mark.parametrize(
    ("type_", "words"),
    [("f32", [0x7FC0, 0]), ("f32", [0x7F80, 0]), ("i32", [0xFFFF, 0xFFFE]), ("u32", [0xFFFF, 0xFFFF])],
)
def test_a_counter_of_records_that_says_nothing_is_no_empty_archive(type_: str, words: list[int]) -> None:
    """A number that is none ended in a report of a bug, -2 in "0 records"."""
    archive = small_device().profile.archive
    assert archive is not None
    counter = replace(archive.written, type=type_, invalid=(0xFFFF_FFFF,))

    class Line:
        unit = 1

        def read(self, *_: object) -> np.ndarray:
            return np.array(words, np.uint16)

    with pytest.raises(KnownError) as caught:
        held(cast(Master, Line()), replace(archive, written=counter), job())
    assert caught.value.code == "device_no_count"


@pytest.mark.slow
@pytest.mark.parametrize("ahead_s", [0.0, 187.25, -42.5])
def test_how_far_a_clock_is_off_is_measured_finer_than_its_second(ahead_s: float) -> None:
    device = small_device(ahead_s=ahead_s)
    device.clock = lambda: datetime.now(UTC)
    assert device.profile.clock is not None
    with served(device, TCP) as (_, master):
        offset = offset_of(master, device.profile.clock, job())
    assert offset.us == pytest.approx(ahead_s * 1e6, abs=max(60_000, 2 * offset.sure_us))


def test_a_clock_that_stands_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.devices.device_clock.LONGEST_S", 0.1)
    device = small_device()
    assert device.profile.clock is not None
    with served(device, TCP) as (_, master), pytest.raises(KnownError) as caught:
        offset_of(master, device.profile.clock, job())
    assert caught.value.code == "device_clock_stands"


# ---- cards -------------------------------------------------------------------------------------------------


def _card(number: int = 3) -> DemoCard:
    turn = np.linspace(0, 2 * np.pi, 200, endpoint=False)
    position = (1.5 - 1.5 * np.cos(turn)).astype("f4").astype(float)
    return DemoCard(number, START, 6.0, position, (40e3 + 15e3 * np.sin(turn)).astype("f4").astype(float))


@pytest.mark.parametrize("form", [RTU, TCP])
def test_the_points_of_a_buffer_come_identical(form: str) -> None:
    profile = shipped("demo-rod-pump")
    device = small_device(profile)
    device.card = lambda _: _card()
    assert profile.card is not None
    with served(device, form) as (_, master):
        found = read_buffer(master, profile, profile.card, job(), 2_000_000)
    assert np.array_equal(found.position_m, _card().position_m)
    assert np.array_equal(found.load_n, _card().load_n)
    assert found.strokes_per_minute == pytest.approx(6.0)
    assert found.taken_at == START - timedelta(seconds=2)


def test_a_card_that_changes_while_it_is_read_is_read_again_and_never_mixed() -> None:
    profile = shipped("demo-rod-pump")
    device = small_device(profile)
    asked = 0

    def changing(_: datetime) -> DemoCard:
        nonlocal asked
        asked += 1
        return _card(3) if asked < 4 else DemoCard(4, START, 6.0, np.full(200, 1.0), np.full(200, 2e4))

    device.card = changing
    assert profile.card is not None
    with served(device, TCP) as (_, master):
        found = read_buffer(master, profile, profile.card, job())
    assert found.position_m.tolist() == [1.0] * 200


def test_a_controller_whose_card_never_rests_is_said_so() -> None:
    profile = shipped("demo-rod-pump")
    device = small_device(profile)
    numbers = iter(range(10_000))
    device.card = lambda _: _card(next(numbers))
    assert profile.card is not None
    with served(device, TCP) as (_, master), pytest.raises(KnownError) as caught:
        read_buffer(master, profile, profile.card, job())
    assert caught.value.code == "device_card_moves"


def test_a_stroke_is_cut_at_the_bottoms_whatever_the_moment_of_the_first_sample() -> None:
    for start_s in (0.0, 2.5, 5.0, 8.7):
        time_s = np.arange(0, 31, 0.07)
        phase = 2 * np.pi * (time_s + start_s) / 10
        found = bottoms(time_s, 1.5 - 1.5 * np.cos(phase))
        assert np.diff(found) == pytest.approx(10.0, abs=0.02)
        t, x, load = one_stroke(time_s, 1.5 - 1.5 * np.cos(phase), 40e3 + 15e3 * np.sin(phase))
        assert t[-1] == pytest.approx(10.0, abs=0.02)
        assert (x[0], x[-1], x.max()) == pytest.approx((0, 0, 3.0), abs=0.005)
        assert load[len(load) // 4] == pytest.approx(55e3, rel=0.02)


def test_noise_at_the_bottom_makes_no_stroke_of_its_own() -> None:
    time_s = np.arange(0, 31, 0.07)
    noise = np.random.default_rng(1).normal(0, 0.03, len(time_s))
    found = bottoms(time_s, 1.5 - 1.5 * np.cos(2 * np.pi * time_s / 10 + 1) + noise)
    assert len(found) == 3
    assert np.diff(found) == pytest.approx(10.0, abs=0.6)


@pytest.mark.parametrize(("step_s", "code"), [(1.0, "device_few_points"), (0.05, "device_no_stroke")])
def test_what_makes_no_stroke_is_said(step_s: float, code: str) -> None:
    time_s = np.arange(0, 31, step_s)
    still = code == "device_no_stroke"
    position = np.full(len(time_s), 1.0) if still else 1.5 - 1.5 * np.cos(2 * np.pi * time_s / 10 + 1)
    with pytest.raises(KnownError) as caught:
        one_stroke(time_s, position, np.full(len(time_s), 4e4))
    assert caught.value.code == code


@pytest.mark.slow
def test_a_card_is_sampled_from_two_channels_as_often_as_the_line_gives() -> None:
    profile = shipped("demo-rod-pump")
    device = small_device(profile)
    device.clock = lambda: datetime.now(UTC)

    def said(now: datetime) -> dict[str, float]:
        phase = 2 * np.pi * now.timestamp() / 0.6
        return {"position": 1.5 - 1.5 * np.cos(phase), "polished_rod_load": 40e3 + 15e3 * np.sin(phase)}

    device.values = said
    assert profile.sampled is not None
    with served(device, TCP) as (_, master):
        found = sample(master, profile, profile.sampled, job())
    assert found.strokes_per_minute == pytest.approx(100.0, rel=0.05)
    assert found.time_s is not None
    assert float(np.ptp(found.position_m)) == pytest.approx(3.0, abs=0.05)
    assert float(np.ptp(found.load_n)) == pytest.approx(30e3, rel=0.05)
