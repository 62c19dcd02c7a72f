"""Registers ↔ values: types, order of bytes and words, scale, unit. One home for both directions, so that the
demo devices say what the profiles hear.
"""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from app.core.clock import EPOCH, to_us
from app.devices.profile import WORDS, Clock, Register

Words = NDArray[np.uint16]
Floats = NDArray[np.float64]
_KIND = {"u16": ">u2", "i16": ">i2", "u32": ">u4", "i32": ">i4", "f32": ">f4", "u64": ">u8", "i64": ">i8"}
_KIND |= {"f64": ">f8", "bit": ">u2"}


def raw_of(register: Register, words: Words) -> Floats:
    """What the registers hold as numbers, before scale and unit: words (…, count) → (…)."""
    count = WORDS[register.type]
    bytes_ = _ordered(np.ascontiguousarray(words[..., :count], ">u2"), register.order)
    raw = bytes_.view(_KIND[register.type])[..., 0]
    if register.bit is not None:
        raw = (raw.astype(np.int64) >> register.bit) & 1
    return np.asarray(raw, np.float64)


def si_of(register: Register, words: Words) -> Floats:
    """In SI; NaN where the device says that it has nothing, or what it holds is no number."""
    return si_from(register, raw_of(register, words))


def si_from(register: Register, raw: Floats) -> Floats:
    """The same of numbers as the device has them, before scale and unit."""
    shown = raw * register.scale + register.offset
    si = np.asarray(register.unit.to_si(shown) if register.unit is not None else shown, np.float64)
    invalid = np.asarray(register.invalid, np.float64)
    if register.type == "f32":
        invalid = invalid.astype(np.float32)  # as the device sends it: -999.9 is none of its numbers
    absent = np.isin(raw, invalid) | ~np.isfinite(raw)
    return np.where(absent, np.nan, si)


def words_of(register: Register, si: Floats | float) -> Words:
    """The other way, for demo devices: NaN is the first of `invalid`. (…) → (…, count)."""
    si = np.asarray(si, np.float64)
    shown = register.unit.from_si(si) if register.unit is not None else si
    raw = (shown - register.offset) / register.scale
    kind = np.dtype(_KIND[register.type])
    if kind.kind != "f":
        limits = np.iinfo(kind)
        # The greatest whole numbers of eight bytes are no floats: one below them is.
        raw = np.clip(
            np.rint(raw), limits.min, np.nextafter(limits.max, 0) if kind.itemsize == 8 else limits.max
        )
    raw = np.where(np.isfinite(si), raw, register.invalid[0] if register.invalid else 0.0)
    held = np.atleast_1d(raw).astype(kind)[..., None].view(">u2")
    return _ordered(held, register.order).astype(np.uint16).reshape(*si.shape, WORDS[register.type])


def _ordered(words: NDArray[np.uint16], order: str) -> NDArray[np.uint16]:
    """ABCD is as Modbus has it. CDAB: the words the other way round; BADC: the bytes of each; DCBA: both."""
    if order in ("BADC", "DCBA"):
        words = words.byteswap()
    if order in ("CDAB", "DCBA"):
        words = words[..., ::-1]
    return np.ascontiguousarray(words)


def times_of(clock: Clock, words: Words) -> NDArray[np.int64]:
    """Microseconds since 1970 UTC by the device's clock; 0 for what is no moment. (…, count) → (…)."""
    if clock.form == "epoch_s":
        seconds = raw_of(Register("", clock.table, 0, "u32", clock.order), words)
    else:
        rows = np.asarray(words, np.int64).reshape(-1, 6)
        seconds = np.array([_seconds(*map(int, row)) for row in rows]).reshape(np.shape(words)[:-1])
    moved = np.where(seconds > 0, seconds - clock.zone_h * 3600, 0.0)
    return np.asarray(np.rint(moved), np.int64) * 1_000_000


def _seconds(year: int, month: int, day: int, hour: int, minute: int, second: int) -> float:
    try:
        moment = datetime(year + 2000 if year < 100 else year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return 0.0
    return (moment - EPOCH).total_seconds()


def clock_words(clock: Clock, moment: datetime) -> Words:
    """For demo devices."""
    seconds = to_us(moment) // 1_000_000 + int(clock.zone_h * 3600)
    if clock.form == "epoch_s":
        return words_of(Register("", clock.table, 0, "u32", clock.order), seconds)
    local = datetime.fromtimestamp(seconds, UTC)
    return np.array(local.timetuple()[:6], np.uint16)
