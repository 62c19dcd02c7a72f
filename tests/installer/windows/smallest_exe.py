"""A program for Windows with one section, small enough to be written out here: something to sign."""

from __future__ import annotations

import struct

ALIGNED = 0x200


def smallest_exe() -> bytes:
    """A valid PE32+ that does nothing: `ret`."""
    dos = b"MZ" + bytes(58) + struct.pack("<I", 0x80) + bytes(64)
    coff = struct.pack("<4sHHIIIHH", b"PE\0\0", 0x8664, 1, 0, 0, 0, 240, 0x22)
    optional = struct.pack(
        "<HBBIIIIIQIIHHHHHHIIIIHHQQQQII",
        *(0x20B, 1, 0, ALIGNED, 0, 0, 0x1000, 0x1000, 0x140000000, 0x1000, ALIGNED),
        *(6, 0, 0, 0, 6, 0, 0, 0x2000, ALIGNED, 0, 3, 0x100),
        *(1 << 20, 1 << 12, 1 << 20, 1 << 12, 0, 16),
    )
    section = struct.pack("<8sIIIIIIHHI", b".text", 1, 0x1000, ALIGNED, ALIGNED, 0, 0, 0, 0, 0x60000020)
    head = dos + coff + optional + bytes(128) + section
    return head.ljust(ALIGNED, b"\0") + b"\xc3".ljust(2 * ALIGNED, b"\0")
