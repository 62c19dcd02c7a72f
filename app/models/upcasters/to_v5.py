"""What a well is beside: its place, its electricity, its alarms; and workovers that are planned. One that
does not say was done, now as before.
"""

from __future__ import annotations

from typing import Any


def upcast(kind: str, payload: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    return kind, payload
