"""When a reading alarms is a record, and so is what was done about an alarm."""

from __future__ import annotations

from app.core.plain import JsonObject


def upcast(kind: str, payload: JsonObject) -> tuple[str, JsonObject]:
    return kind, payload
