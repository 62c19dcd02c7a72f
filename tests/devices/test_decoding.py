"""Registers and what they mean: checked against numbers worked out by hand and against struct."""

from __future__ import annotations

import struct
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.clock import to_us
from app.core.unit_spellings import find_unit
from app.devices.decoding import clock_words, raw_of, si_of, times_of, words_of
from app.devices.profile import ORDERS, Clock, Register

_FORMS = {
    "u16": ">H",
    "i16": ">h",
    "u32": ">I",
    "i32": ">i",
    "f32": ">f",
    "u64": ">Q",
    "i64": ">q",
    "f64": ">d",
}


def _laid(packed: bytes, order: str) -> np.ndarray:
    words = [packed[i : i + 2] for i in range(0, len(packed), 2)]
    if order in ("BADC", "DCBA"):
        words = [word[::-1] for word in words]
    if order in ("CDAB", "DCBA"):
        words = words[::-1]
    return np.array([int.from_bytes(word, "big") for word in words], np.uint16)


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("u16", 40_000),
        ("i16", -1234),
        ("u32", 3_000_000_000),
        ("i32", -70_001),
        ("f32", 0.15625),
        ("f64", -1e-9),
        ("u64", 2**40 + 1),
        ("i64", -(2**40)),
    ],
)
def test_each_type_in_each_order_says_the_number_that_struct_has_packed(
    kind: str, value: float, order: str
) -> None:
    words = _laid(struct.pack(_FORMS[kind], value), order)
    register = Register("x", "holding", 0, kind, order)
    assert raw_of(register, words) == value
    assert words_of(register, float(value)).tolist() == words.tolist()


def test_the_four_orders_of_a_float_are_those_of_the_documents() -> None:
    for order, words in {
        "ABCD": [0x4248, 0x0000],
        "CDAB": [0x0000, 0x4248],
        "BADC": [0x4842, 0x0000],
        "DCBA": [0x0000, 0x4842],
    }.items():
        assert si_of(Register("x", "holding", 0, "f32", order), np.array(words, np.uint16)) == 50.0


def test_scale_offset_and_unit_make_si() -> None:
    celsius = Register(
        "t", "input", 0, "i16", scale=0.1, offset=-40, unit=find_unit("°C"), quantity="temperature"
    )
    assert si_of(celsius, np.array([1200], np.uint16)) == pytest.approx(273.15 + 80)
    megapascal = Register("p", "input", 0, "u16", scale=0.01, unit=find_unit("МПа"), quantity="pressure")
    assert si_of(megapascal, np.array([587], np.uint16)) == pytest.approx(5.87e6)


def test_what_a_device_says_for_nothing_is_nothing_and_no_number_is_none() -> None:
    one = Register("x", "holding", 0, "i16", scale=0.1, invalid=(-32768.0, 32767.0))
    assert np.isnan(si_of(one, np.array([[0x8000], [0x7FFF], [1]], np.uint16))).tolist() == [
        True,
        True,
        False,
    ]
    real = Register("x", "holding", 0, "f32")
    assert np.isnan(si_of(real, np.array([[0x7FC0, 0], [0x7F80, 0]], np.uint16))).all()


def test_a_bit_of_a_word_of_states_is_taken_alone() -> None:
    words = np.array([0b1000_0000_0000_0100], np.uint16)
    assert [float(raw_of(Register("x", "holding", 0, "u16", bit=bit), words)) for bit in (0, 2, 15)] == [
        0,
        1,
        1,
    ]


@given(st.floats(-3000, 3000), st.sampled_from(ORDERS), st.sampled_from(["i16", "i32", "f32"]))
def test_what_a_demo_device_says_is_heard_to_half_a_step(value: float, order: str, kind: str) -> None:
    register = Register("x", "holding", 0, kind, order, scale=0.1, invalid=(-32768.0,))
    heard = float(si_of(register, words_of(register, value)))
    assert heard == pytest.approx(value, abs=0.0501)


def test_a_value_too_large_for_its_register_stays_at_its_end_and_does_not_wrap() -> None:
    assert (
        si_of(Register("x", "holding", 0, "u16"), words_of(Register("x", "holding", 0, "u16"), 1e9)) == 65_535
    )


@pytest.mark.parametrize("form", ["epoch_s", "ymdhms"])
@pytest.mark.parametrize("zone_h", [0.0, 5.0, -3.5])
def test_a_clock_in_either_form_and_zone_says_the_moment(form: str, zone_h: float) -> None:
    moment = datetime(2026, 11, 28, 2, 33, 7, tzinfo=UTC)
    clock = Clock("holding", 0, form, zone_h=zone_h)
    assert np.ravel(times_of(clock, clock_words(clock, moment))).tolist() == [to_us(moment)]


def test_a_date_that_is_none_is_no_moment() -> None:
    rows = np.array([[2026, 13, 1, 0, 0, 0], [0, 0, 0, 0, 0, 0], [26, 11, 28, 2, 0, 0]], np.uint16)
    found = times_of(Clock("holding", 0, "ymdhms"), rows).tolist()
    assert found[:2] == [0, 0]
    assert found[2] == to_us(datetime(2026, 11, 28, 2, tzinfo=UTC))


def test_what_means_nothing_measured_is_known_by_the_number_that_the_register_can_hold() -> None:
    register = Register("x", "holding", 0, "f32", invalid=(-999.9,))
    assert np.isnan(si_of(register, _laid(struct.pack(">f", -999.9), "ABCD")))
    assert si_of(register, _laid(struct.pack(">f", -999.0), "ABCD")) == -999.0
