"""What an import decided by itself and can be told otherwise with one click: in the window it stands among
the questions, answered.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.core.errors import Details, Remark
from app.importers.by_density import CODE as DENSITY
from app.importers.by_density import LEAVE_OUT
from app.importers.remarks import COLUMN_UNIT, LEAVE, TAKE
from app.importers.repairs import CLOCK, CONVERT, COPIED, OUT, PUT_BACK, ROLLED, SWAPPED, TURNED
from app.importers.rows import Problem

DENSITY_TOLD = "kinematic_left_out"
"""Its other answer is a density that is typed."""
OFFERED = {
    "import.rows_hidden": (LEAVE, TAKE),
    "import.regime_equipment": (LEAVE, TAKE),
    f"import.{DENSITY_TOLD}": (LEAVE_OUT,),
    f"import.{SWAPPED}": (LEAVE, PUT_BACK),
    f"import.{CLOCK}": (LEAVE, PUT_BACK),
    f"import.{ROLLED}": (LEAVE, PUT_BACK),
    f"import.{TURNED}": (LEAVE, CONVERT),
    f"import.{COPIED}": (LEAVE, OUT),
    f"import.{COLUMN_UNIT}": (LEAVE,),
    f"import.{COLUMN_UNIT}_against": (LEAVE,),
    f"import.{COLUMN_UNIT}_beside": (LEAVE,),
    f"import.{COLUMN_UNIT}_rare": (LEAVE,),
    f"import.{COLUMN_UNIT}_shaken": (LEAVE,),
    f"import.{COLUMN_UNIT}_work": (LEAVE,),
}
"""The remark → the answers that are buttons, the one that stands first."""


def offered(remark: str, details: Details) -> bool:
    """Whether a click tells it otherwise: it is of a sheet whose answers are kept with the import."""
    return remark in OFFERED and bool(details.get("sheet"))


def offers(remarks: Sequence[Remark]) -> list[Problem]:
    """With severity "offer": nothing waits for an answer."""
    told: dict[tuple[str, str], Problem] = {}
    for code, details in remarks:
        if offered(code, details):
            one = _offer(code, details)
            told.setdefault(
                (one.sheet, str(one.details["key"])), one
            )  # one answer holds for all wells of a sheet
    return list(told.values())


def _offer(remark: str, details: Details) -> Problem:
    code = remark.partition(".")[2]
    of_unit = code.startswith(COLUMN_UNIT)
    if code == DENSITY_TOLD:
        key = f"{DENSITY}:{details['column']}"
    elif of_unit or code in (ROLLED, TURNED, COPIED):
        key = f"{COLUMN_UNIT if of_unit else code}:{details['sensor']}"
    else:
        key = code
    options = dict.fromkeys(OFFERED[remark], "")
    if of_unit:
        options |= {unit: unit for unit in str(details["fits"]).split(", ")}
    return Problem(
        str(details["sheet"]), 0, -1, "", "", code, "offer", {**details, "key": key, "options": options}
    )


def standing(problem: Problem) -> str:
    """The answer that holds while nobody gives one; empty for a question."""
    return next(iter(problem.options)) if problem.severity == "offer" else ""
