"""What an import decided by itself and can be told otherwise with one click: in the window it stands among
the questions, answered.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.importers.by_density import CODE as DENSITY
from app.importers.by_density import LEAVE_OUT
from app.importers.rows import Problem

LEAVE, TAKE = "leave", "take"
DENSITY_TOLD = "kinematic_left_out"
"""Its other answer is a density that is typed."""
OFFERED = {
    "import.rows_hidden": (LEAVE, TAKE),
    "import.regime_equipment": (LEAVE, TAKE),
    f"import.{DENSITY_TOLD}": (LEAVE_OUT,),
}
"""The remark → the answers that are buttons, the one that stands first."""


def offers(remarks: Sequence[tuple[str, dict[str, Any]]]) -> list[Problem]:
    """With severity "offer": nothing waits for an answer."""
    return [_offer(code, details) for code, details in remarks if code in OFFERED]


def _offer(remark: str, details: dict[str, Any]) -> Problem:
    code = remark.partition(".")[2]
    key = f"{DENSITY}:{details['column']}" if code == DENSITY_TOLD else code
    asked = {**details, "key": key, "options": dict.fromkeys(OFFERED[remark], "")}
    return Problem(str(details["sheet"]), 0, -1, "", "", code, "offer", asked)


def standing(problem: Problem) -> str:
    """The answer that holds while nobody gives one; empty for a question."""
    return next(iter(problem.details["options"])) if problem.severity == "offer" else ""
