"""How a pump, a choke or an injection is run stands beside the equipment. What was written before means
what it meant.
"""

from __future__ import annotations

from typing import Any


def upcast(kind: str, payload: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    return kind, payload
