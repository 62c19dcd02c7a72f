"""Several tables on one sheet, beside each other or one below the other: each becomes a sheet of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from app.importers.cell_units import said_in_cells
from app.importers.grid import repeated_headers, sheet_of
from app.importers.layout import LOOK, find_layout, header_texts, is_units, is_value, says
from app.importers.pairs import unpaired
from app.importers.sheets import Cells, Layout, Sheet, text_of
from app.importers.side_by_side import EQUIPMENT_TABLES, as_form, equips, folded, once_said, parted
from app.importers.tag_heads import one_head
from app.importers.unfolding import unfolded
from app.importers.units_across import one_unit_each
from app.importers.vocabulary import Vocabulary

MOST_TABLES = 200
LEAST_ABOVE = 2
_ROLES = {"well", "time", "year"}
_TELLS = re.compile(
    r"скв|well|куст|\bpad\b|\bcard\b|динамограмм|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}", re.IGNORECASE
)
"""A title that says whose, when or which the table under it is."""

_WHOLE_DATE = re.compile(r"^\s*\d{1,2}[./]\d{1,2}[./]\d{4}(?:\s*г\.?)?\s*$")
_NAMES_WELL = re.compile(r"^\s*(?:скважина|скв|well)\.?\s*(?:№|#|no\.?|name)?\s*:?\s*$", re.IGNORECASE)
"""`Скважина | 102`: a title, not a row."""


def sheets_of(
    path: Path,
    name: str,
    rows: Cells,
    words: Vocabulary,
    layouts: Mapping[str, Layout],
    *,
    hidden: bool = False,
) -> list[Sheet]:
    """Every table of a sheet; the first has the sheet's name. `layouts` are those that are settled already.
    Raises KnownError for a table that is too wide.
    """
    rows = one_head(rows, words)
    rows = one_unit_each(parted(once_said(rows, words), words), words)
    rows = unpaired(folded(as_form(rows, words), words))
    settled = {
        title: layout
        for title, layout in layouts.items()
        if title == name or re.fullmatch(re.escape(name) + r" \(\d+\)", title)
    }
    if not settled:
        settled = {
            name if number == 1 else f"{name} ({number})": layout
            for number, layout in enumerate(tables_in(rows, words), 1)
        }
    found = [sheet_of(path, title, rows, words, layout, hidden=hidden) for title, layout in settled.items()]
    named = "" if name == path.stem else name
    return [unfolded(said_in_cells(sheet, words), words, named) for sheet in found if sheet is not None]


def tables_in(rows: Cells, words: Vocabulary) -> list[Layout]:
    whole = find_layout(rows, words)
    if whole is None or whole.transposed:
        return [] if whole is None else [whole]
    form = _form_above(rows, whole, words)
    found: list[Layout] = [form] if form is not None else []
    tops = _tops(rows, words, whole)
    for top, end in zip(tops, [*tops[1:], None], strict=True):
        layout = whole if len(tops) == 1 else find_layout(rows[top:end], words)
        if layout is None or layout.transposed:
            continue
        if len(tops) > 1:
            layout = _moved(layout, top, end)
        found += _beside(rows[:end], layout, words)
    return found[:MOST_TABLES] or [whole]


def _form_above(rows: Cells, whole: Layout, words: Vocabulary) -> Layout | None:
    """`Диаметр насоса, мм | 44` and its like over a rod tally or a survey: a passport of its own."""
    means = [words.means(text_of(cell)) for cell in rows[whole.header]]
    said: frozenset[str] = frozenset().union(*means)
    if not any(table <= said for table in EQUIPMENT_TABLES):
        return None
    above = rows[: whole.header]
    if sum(equips(row, words) for row in above) < LEAST_ABOVE:
        return None
    layout = find_layout(above, words)
    return replace(layout, end=whole.header) if layout is not None and layout.transposed else None


def _moved(layout: Layout, top: int, end: int | None) -> Layout:
    units = None if layout.units_row is None else layout.units_row + top
    return replace(
        layout, header=layout.header + top, units_row=units, data=layout.data + top, top=top, end=end
    )


# ---- one below the other -----------------------------------------------------------------------------------


def _tops(rows: Cells, words: Vocabulary, whole: Layout) -> list[int]:
    """Where each table begins, its titles with it; the first at 0."""
    heads = [i for i in _headers(rows, words) if not whole.header <= i < whole.data]
    again = {i + whole.data for i in repeated_headers(rows, whole)}
    tops = {0}
    for head in sorted({*heads, *again, whole.header}):
        top = _title_above(rows, head)
        if head in again and not _tells_anew(rows, top, head, whole):
            continue
        if (
            any(is_value(cell) for row in rows[:top] if not _only_says(row) for cell in row if text_of(cell))
            and top > 0
        ):
            tops.add(top)
    return sorted(tops)


def _headers(rows: Cells, words: Vocabulary) -> list[int]:
    """Rows of names with rows of values under them: the first row of each such block."""
    known = lru_cache(maxsize=4096)(lambda text: bool(words.means(text)))
    found: list[int] = []
    last = -5
    for i, row in enumerate(rows):
        if not _is_names(row, known) or _are_pairs(row):
            continue
        if i > last + 1 and _has_values_below(rows, i):
            found.append(i)
        last = i
    return found


def _is_names(row: list[Any], known: Any) -> bool:
    texts = []
    for cell in row:
        if cell is None or cell == "":
            continue
        if type(cell) is not str or _is_date(cell):
            return False
        texts.append(cell)
        if len(texts) == 3 and not any(_may_name(text) and known(text.strip()) for text in texts):
            return False
    return len(texts) >= 2 and sum(_may_name(t) and known(t.strip()) for t in texts) >= max(2, len(texts) / 2)


def _is_date(cell: str) -> bool:
    """`Дата: | 05.10.2026`: a line that says when, no header."""
    return _WHOLE_DATE.match(cell) is not None


def _may_name(text: str) -> bool:
    return len(text) < 90 and not text[0].isdigit()


def _has_values_below(rows: Cells, head: int) -> bool:
    width = sum(bool(text_of(cell)) for cell in rows[head])
    for row in rows[head + 1 : head + 5]:
        filled = [cell for cell in row if text_of(cell)]
        if filled and not is_units(row) and sum(map(is_value, filled)) >= 0.5 * min(width, len(filled)):
            return len(filled) >= 2
    return False


def _title_above(rows: Cells, head: int) -> int:
    """The first of the lines right above a header that are blank or a word or two."""
    top = head
    while top > 0:
        filled = [cell for cell in rows[top - 1] if text_of(cell)]
        names = len(filled) == 2 and _NAMES_WELL.match(text_of(filled[0])) is not None
        if not names and (len(filled) > 2 or (len(filled) == 2 and any(map(is_value, filled)))):
            break
        top -= 1
    return top


def _tells_anew(rows: Cells, top: int, head: int, whole: Layout) -> bool:
    """The title over a header that stands again says whose or when, and says it anew."""
    before, titles = ({_line(row) for row in part} for part in (rows[: whole.header], rows[top:head]))
    return any(_TELLS.search(line) for line in titles - before)


def _line(row: list[Any]) -> str:
    """`Скважина | 102` says whose the table is as `Скважина 102` does."""
    return " ".join(text for cell in row if (text := text_of(cell)))


def _are_pairs(row: list[Any]) -> bool:
    """`Скважина | 101 | Куст | 1`"""
    filled = [text for cell in row if (text := text_of(cell))]
    names, values = filled[::2], filled[1::2]
    return len(names) == len(values) > 1 and all(map(is_value, values)) and not any(map(is_value, names))


def _only_says(row: list[Any]) -> bool:
    """`ЦДНГ-2 | Дата: | 05.10.2026`: each value in it stands behind what it is of."""
    filled = [text for cell in row if (text := text_of(cell))]
    behind = [before.endswith(":") for before, cell in pairwise(filled) if is_value(cell)]
    return says(row) or _are_pairs(row) or (0 < len(behind) == sum(map(is_value, filled)) and all(behind))


# ---- beside each other -------------------------------------------------------------------------------------


def _beside(rows: Cells, layout: Layout, words: Vocabulary) -> list[Layout]:
    last = replace(layout, header=layout.header + layout.header_rows - 1, header_rows=1)
    headers, _ = header_texts(rows[: layout.data + 1], last)
    starts = _starts(rows[layout.data : layout.data + LOOK], headers, words)
    if len(starts) < 2:
        return [layout]
    return [
        _without_titles(rows, replace(layout, left=left, right=right))
        for left, right in zip(starts, [*starts[1:], None], strict=True)
    ]


def _without_titles(rows: Cells, layout: Layout) -> Layout:
    """What stands alone over all columns of one of the tables is its title, no part of its header."""
    while layout.header_rows > 1:
        upper = {text_of(cell) for cell in rows[layout.header][layout.left : layout.right]} - {""}
        if len(upper) > 1:
            break
        layout = replace(layout, header=layout.header + 1, header_rows=layout.header_rows - 1)
    return layout


def _starts(body: Cells, headers: tuple[str, ...], words: Vocabulary) -> list[int]:
    """The first column of each table. A table begins where the first header stands again, or behind a blank
    column, and says whose or when its rows are.
    """
    filled = [i for i, header in enumerate(headers) if header]
    if not filled:
        return []
    first, starts = headers[filled[0]], [0]
    roles = [words.means(header) & _ROLES if header else frozenset() for header in headers]
    for i in filled[1:]:
        again = headers[i] == first and i - starts[-1] >= 2 and headers[i - 1] != first
        behind_blank = not headers[i - 1] and all(len(row) < i or not text_of(row[i - 1]) for row in body)
        repeats = headers[i] in headers[starts[-1] : i]
        if again or (behind_blank and (repeats or _says_whose_anew(roles, starts[-1], i))):
            starts.append(i)
    groups = zip(starts, [*starts[1:], len(headers)], strict=True)
    own = [any(roles[a:b]) for a, b in groups]
    wide = [b - a >= 2 for a, b in zip(starts, [*starts[1:], len(headers)], strict=True)]
    return starts if all(own) and all(wide) else []


def _says_whose_anew(roles: list[frozenset[str]], start: int, here: int) -> bool:
    """`Дата | Qж | | Дата отбора | Обв.`: what stands behind the blank column tells all that the table
    before it tells of its rows.
    """
    before = frozenset().union(*roles[start:here])
    return bool(roles[here]) and before <= frozenset().union(*roles[here:])
