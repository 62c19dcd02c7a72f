"""The error that stops an import, with its place: never a column without a name, and what else is wrong in
that row.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.core.errors import KnownError
from app.core.texts import LANGUAGES, Speaker, in_each_language
from app.importers.field_names import names_of
from app.importers.rows import Problem

_OF_ROWS = {
    "value_missing": "time",
    "value_not_time": "time",
    "measured_ahead": "time",
    "cell_too_long": "well",
    "row_names_well": "well",
    "well_elsewhere": "well",
    "parameter_unknown": "parameter",
    "sensor_unknown": "sensor",
    "unit_unknown": "unit",
    "value_out_of_range": "value",
}
"""What is said of a row and of no column of it."""
MOST_BESIDE = 3


def first_wrong(path: Path | None, kind: str, problems: Sequence[Problem]) -> KnownError:
    """`problems` are those that stop it."""
    first = problems[0]
    details: dict[str, object] = {
        "sheet": first.sheet,
        "line": first.line,
        "column": _column(kind, first),
        "value": first.value,
        "count": sum(problem.code == first.code for problem in problems),
        **first.details,
    }
    if path is not None:
        details["file"] = str(path)
    beside = [
        p for p in problems if (p.sheet, p.line) == (first.sheet, first.line) and p.line and p is not first
    ]
    if beside:
        details["also"] = {language: _also(kind, beside, language) for language in LANGUAGES}
    return KnownError.of(first.code, details)


def _column(kind: str, problem: Problem) -> str | dict[str, str]:
    return column_of(problem) or of_row(kind, problem.code)


def column_of(problem: Problem) -> str:
    """Its header, or its number where it has none; empty for what is said of a row."""
    return problem.header or (f"№ {problem.column + 1}" if problem.column >= 0 else "")


def of_row(kind: str, code: str) -> dict[str, str]:
    """What the row lacks or has wrong, as a column of such a table is called, in each language."""
    field = _OF_ROWS.get(code)
    return in_each_language("column.whole_row") if field is None else names_of(kind, field)


def _also(kind: str, problems: list[Problem], language: str) -> str:
    speaker = Speaker(language)
    told = []
    for problem in problems[:MOST_BESIDE]:
        why = speaker.say(f"cell.{problem.code}", value=problem.value, **problem.details)
        told.append(f"{speaker.quoted(speaker.in_its_language(_column(kind, problem)))}: {why}")
    return "; ".join(told) + ("; …" if len(problems) > MOST_BESIDE else "")
