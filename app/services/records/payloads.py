"""What the payload of a record's entry says."""

from __future__ import annotations

from typing import Any

from app.core.clock import parse_time
from app.models.records import Record


def record_of(payload: dict[str, Any]) -> Record:
    until = payload.get("until")
    return Record(
        payload["record"],
        payload["kind"],
        payload["well"],
        parse_time(payload["at"]),
        parse_time(until) if until else None,
        payload["values"],
    )
