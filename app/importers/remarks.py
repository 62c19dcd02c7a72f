"""What is said of an import beside its errors: the text, `--json` and the preview carry the same. A question
is a problem with severity "question": two readings of what stands in the file, and the answer that takes
each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from app.core.errors import Remark
from app.core.units import Unit
from app.importers.rows import Problem, Said

LINES_SHOWN = 10
LEAVE, TAKE = "leave", "take"
"""Answers to what was decided without asking."""
COLUMN_UNIT = "column_unit"
"""Of one sensor; its other answers are the units in which the numbers would be right."""


def first_of(every: Sequence[object]) -> str:
    """`1, 2, 3 …`"""
    return ", ".join(map(str, every[:LINES_SHOWN])) + (" …" if len(every) > LINES_SHOWN else "")


def remark(
    code: str, sheet: str, *, column: str = "", lines: Iterable[int] = (), **details: object
) -> Remark:
    """In its details: sheet, column, lines, count, and both readings as first and second. `count` is of all
    lines; the first of them are named.
    """
    every = [int(line) for line in lines]
    about: dict[str, object] = {"sheet": sheet, "column": column}
    if every:
        shown = every[:LINES_SHOWN]
        about |= {"lines": shown, "count": len(every), "where": first_of(every)}
    return f"import.{code}", about | details


def left_out(code: str, sheet: str, line: int, text: str) -> Remark:
    """Of a line that is no row: `row_left_out`, or `row_cut_off` where the file breaks off in it."""
    return f"import.{code}", {"sheet": sheet, "line": line, "text": text[:80]}


ATMOSPHERE = "101 325 Pa"


def gauge_remark(sheet: str, column: str, unit: Unit) -> Remark:
    """What was added to pressures that are told above the atmosphere's."""
    return remark("gauge", sheet, column=column, unit=names_of_units([unit]), added=ATMOSPHERE)


def ppm_remark(sheet: str, column: str, written: str) -> list[Remark]:
    """Of brine a million parts weigh more than a litre does, and nobody says which are meant."""
    return [remark("parts_per_million", sheet, column=column)] if written.strip().lower() == "ppm" else []


def question(
    code: str, sheet: str, line: int, column: int, header: str, value: str, options: Mapping[str, Said]
) -> Problem:
    """`options`: the answer → what the cell would be then. Two of them."""
    key = f"{code}:{header}" if header and code in OF_COLUMNS else code
    first, second = list(options.values())[:2]
    details = {"key": key, "options": dict(options), "first": first, "second": second}
    return Problem(sheet, line, column, header, value[:120], code, "question", details)


OF_COLUMNS = frozenset(
    {
        "number_marks",
        "share_unit",
        "elapsed_unit",
        "liquid_density",
        "since_when",
        "maybe_filler",
        "clock_or_length",
    }
)
"""Questions that each column answers for itself; the others are the sheet's."""


def answer_to(answers: dict[str, str], code: str, header: str = "") -> str:
    """What was said of this column, or of all of them."""
    return answers.get(f"{code}:{header}") or answers.get(code, "")


def with_unit(value: str, unit: Unit) -> dict[str, str]:
    """`809 кПа` and `809 kPa`."""
    return {language: f"{value} {unit.label(language)}" for language in ("ru", "en")}


def names_of_units(units: Iterable[Unit]) -> dict[str, str]:
    """Language → the units one after another."""
    every = list(units)
    return {language: ", ".join(unit.label(language) for unit in every) for language in ("ru", "en")}
