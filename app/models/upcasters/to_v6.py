"""Which well another one was merged into is a record. What was written before means what it meant."""

from __future__ import annotations

from app.core.plain import JsonObject


def upcast(kind: str, payload: JsonObject) -> tuple[str, JsonObject]:
    return kind, payload
