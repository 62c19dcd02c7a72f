"""Bytes of an instrument that speaks by itself → its lines, whole or with what is wrong with them."""

from __future__ import annotations

import math
import re

import numpy as np

from app.devices import faults
from app.devices.decoding import si_from
from app.devices.faults import LineError
from app.devices.live import Live
from app.devices.profile import Framing, Profile, Register

LONGEST = 2048
"""Bytes without an end of a line: there is none, or another one."""
NOISE = 0.1
"""A share of bytes that no text has: the line goes at another speed."""
SHOWN = 40

Fields = tuple[str, ...]


class Lines:
    """`fed` with whatever comes, in whatever pieces: each line is told once. Nothing is said of what stood on
    the line before it was listened to.
    """

    def __init__(self, framing: Framing) -> None:
        self._framing, self._end = framing, framing.end.encode("ascii")
        self._left = b""
        self._is_first = True

    def fed(self, data: bytes) -> list[Fields | LineError]:
        self._left += data
        found: list[Fields | LineError] = []
        while self._end in self._left:
            line, self._left = self._left.split(self._end, 1)
            told = self._told(line)
            # The first may have begun before we listened: it counts only where its beginning is seen.
            if not self._is_first or (self._framing.start and not _wrong(told)):
                found += told
            self._is_first = False
        if len(self._left) > LONGEST:
            code = faults.TEXT_NOISE if _is_noise(self._left) else faults.TEXT_STRANGE
            found.append(LineError(code, shown=shown(self._left), start=""))
            self._left = b""
        return found

    @property
    def begun(self) -> bytes:
        """Of a line that has not ended."""
        return self._left

    def _told(self, line: bytes) -> list[Fields | LineError]:
        if not line.strip():
            return []
        if _is_noise(line):
            return [LineError(faults.TEXT_NOISE, shown=shown(line))]
        text, start = line.decode("ascii", "replace"), self._framing.start
        if start not in text:
            return [LineError(faults.TEXT_STRANGE, shown=shown(line), start=start)]
        before, _, body = text.rpartition(start) if start else ("", "", text)
        broken: list[Fields | LineError] = []
        if before.strip():  # a line without its end, and the next one behind it
            broken = [self._half(before, line)]
        return broken + self._fields(body, line)

    def _fields(self, body: str, line: bytes) -> list[Fields | LineError]:
        framing = self._framing
        if framing.checksum:
            body, mark, said = body.rpartition(framing.mark)
            if not mark or not re.fullmatch(r"[0-9A-Fa-f]{2}(?:[0-9A-Fa-f]{2})?", said.strip()):
                return [self._half(body + said, line)]
            if int(said, 16) != check_sum(framing.checksum, body.encode("ascii", "replace")):
                return [LineError(faults.TEXT_SUM, shown=shown(line))]
        fields = tuple(field.strip() for field in body.split(framing.delimiter))
        if framing.name and fields[0] != framing.name:
            return []
        if len(fields) != framing.fields:
            return [self._half(body, line)]
        return [fields]

    def _half(self, body: str, line: bytes) -> LineError:
        count = body.count(self._framing.delimiter) + 1
        return LineError(faults.TEXT_HALF, shown=shown(line), count=count, fields=self._framing.fields)


def check_sum(kind: str, body: bytes) -> int:
    """As `profile.CHECKSUMS` says."""
    if kind == "sum8":
        return sum(body) & 0xFF
    if kind == "xor8":
        return int(np.bitwise_xor.reduce(np.frombuffer(body, np.uint8))) if body else 0
    crc = 0xFFFF
    for byte in body:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ (0xA001 if crc & 1 else 0)
    return crc


def values_of(profile: Profile, fields: Fields, at_us: int) -> tuple[Live, ...]:
    """A field that is no number leaves the others alone; an empty one has nothing to say."""
    assert profile.framing is not None
    return tuple(_value(one, fields[one.address - 1], profile.framing, at_us) for one in profile.registers)


def _value(one: Register, text: str, framing: Framing, at_us: int) -> Live:
    if not text:
        return Live(one, at_us, math.nan)
    number = text.replace(framing.decimal, ".") if framing.decimal != "." else text
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", number):
        wrong = LineError(faults.TEXT_FIELD, field=one.address, value=text[:SHOWN])
        return Live(one, at_us, math.nan, (), wrong)
    raw = float(number)
    return Live(one, at_us, float(si_from(one, np.asarray(raw))), raw=raw)


def _wrong(told: list[Fields | LineError]) -> bool:
    return any(isinstance(one, LineError) for one in told)


def _is_noise(data: bytes) -> bool:
    odd = sum(1 for byte in data if not (32 <= byte < 127 or byte in b"\t\r\n"))
    return odd > NOISE * len(data)


def shown(data: bytes) -> str:
    """Of a line what a person recognises."""
    return "".join(chr(byte) if 32 <= byte < 127 else "·" for byte in data[:SHOWN])
