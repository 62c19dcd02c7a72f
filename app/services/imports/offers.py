"""What an import decided by itself and can be told otherwise with one click: in the window it stands among
the questions, answered.
"""

from __future__ import annotations

from typing import Any

from app.importers.rows import Problem

DEFAULT = "leave"
OFFERED = {"import.rows_hidden": "rows_hidden", "import.regime_equipment": "regime_equipment"}
"""The remark → the answer of the plan that decides it: leave or take."""


def offers(remarks: list[tuple[str, dict[str, Any]]]) -> list[Problem]:
    """With severity "offer": nothing waits for an answer."""
    return [_offer(OFFERED[code], details) for code, details in remarks if code in OFFERED]


def _offer(key: str, details: dict[str, Any]) -> Problem:
    asked = {**details, "key": key, "options": {DEFAULT: "", "take": ""}}
    return Problem(str(details["sheet"]), 0, -1, "", "", key, "offer", asked)
