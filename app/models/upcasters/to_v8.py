"""What is to be done is a record, pulled equipment that was taken apart too; an event may be a plan. One that
does not say has happened, now as before.
"""

from __future__ import annotations

from app.core.plain import JsonObject


def upcast(kind: str, payload: JsonObject) -> tuple[str, JsonObject]:
    return kind, payload
