"""Protocols that tell each result in several units side by side, `Показатель | мг/л | мг-экв/л | %-экв`: one
result of each is taken, in the first unit that it is kept in; the other columns say the same again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from app.core.unit_spellings import find_unit
from app.importers.layout import LOOK, is_value
from app.importers.sheets import Cells, text_of
from app.importers.vocabulary import Vocabulary, like_the_others, split_unit

LEAST = 2
_OF_EQUIVALENTS = re.compile(
    r"^%?\s*[-–]?\s*(?:мг\s*[-–]\s*)?экв|%.*экв|экв.*%|meq\s*%|%\s*meq", re.IGNORECASE
)
"""`%-экв`, `% экв.`: a share of the equivalents, which nobody keeps."""


@dataclass(frozen=True)
class _Head:
    row: int
    name_at: int
    units: dict[int, str]


def one_unit_each(rows: Cells, words: Vocabulary) -> Cells:
    """The rows as they are where they are no such protocol."""
    head = _head(rows, words)
    if head is None:
        return rows
    width = max(map(len, rows))
    order = sorted(head.units, key=lambda at: (_rank(head.units[at]), at))
    kept = [at for at in order if find_unit(head.units[at]) is not None]
    if not kept:
        return rows
    value_at = kept[0]
    name = text_of(rows[head.row][head.name_at]) or text_of(rows[head.row - 1][head.name_at])
    made = [list(row) + [""] * (width - len(row)) + [""] for row in rows]
    for above in made[max(head.row - 1, 0) : head.row]:
        if text_of(above[head.name_at]) == name:  # merged down, or over a header of two rows
            above[:] = [""] * len(above)
    header = made[head.row]
    header[head.name_at] = name
    header[value_at] = like_the_others([name], "Результат", "Result")
    header[width] = like_the_others([name], "Ед. изм.", "Unit")
    for row in made[head.row + 1 :]:
        _one(row, head, kept, value_at, width)
    return made


def _one(row: list[Any], head: _Head, kept: list[int], value_at: int, unit_at: int) -> None:
    """A result and its unit: that of its name, else that of the column it stands in."""
    taken = next((at for at in kept if text_of(row[at])), None)
    if taken is None:
        return
    bare, unit, spelled = split_unit(text_of(row[head.name_at]))
    if unit is not None and taken == value_at:
        row[head.name_at], row[unit_at] = bare, spelled
        return
    row[value_at], row[unit_at] = row[taken], head.units[taken]


def _head(rows: Cells, words: Vocabulary) -> _Head | None:
    for i, row in enumerate(rows[:LOOK]):
        cells = [text_of(cell) for cell in row]
        units = {at: unit for at, cell in enumerate(cells) if (unit := _unit(cell))}
        if (
            len(units) < LEAST
            or len(set(units.values())) < len(units)
            or any(map(is_value, filter(None, cells)))
        ):
            continue
        first = min(units)
        for above in (row, rows[i - 1] if i else []):
            named = [at for at, cell in enumerate(above[:first]) if "parameter" in words.means(text_of(cell))]
            if len(named) == 1:
                return _Head(i, named[0], units)
    return None


def _unit(cell: str) -> str:
    """`мг/дм³`, `Содержание, мг-экв/л`, `%-экв`: how a result is told in the column; empty for no unit."""
    if not cell:
        return ""
    bare = cell.strip("()[] ")
    if find_unit(bare) is not None or _OF_EQUIVALENTS.search(bare):
        return bare
    name, unit, spelled = split_unit(cell)
    return spelled if unit is not None and name.lower().startswith(("содерж", "конц", "conc")) else ""


def _rank(unit: str) -> int:
    return 0 if find_unit(unit, "mass_concentration") is not None else 1
