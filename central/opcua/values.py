"""A value of OPC UA as a message like any other: what it is, when its source had it, and what its status
says. What is not Good is never a plain value.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.core.clock import from_us, iso, to_us
from central.opcua.meaning import Followed
from central.streams.buffer import Message

OVERFLOW = 0x0480
"""Of the status code: the server's queue was too short, and values before this one are lost."""
_OF_DATA = 0x0C80


@dataclass(frozen=True)
class Told:
    """`value` is None where the server has none. `status`: OPC UA's code."""

    at_us: int
    status: int
    value: Any

    @property
    def good(self) -> bool:
        return self.status >> 30 == 0

    @property
    def lost_before(self) -> bool:
        return self.status & _OF_DATA == OVERFLOW


def told(data: Any, now: datetime) -> Told:
    """The source's own moment; the server's where it names none."""
    at = data.SourceTimestamp or data.ServerTimestamp or now
    status = data.StatusCode.value if data.StatusCode is not None else 0
    return Told(to_us(at), int(status), data.Value.Value if data.Value is not None else None)


def message(followed: Followed, said: Told, last: Any, now: datetime) -> Message | None:
    """`last` is what the variable had before: a status without a value marks that, at its moment; zero would
    be a lie. None where nothing is known that could be marked.
    """
    value = said.value
    if value is None and not said.good:
        value = last
        if value is None:
            return None
    body = {
        "tag": followed.tag,
        "value": value,
        "sourceTimestamp": iso(from_us(said.at_us)),
        "unit": followed.variable.unit,
        "statusCode": said.status,
    }
    text = json.dumps({key: one for key, one in body.items() if one != ""}, default=_unreadable)
    place = f"{followed.variable.name}@{said.at_us}"
    return Message(text.encode(), followed.variable.path, place, now)


def _unreadable(value: object) -> str:
    """Kept with its kind, and set aside as no number."""
    return f"{type(value).__name__} {value}"[:200]
