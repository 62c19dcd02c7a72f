"""What is said of an import: names of fields, problems of cells, remarks. For the command line and the
preview alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from app.core.clock import parse_time
from app.core.errors import Details
from app.core.texts import Speaker, number
from app.core.unit_spellings import find_unit
from app.importers.choices import labels_of
from app.importers.field_names import field_name
from app.importers.figures import Figure
from app.importers.first_wrong import of_row
from app.importers.rows import Problem
from app.importers.targets import TABLE_KINDS
from app.models.kinds import KINDS
from app.models.kinds.spec import Field
from app.models.values import Read, list_of, part_of, text_of, texts_of
from app.reports import record_words
from app.reports.relation_words import contradiction_words

_DAY = re.compile(r"(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{2}){1,2}|\d{4}-\d{1,2}-\d{1,2})(?:[T ].*)?")
_DAY_OR_FRACTION = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b|(?<![\d.])\d+\.\d+(?![\d.])")


def choices(kind: str, speaker: Speaker) -> list[tuple[str, str]]:
    """(field, name) that a column of such a table can be: whose and when first, then by name."""
    targets = TABLE_KINDS[kind].targets
    roles = [(target.key, field_name(kind, target.key, speaker)) for target in targets if target.role]
    others = [(target.key, field_name(kind, target.key, speaker)) for target in targets if not target.role]
    return [*roles, *sorted(others, key=lambda pair: pair[1].lower())]


def figure_words(figure: Figure, kind: str, speaker: Speaker, *, long: bool = False) -> str:
    """`809 psi → 5,58 МПа`; of a column that is not used, why, and what one click makes of it. `long`: with
    how many values there are and from where to where.
    """
    if figure.reason:
        instead = field_name(kind, figure.instead, speaker) if figure.instead else ""
        return speaker.say(f"unused.{figure.reason}{'_instead' if instead else ''}", field=instead)
    if figure.first is None:
        return speaker.say("becomes.nothing")
    shown = f"{figure.shown} {unit_words(figure.unit, figure.quantity, speaker)}".strip()
    becomes = _figure_value(figure, figure.first, speaker)
    target = TABLE_KINDS[kind].target(figure.field)
    if target is not None and target.choices:
        becomes = labels_of(str(figure.first)).get(speaker.language, becomes)
    words = becomes if shown == becomes else f"{shown} → {becomes}"
    if not long:
        return words
    if figure.minimum is None or figure.maximum is None:
        return speaker.say("becomes.count", words=words, count=figure.count)
    low, high = (_figure_value(figure, value, speaker) for value in (figure.minimum, figure.maximum))
    return speaker.say("becomes.range", words=words, count=figure.count, low=low, high=high)


def _figure_value(figure: Figure, value: float | str, speaker: Speaker) -> str:
    if figure.field == "time" and isinstance(value, str):
        return speaker.dated(parse_time(value))
    if isinstance(value, str):
        return value
    if figure.quantity:
        return speaker.quantity(value, figure.quantity)
    shown = number(value, 0 if value == round(value) else 3, speaker.language)
    return f"{shown} {unit_words(figure.stored, '', speaker)}".strip()


def unit_words(unit: str, quantity: str, speaker: Speaker) -> str:
    """In the reader's language; as the file spells it where nobody knows it."""
    known = (find_unit(unit, quantity or None) or find_unit(unit)) if unit else None
    return unit if known is None else known.label(speaker.language)


def option_words(problem: Problem, answer: str, speaker: Speaker) -> str:
    """One reading of what a file leaves open, as it would be: `месяц первым: 2025-02-01`, `809 psi → 5,58
    МПа`.
    """
    options = problem.options
    code = problem.code
    value = _as_here(speaker.in_its_language(options[answer]), speaker)
    if code == "pressure_unit":
        unit = find_unit(answer, "pressure")
        if unit is not None:
            return f"{value} → {speaker.quantity(unit.to_si(float(problem.value)), 'pressure')}"
    if code == "number_marks":
        meant = float(str(options[answer]))
        thousands = meant >= 1000
        shown = number(meant, 0 if thousands else 3, speaker.language)
        return speaker.say(f"option.number_marks.{'thousands' if thousands else 'part'}", value=shown)
    named = f"option.{code.replace('twin_sheets', 'twin_values')}.{answer}"
    return speaker.say(named, value=value) if speaker.has(named) else value


def question_words(problem: Problem, speaker: Speaker) -> str:
    """What is asked, where its readings stand beside it as buttons."""
    code = f"ask.{problem.code}"
    if not speaker.has(code):
        return problem_words(problem, speaker)
    details = dict(problem.details)
    for key in ("sensor", "other"):
        if key in details:
            details[key] = field_name("readings", str(details[key]), speaker)
    return speaker.say(code, **{"value": problem.value, "line": problem.line, **details})


def problem_words(problem: Problem, speaker: Speaker) -> str:
    """Why a cell does not fit, in one short sentence."""
    details = {
        key: _as_here(one, speaker) if key in ("first", "second") and isinstance(one, str) else one
        for key, one in problem.details.items()
    }
    code = problem.code
    if code == "value_not_time" and _DAY.fullmatch(problem.value.strip()):
        code = "value_no_day"
    return speaker.say(f"cell.{code}", value=problem.value, **details)


def _as_here(told: str, speaker: Speaker) -> str:
    """What an importer, who has no language, says of a day and of a fraction: as the reader writes them."""
    if speaker.language != "ru":
        return told
    return _DAY_OR_FRACTION.sub(
        lambda met: f"{met[3]}.{met[2]}.{met[1]}" if met[1] else met[0].replace(".", ","), told
    )


def cell_words(kind: str, cell: Read, speaker: Speaker) -> str:
    """The same with its place, of a problem as a report keeps it: never a column without a name."""
    about = {key: value for key, value in cell.items() if key not in ("code", "details")}
    about = {**part_of(cell, "details"), **about}
    column = speaker.in_its_language(about["column"] or of_row(kind, text_of(cell, "code")))
    # `lines 3 and 4` of two values: a line that the sentence itself tells is not the cell's.
    told = {**about, "line": part_of(cell, "details").get("line", about["line"])}
    why = speaker.say(f"cell.{cell['code']}", **told)
    return speaker.say("cli.cell", **{**about, "column": column, "why": why})


def sheet_words(sheet: Read, speaker: Speaker) -> list[str]:
    """What a sheet's rows are where they are several kinds at once, and the columns that are not taken."""
    lines = []
    records = part_of(sheet, "records")
    if len(records) > 1:
        parts = (f"{speaker.say(f'kind.{kind}')} {count}" for kind, count in records.items())
        lines.append(speaker.say("import.several", records=", ".join(parts)))
    not_used = texts_of(sheet, "not_used")
    if not_used:
        names = "; ".join(map(speaker.quoted, not_used))
        lines.append(speaker.say("import.not_used", count=len(not_used), columns=names))
    return lines


def remark_words(kind: str, code: str, details: Details, speaker: Speaker) -> str:
    if "sensor" in details and code.startswith("import."):
        kinds = (
            [kind, *(table.key for table in TABLE_KINDS)]
            if kind in TABLE_KINDS
            else [table.key for table in TABLE_KINDS]
        )
        owner = next(
            (one for one in kinds if TABLE_KINDS[one].target(str(details["sensor"])) is not None), "readings"
        )
        columns = {
            key: field_name(owner, str(details[key]), speaker)
            for key in ("sensor", "other")
            if key in details
        }
        return speaker.say(code, **{**details, **columns})
    if code == "import.contradiction":
        what = " ".join(contradiction_words(text_of(details, "kind"), part_of(details, "values"), speaker))
        return speaker.say(code, **{**details, "what": what})
    if code == "import.said_otherwise":
        return speaker.say(code, **{**details, "what": "; ".join(_otherwise(details, speaker))})
    if code in ("import.string_new", "import.overwritten", "import.joined"):
        kind_of_it = KINDS[text_of(details, "kind")]
        named = (kind_of_it.field(key).name(speaker.language) for key in texts_of(details, "fields"))
        return speaker.say(code, **{**details, "named": "; ".join(map(speaker.quoted, named))})
    if code in ("import.lift_changed", "import.lift_asks"):
        lifts = {key: speaker.say(f"lift.{details[key]}") for key in ("now", "said")}
        return speaker.say(code, **{**details, **lifts})
    if code == "import.far_away":
        return speaker.say(
            code, **{**details, "value": speaker.moment(parse_time(text_of(details, "value")))}
        )
    return speaker.say(code, **details)


def _otherwise(details: Details, speaker: Speaker) -> Iterator[str]:
    kind, values = KINDS[text_of(details, "kind")], part_of(details, "values")
    for key in values:
        field = kind.field(key)
        was, now = (_value_words(field, value, speaker) for value in list_of(values, key))
        yield speaker.say("import.was_now", field=field.name(speaker.language), was=was, now=now)


def _value_words(field: Field, value: Any, speaker: Speaker) -> str:
    """Of a table in a record only how many rows it has."""
    if field.type == "rows":
        return speaker.say("record.rows", count=len(value))
    return record_words.with_unit_of(field, record_words.as_typed(field, value, speaker), speaker)
