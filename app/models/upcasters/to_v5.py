"""What a well is beside: its place, its electricity, its alarms; and workovers that are planned. One that
does not say was done, now as before.
"""

from __future__ import annotations

from app.core.plain import JsonObject


def upcast(kind: str, payload: JsonObject) -> tuple[str, JsonObject]:
    return kind, payload
