"""The one door to a device: only requests that read (function codes 1–4) pass, whole and alone.

It looks at the bytes themselves, below profiles, registers and libraries: whatever stands above may be wrong.
"""

from __future__ import annotations

from app.devices.faults import NotAReadError

RTU, TCP = "rtu", "tcp"
READS = frozenset({1, 2, 3, 4})
_LENGTH = {RTU: 8, TCP: 12}
"""A request that reads has this length and no other: nothing can hide behind it."""


def only_reads(frame: bytes, form: str) -> bytes:
    """The same frame. Raises NotAReadError for whatever is not exactly one request that reads."""
    if form not in _LENGTH or len(frame) != _LENGTH[form]:
        raise NotAReadError(f"{form}: {len(frame)} bytes are no request that reads: {frame[:16].hex(' ')}")
    if form == TCP and frame[2:6] != b"\0\0\0\6":
        raise NotAReadError(f"no Modbus header: {frame.hex(' ')}")
    unit, function = (frame[0], frame[1]) if form == RTU else (frame[6], frame[7])
    if function not in READS:
        raise NotAReadError(f"function code {function} is no read: {frame.hex(' ')}")
    if unit == 0:
        raise NotAReadError(f"unit 0 is everybody: {frame.hex(' ')}")
    return frame
