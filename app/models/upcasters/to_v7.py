"""How a pump, a choke or an injection is run stands beside the equipment. What was written before means
what it meant.
"""

from __future__ import annotations

from app.core.plain import JsonObject


def upcast(kind: str, payload: JsonObject) -> tuple[str, JsonObject]:
    return kind, payload
