"""Keys made by the client: UUIDv7 (RFC 9562, 5.7), sortable by the time they were made."""

from __future__ import annotations

import os
import time
import uuid


def new_id() -> str:
    value = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=value & (1 << 128) - 1))


def is_of_a_file(record_id: str) -> bool:
    """A digest (`models/kinds/naming`), not made by new_id(); in SQL: without a dash."""
    return "-" not in record_id
