"""What can be wrong with a line or a device. Each is a state with a sentence that says what to do
(`error.device_…` in the texts), never a hang.
"""

from __future__ import annotations

from app.core.errors import KnownError
from app.core.texts import in_each_language

SILENT, HALF, CRC, WRONG_UNIT = "device_silent", "device_half_frame", "device_crc", "device_wrong_unit"
OTHER_MASTER, STRANGE = "device_other_master", "device_strange"
EXCEPTION, BUSY = "device_exception", "device_busy"
LOST, UNREACHABLE, PORT = "device_lost", "device_unreachable", "device_port"
TEXT_SILENT, TEXT_NOISE, TEXT_STRANGE = "device_text_silent", "device_text_noise", "device_text_strange"
TEXT_HALF, TEXT_SUM, TEXT_FIELD = "device_text_half", "device_text_sum", "device_text_field"
"""Of instruments that speak by themselves, in lines."""
EXCEPTIONS = (1, 2, 3, 4, 5, 6, 10, 11)
"""Codes of exceptions that have a sentence, `device.exception.…`; others say their number."""
PASSING = frozenset({SILENT, HALF, CRC, WRONG_UNIT, OTHER_MASTER, STRANGE, BUSY, LOST, UNREACHABLE, PORT})
"""The same question may be answered a moment later."""


class LineError(KnownError):
    """`retry` says whether asking again can help."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code, retry=code in PASSING, **details)


def refused(unit: int, exception: int, address: int) -> LineError:
    """The device itself said no: by the code, its meaning and what to do."""
    code = BUSY if exception in (5, 6) else EXCEPTION
    named = exception if exception in EXCEPTIONS else "other"
    meaning = in_each_language(f"device.exception.{named}")
    return LineError(code, unit=unit, exception=exception, address=address, meaning=meaning)


class NotAReadError(RuntimeError):
    """Our own bug: something other than a read was about to leave. It has not left."""
