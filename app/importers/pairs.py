"""Trends that a historian writes as a pair of columns for each tag: its times, and its values beside them.
The tag stands over the pair; here it becomes the name of the values.
"""

from __future__ import annotations

import re
from typing import Any

from app.core.unit_spellings import find_unit
from app.importers.layout import is_value
from app.importers.numbers import NOTHING
from app.importers.sheets import Cells, text_of

_GENERIC = re.compile(
    r"^(?:tag(?:\s*name)?s?|units?|eng\.?\s*units?|time(?:\s*stamp)?|date(?:\s*time)?|values?|description|desc|"
    r"время|дата|дата и время|метка времени|знач\w*|тег\w*|единиц\w*|ед\.?\s*изм\.?|параметр|описание)$",
    re.IGNORECASE,
)
_OF_PAIR = re.compile(
    r"[\s_.\-]+(?:time(?:\s*stamp)?|date(?:\s*time)?|values?|время|дата|знач\w*)$"
    r"|^(?:time(?:\s*stamp)?|date|время|дата)[\s_.\-]+",
    re.IGNORECASE,
)
"""What each of the two columns of a tag says beside its name."""
_SPACED = re.compile(r"^(\d{2,6}[^\W\d_]{0,3})\s+([^\W\d_])")
"""`101 PIP` over a pair is the tag 101.PIP."""
_DATED = re.compile(r"^\d{1,4}[./\- ](?:\d{1,2}|[^\W\d_]{3})[./\- ]\d{1,4}")
LOOKED_AT, LEAST_ROWS, MOST_ABOVE = 40, 2, 5
TIME = "Time"


def unpaired(rows: Cells) -> Cells:
    """The rows with a header of their own over each pair; as they are where they are no such trends. Each row
    stays at its line.
    """
    begins = next((i for i, row in enumerate(rows[: MOST_ABOVE + 1]) if is_moment(_cell(row, 0))), None)
    if not begins:
        return rows
    body = [row for row in rows[begins : begins + LOOKED_AT] if any(map(text_of, row))]
    width = max(map(len, body))
    pairs = range(0, width - 1, 2)
    if width % 2 or len(body) < LEAST_ROWS or not all(_is_pair(body, i) for i in pairs):
        return rows
    above = rows[:begins]
    names = next((found for row in above if (found := _named(row, pairs)) is not None), None)
    alone = above if len(pairs) == 1 else above[-1:]  # of one tag, lines of its own may follow its name
    if names is None or any(_is_flat(row, pairs) for row in alone):
        return rows
    units = next((found for row in above if (found := _units(row, pairs))), [""] * len(pairs))
    header: list[Any] = []
    for name, unit in zip(names, units, strict=True):
        header += [TIME, f"{name} ({unit})" if unit else name]
    return [*([[]] * (begins - 1)), header, *rows[begins:]]


def _cell(row: list[Any], index: int) -> str:
    return text_of(row[index]) if index < len(row) else ""


def is_moment(text: str) -> bool:
    """Whether a cell begins as a date does."""
    return bool(_DATED.match(text)) and any(ch.isdigit() for ch in text)


def _is_pair(body: Cells, at: int) -> bool:
    """Moments, and beside them values or a historian's words; a shorter tag ends earlier."""
    times, values = [_cell(row, at) for row in body], [_cell(row, at + 1) for row in body]
    there = [text for text in times if text]
    numbers = [text for text in values if text and is_value(text) and not is_moment(text)]
    return bool(there) and all(map(is_moment, there)) and bool(numbers)


def _named(row: list[Any], pairs: range) -> list[str] | None:
    """The tag over each pair, where this row has one over each of them."""
    found = []
    for at in pairs:
        said = [text for i in (at, at + 1) if (text := _cell(row, i)) and not _GENERIC.match(text)]
        said = _of_both(said)
        if (
            len(said) != 1
            or is_value(said[0])
            or find_unit(said[0]) is not None
            or said[0].lower() in NOTHING
        ):
            return None
        found.append(_SPACED.sub(r"\1.\2", said[0]))
    return found


def _of_both(said: list[str]) -> list[str]:
    """`101.PIP Timestamp | 101.PIP Value`, `Time_PIP | PIP_psi`: one tag."""
    if len(said) != 2:
        return said
    time, value = (_OF_PAIR.sub("", text) for text in said)
    return [value] if time and time != said[0] and value.startswith(time) else said


def _units(row: list[Any], pairs: range) -> list[str]:
    found = []
    for at in pairs:
        said = [text for i in (at, at + 1) if (text := _cell(row, i)) and find_unit(text) is not None]
        found.append(said[0] if len(said) == 1 else "")
    return found if any(found) else []


def _is_flat(row: list[Any], pairs: range) -> bool:
    """`Time | 101.PIP | Time | 101.Freq`: names enough of its own."""
    return all(
        _GENERIC.match(_cell(row, at)) and _cell(row, at + 1) and not _GENERIC.match(_cell(row, at + 1))
        for at in pairs
    )
