"""Records in words: one field, one line, a laboratory's figure. Pages, forms and reports say them alike."""

from __future__ import annotations

import re
from typing import Any

from app.core.clock import parse_time
from app.core.texts import Speaker
from app.core.units import Unit
from app.models.kinds import KINDS
from app.models.kinds.lab import PARAMETERS
from app.models.kinds.spec import Field
from app.models.records import Record, Source
from app.models.values import Values, number_of, rows_of
from app.reports.alarm_words import pen_words
from app.reports.gap_words import within

UNSAID = ("author", "grounds", "into_uid", "finding", "done_by", "rule")
"""Not in a line: it has a column of its own, or is for programs."""

_SHARE = re.compile(r"%\s*\(?(?:(?P<mass>мас\w*|вес\w*)|(?P<volume>об\w*)|мол\w*)\.?\)?", re.IGNORECASE)
"""Per cent of what, as Russian protocols print it."""

MOST_TYPED = 12
"""More digits than that nobody has typed: they are of a conversion."""


def unit_of(field: Field, speaker: Speaker) -> Unit:
    return speaker.units.unit(field.quantity)


def shown(field: Field, value: Any, speaker: Speaker) -> str:
    """A value of a record as its field shows it, to be edited or read."""
    if value is None or value == "":
        return ""
    if field.type == "choice":
        return _known_words(choice_words(field, str(value), speaker), speaker)
    if field.type == "rows":
        return "; ".join(row_words(field, row, speaker) for row in value)
    if field.type == "flag":
        return speaker.say("form.yes" if value else "form.no")
    if field.type == "time":
        return speaker.moment(parse_time(str(value)))
    if field.type != "number":
        return _known_words(str(value), speaker)
    return speaker.terse(float(value), field.quantity)


def as_typed(field: Field, value: Any, speaker: Speaker) -> str:
    """A value as one would type it: a number with all its digits where they are few, for an edit must not
    round what it does not touch.
    """
    if field.type == "text":
        return str(value or "")  # a code of ours stays one: else an edit of a neighbour would change it
    if field.type != "number" or value is None or value == "":
        return shown(field, value, speaker)
    text = repr(unit_of(field, speaker).written(float(value)))
    if len(text.replace(".", "").strip("-0")) > MOST_TYPED or "e" in text:
        return shown(field, value, speaker)
    text = text.removesuffix(".0")
    return text.replace(".", ",") if speaker.language == "ru" else text


def row_words(field: Field, row: Values, speaker: Speaker) -> str:
    """`560 м × 22 мм`: the cells of a row that is told among others."""
    cells = [cell for cell in field.cells if cell.key in row]
    return " × ".join(with_unit_of(cell, shown(cell, row[cell.key], speaker), speaker) for cell in cells)


def with_unit_of(field: Field, words: str, speaker: Speaker) -> str:
    unit = unit_of(field, speaker).label(speaker.language) if field.type == "number" else ""
    return f"{words}\u00a0{unit}" if unit else words


def choice_words(field: Field, code: str, speaker: Speaker) -> str:
    return speaker.say(f"{field.said}.{code}") if speaker.has(f"{field.said}.{code}") else code


def field_words(field: Field, record: Record, speaker: Speaker) -> str:
    """`Дебит жидкости 12,3 м³/сут`."""
    return with_unit_of(field, shown(field, record.values.get(field.key), speaker), speaker)


def summary(record: Record, speaker: Speaker) -> str:
    """What a record says, in one line: its kind of thing first, then its values."""
    if record.kind == "lab_result":
        return _result_line(record, speaker)
    parts = []
    for field in KINDS[record.kind].fields:
        if field.key not in record.values or field.key in UNSAID:
            continue
        words = field_words(field, record, speaker)
        if field.key == "pen":
            parts.append(pen_words(words, "", speaker))
        elif field.type == "rows":
            parts.append(speaker.say("record.rows", count=len(rows_of(record.values, field.key))))
        elif field.type in ("choice", "text"):
            parts.append(words)
        elif field.type == "flag":
            parts.append("" if record.values[field.key] else f"{field.name(speaker.language)}: {words}")
        else:
            parts.append(f"{within(field.name(speaker.language))} {words}")
    return "; ".join(part for part in parts if part)


def _result_line(record: Record, speaker: Speaker) -> str:
    """`Обводнённость 34,42 %, ГОСТ 2477`: one thing that a laboratory determined."""
    kind, language = KINDS[record.kind], speaker.language
    name = choice_words(kind.field("parameter"), str(record.values.get("parameter", "")), speaker)
    unit = lab_unit(record, speaker)
    found = f"{name} {result_words(record, speaker)}" + (f"\u00a0{unit}" if unit else "")
    sample = record.values.get("sample")
    numbered = f"{kind.field('sample').name(language)} {sample}" if sample else ""
    others = (str(record.values.get(key) or "") for key in ("method", "point", "lab", "note"))
    return ", ".join(filter(None, (found, numbered, *others)))


def _known_words(words: str, speaker: Speaker) -> str:
    """A text that is a code of ours (why a pump was pulled, what stopped it) in the reader's language; any
    other as it was written.
    """
    for place in ("event_note", "finding"):
        if speaker.has(f"{place}.{words}"):
            return speaker.say(f"{place}.{words}")
    return words


def sources_line(sources: tuple[Source, ...], speaker: Speaker) -> str:
    """`Computed with: rod string of 01.03.2026; …`; that nothing is known of the equipment where it is so."""
    if not sources:
        return speaker.say("card.computed_with_nothing")
    parts = [
        speaker.say("card.source", what=KINDS[one.kind].name(speaker.language), day=speaker.day(one.at))
        for one in sources
    ]
    return speaker.say("card.computed_with", sources="; ".join(parts))


def result_words(record: Record, speaker: Speaker) -> str:
    """A laboratory's figure as its protocol has it: `<0,05`, `н/о`, `862`."""
    value, qualifier = number_of(record.values, "value"), str(record.values.get("qualifier", ""))
    if value is None:
        return qualifier or "—"
    number = f"{value:.6g}"
    number = number.replace(".", ",") if speaker.language == "ru" else number
    return qualifier + number if qualifier in ("<", ">", "≤", "≥") else number


def lab_unit(record: Record, speaker: Speaker) -> str:
    """The unit of a laboratory's figure as printed, in the reader's letters."""
    printed, key = str(record.values.get("unit", "")), record.values.get("parameter")
    own = next((one for one in PARAMETERS if one.key == key), None)
    if own is not None and printed == own.unit:
        return own.unit_label(speaker.language)
    share = _SHARE.fullmatch(printed) if speaker.language == "en" else None
    if share is None:
        return printed
    return "% mass" if share["mass"] else "% vol." if share["volume"] else "% mol."
