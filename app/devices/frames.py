"""A question as bytes, and what the bytes that come back are: the answer, a part of it, or which fault."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from app.devices import faults
from app.devices.decoding import Words
from app.devices.faults import LineError
from app.devices.gate import READS, RTU, TCP

if TYPE_CHECKING:
    from pymodbus.framer import FramerRTU, FramerSocket
    from pymodbus.pdu import ModbusPDU

_ERROR = 0x80
_LONGEST = 256


@dataclass(frozen=True)
class Ask:
    """A read of `count` registers, or bits where the function is 1 or 2."""

    unit: int
    function: int
    address: int
    count: int
    number: int = 0
    """Of the transaction; TCP alone has it."""

    @property
    def bits(self) -> bool:
        return self.function in (1, 2)

    @property
    def payload(self) -> int:
        """How many bytes the answer's values take."""
        return (self.count + 7) // 8 if self.bits else 2 * self.count


def frame_of(ask: Ask, form: str) -> bytes:
    return _framer(form).buildFrame(_pdu(ask))


def _pdu(ask: Ask) -> ModbusPDU:
    from pymodbus.pdu import bit_message, register_message

    kinds: dict[int, type[ModbusPDU]] = {
        1: bit_message.ReadCoilsRequest,
        2: bit_message.ReadDiscreteInputsRequest,
        3: register_message.ReadHoldingRegistersRequest,
        4: register_message.ReadInputRegistersRequest,
    }
    return kinds[ask.function](
        dev_id=ask.unit, transaction_id=ask.number, address=ask.address, count=ask.count
    )


@cache
def _framer(form: str) -> FramerRTU | FramerSocket:
    from pymodbus.framer import FramerRTU, FramerSocket
    from pymodbus.pdu import DecodePDU

    return FramerRTU(DecodePDU(False)) if form == RTU else FramerSocket(DecodePDU(False))


def answer_in(ask: Ask, form: str, data: bytes) -> Words | None:
    """The values, None while more is to come. Raises LineError where the bytes are surely something else."""
    return _tcp(ask, data) if form == TCP else _rtu(ask, data)


def gave_up(ask: Ask, form: str, data: bytes) -> LineError:
    """What it was, when the time is over and there is no answer."""
    data = data.removeprefix(frame_of(ask, form)) if form == RTU else data
    details = {"unit": ask.unit, "bytes": len(data)}
    if not data:
        return LineError(faults.SILENT, **details)
    begins = form == TCP or (data[0] == ask.unit and (len(data) < 2 or data[1] & 0x7F == ask.function))
    return LineError(faults.HALF if begins else faults.CRC, **details)


# ---- TCP ---------------------------------------------------------------------------------------------------


def _tcp(ask: Ask, data: bytes) -> Words | None:
    while len(data) >= 7:
        protocol, length = int.from_bytes(data[2:4], "big"), int.from_bytes(data[4:6], "big")
        if protocol or not 3 <= length <= _LONGEST:
            raise LineError(faults.STRANGE, unit=ask.unit, bytes=len(data))
        if len(data) < 6 + length:
            return None
        if int.from_bytes(data[:2], "big") == ask.number:
            return _values(ask, data[6], data[7 : 6 + length])
        data = data[6 + length :]  # the late answer to a question that was given up
    return None


# ---- RTU ---------------------------------------------------------------------------------------------------


def _rtu(ask: Ask, data: bytes) -> Words | None:
    echo = frame_of(ask, RTU)
    if data.startswith(echo):
        data = data[len(echo) :]
    if len(data) < 5:
        return None
    if _asked_by_another(data):
        raise LineError(faults.OTHER_MASTER, unit=ask.unit, bytes=len(data))
    size = 5 if data[1] & _ERROR else 5 + data[2]
    if data[1] & 0x7F != ask.function or len(data) < size:
        return None
    if not _whole(data[:size]):
        raise LineError(faults.CRC, unit=ask.unit, bytes=len(data))
    return _values(ask, data[0], data[1 : size - 2])


def _whole(frame: bytes) -> bool:
    from pymodbus.framer import FramerRTU

    return FramerRTU.check_CRC(frame[:-2], int.from_bytes(frame[-2:], "big"))


def _asked_by_another(data: bytes) -> bool:
    """A question on the line that we have not put: another master speaks."""
    asks = len(data) >= 8 and data[1] in READS | {5, 6} and _whole(data[:8])
    # An answer of three bytes of bits is as long: its third byte says so.
    return asks and not (data[2] == 3 and data[1] in (1, 2))


def foreign(form: str, data: bytes) -> bool:
    """Whether what lay on the line before anything was asked is somebody else's question."""
    return form == RTU and _asked_by_another(data)


def _values(ask: Ask, unit: int, body: bytes) -> Words:
    """`body` from the function code on, without check sums."""
    if unit != ask.unit:
        raise LineError(faults.WRONG_UNIT, unit=ask.unit, other=unit)
    if body[0] == ask.function | _ERROR:
        code = body[1] if len(body) > 1 else 0
        raise faults.refused(ask.unit, code, ask.address)
    if body[0] != ask.function or len(body) < 2 or body[1] != ask.payload or len(body) != 2 + ask.payload:
        raise LineError(faults.STRANGE, unit=ask.unit, bytes=len(body))
    if ask.bits:
        packed = np.frombuffer(body[2:], np.uint8)
        return np.unpackbits(packed, bitorder="little")[: ask.count].astype(np.uint16)
    return np.frombuffer(body[2:], ">u2").astype(np.uint16)
