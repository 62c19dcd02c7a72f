"""Forms that stand in two or three pairs of columns, `Куст | 7 | Дата запуска | 03.02.2026`: the pairs under
one another, as one form.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from app.importers.layout import LOOK, is_value
from app.importers.overlooked import counts_rows
from app.importers.sheets import Cells, text_of
from app.importers.targets import TABLE_KINDS
from app.importers.unit_letters import written_out
from app.importers.vocabulary import Vocabulary

LEAST_NAMES = 2
LEAST_OF_EQUIPMENT = 3


def once_said(rows: Cells, words: Vocabulary) -> Cells:
    """A title in a cell merged over all columns is written out in each of them: it stands in the first."""
    return [_once(row, words) if i < LOOK else row for i, row in enumerate(rows)]


def _once(row: list[Any], words: Vocabulary) -> list[Any]:
    said = {text for cell in row if (text := text_of(cell))}
    if len(row) < 2 or len(said) != 1 or not all(map(text_of, row)):
        return row
    (text,) = said
    return row if is_value(text) or words.means(text) else [row[0], *[""] * (len(row) - 1)]


_LABELLED = re.compile(r"^([^:]{2,60}?)\s*:\s*(\S.*)$")
LEAST_LABELS = 3


def parted(rows: Cells, words: Vocabulary) -> Cells:
    """`Глубина спуска насоса: 1321 м` in one cell, line under line: names and values in two columns. As they
    are where they are no such form.
    """
    if len(rows) > LOOK or any(len([*filter(text_of, row)]) > 1 for row in rows):
        return rows
    lines = [_LABELLED.match(next(filter(None, map(text_of, row)), "")) for row in rows]
    known = [found for found in lines if found is not None and words.means(found[1])]
    if len(known) < LEAST_LABELS:
        return rows
    return [
        [found[1], found[2]] if found is not None else row for found, row in zip(lines, rows, strict=True)
    ]


def as_form(rows: Cells, words: Vocabulary) -> Cells:
    """`Параметр | Значение | Ед. изм.` over what a passport tells of its equipment is no header of a table in
    long form: without it.
    """
    for i, row in enumerate(rows[:LOOK]):
        means: frozenset[str] = frozenset().union(*map(words.means, filter(None, map(text_of, row))))
        said = [text for cell in row if (text := text_of(cell)) and not counts_rows(text)]
        if not {"parameter", "value"} <= means or len(said) > 3:
            continue
        at = next(n for n, cell in enumerate(row) if "parameter" in words.means(text_of(cell)))
        names = [text_of(below[at]) for below in rows[i + 1 : LOOK] if at < len(below)]
        known = [words.means(name) for name in written_out(names) if name]
        of_equipment = sum(bool(one & _equipment()) for one in known)
        # Its own well among what it tells: no protocol has a line for that.
        least = 1 if any("well" in one for one in known) else LEAST_OF_EQUIPMENT
        if of_equipment >= least:
            return [*rows[:i], *rows[i + 1 :]]
    return rows


EQUIPMENT_TABLES = (frozenset({"rod_length", "rod_diameter"}), frozenset({"inclination", "azimuth"}))
"""What the headers of a rod tally and of a survey mean."""


def equips(row: list[Any], words: Vocabulary) -> bool:
    """`Глубина спуска насоса, м | 1500`: a line that tells of what stands in a well."""
    filled = [text for cell in row if (text := text_of(cell))]
    tells = 2 <= len(filled) <= 3 and bool(words.means(filled[0]) & _equipment())
    return tells and not words.means(filled[1])


@cache
def _equipment() -> frozenset[str]:
    return frozenset(
        target.named
        for kind in ("installation", "pumping_unit", "rod_string")
        for target in TABLE_KINDS[kind].targets
        if not target.role
    )


def folded(rows: Cells, words: Vocabulary) -> Cells:
    """The rows as they are where they are no such form."""
    if not LEAST_NAMES <= len(rows) <= LOOK:
        return rows
    names = _columns_of_names(rows, words)
    if len(names) < 2 or names[0] != 0 or any(b - a < 2 for a, b in zip(names, names[1:], strict=False)):
        return rows
    if any(sum(_is_name(cell, words) for cell in _beside(row, names)) > 1 for row in rows):
        return rows  # a header of a table
    if any(map(_is_table, rows, rows[1:], rows[2:])):
        return rows
    titles = [row for row in rows if len(list(filter(text_of, row))) == 1 and not _is_name(row[0], words)]
    form = [row for row in rows if row not in titles]
    ends = [*names[1:], max(map(len, rows))]
    width = max(end - start for start, end in zip(names, ends, strict=True))
    pairs = [
        [*row[start:end], *[""] * (width - len(row[start:end]))]
        for start, end in zip(names, ends, strict=True)
        for row in form
        if start < len(row) and text_of(row[start])
    ]
    return [*titles, *pairs]


def _is_table(*rows: list[Any]) -> bool:
    """Words over two rows of numbers, under lines that tell of the well: `Скважина | 101 | Куст | 1`."""
    head, *below = ([text for cell in row if (text := text_of(cell))] for row in rows)
    named = len(head) > LEAST_NAMES and not any(map(is_value, head))
    return named and all(len(row) > LEAST_NAMES and all(map(is_value, row)) for row in below)


def _columns_of_names(rows: Cells, words: Vocabulary) -> list[int]:
    """Columns in which known names stand, each with something that is none to its right."""
    found = []
    for column in range(max(map(len, rows)) - 1):
        beside = [
            row[column + 1]
            for row in rows
            if column + 1 < len(row) and _is_name(row[column], words) and text_of(row[column + 1])
        ]
        values = sum(not _is_name(cell, words) for cell in beside)
        if len(beside) >= LEAST_NAMES and values >= 0.7 * len(beside):
            found.append(column)
    return found


def _beside(row: list[Any], names: list[int]) -> list[Any]:
    return [row[column + 1] for column in names if column + 1 < len(row)]


def _is_name(cell: object, words: Vocabulary) -> bool:
    text = text_of(cell)
    return bool(text) and len(text) < 90 and not is_value(text) and bool(words.means(text))
