"""What is said of an import: names of fields, problems of cells, remarks. For the command line and the
preview alike.
"""

from __future__ import annotations

from typing import Any

from app.core.texts import Speaker
from app.importers.rows import Problem
from app.importers.targets import TABLE_KINDS
from app.models.kinds import KINDS
from app.models.kinds.lab import PARAMETERS
from app.models.sensors import SENSORS


def field_name(kind: str, key: str, speaker: Speaker) -> str:
    """A column's meaning in the reader's language."""
    if kind == "readings" and key in SENSORS:
        return SENSORS[key].name(speaker.language)
    if kind == "lab_result" and key in PARAMETERS:
        return speaker.say(f"lab.{key}")
    if kind in KINDS:
        field = next((field for field in KINDS[kind].fields if field.key == key), None)
        if field is not None:
            return field.name(speaker.language)
    return speaker.say(f"column.{key}")


def choices(kind: str, speaker: Speaker) -> list[tuple[str, str]]:
    """(field, name) that a column of such a table can be: whose and when first, then by name."""
    targets = TABLE_KINDS[kind].targets
    roles = [(target.key, field_name(kind, target.key, speaker)) for target in targets if target.role]
    others = [(target.key, field_name(kind, target.key, speaker)) for target in targets if not target.role]
    return [*roles, *sorted(others, key=lambda pair: pair[1].lower())]


def problem_words(problem: Problem, speaker: Speaker) -> str:
    """Why a cell does not fit, in one short sentence."""
    return speaker.say(f"cell.{problem.code}", value=problem.value, **problem.details)


def sheet_words(sheet: dict[str, Any], speaker: Speaker) -> list[str]:
    """What a sheet's rows are where they are several kinds at once, and the columns that are not taken."""
    lines = []
    if len(sheet.get("records", {})) > 1:
        parts = (f"{speaker.say(f'kind.{kind}')} {count}" for kind, count in sheet["records"].items())
        lines.append(speaker.say("import.several", records=", ".join(parts)))
    if sheet.get("not_used"):
        names = "; ".join(f"«{name}»" for name in sheet["not_used"])
        lines.append(speaker.say("import.not_used", count=len(sheet["not_used"]), columns=names))
    return lines


def remark_words(kind: str, code: str, details: dict[str, Any], speaker: Speaker) -> str:
    if code == "import.unit_assumed" or code.startswith("import.column_"):
        kinds = (
            [kind, *(table.key for table in TABLE_KINDS)]
            if kind in TABLE_KINDS
            else [table.key for table in TABLE_KINDS]
        )
        owner = next(
            (one for one in kinds if TABLE_KINDS[one].target(str(details["sensor"])) is not None), "readings"
        )
        return speaker.say(code, **{**details, "sensor": field_name(owner, str(details["sensor"]), speaker)})
    if code in ("import.lift_changed", "import.lift_asks"):
        lifts = {key: speaker.say(f"lift.{details[key]}") for key in ("now", "said")}
        return speaker.say(code, **{**details, **lifts})
    return speaker.say(code, **details)
