"""Wells as they are run: new kinds of records, and new fields of equipment changes and flow tests. What was
written before means what it meant.
"""

from __future__ import annotations

from app.core.plain import JsonObject


def upcast(kind: str, payload: JsonObject) -> tuple[str, JsonObject]:
    return kind, payload
