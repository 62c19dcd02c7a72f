"""Which mark parts a column's decimals, and which only groups thousands: `1,234` beside `1,234.5`. Told by
the whole column, never by one cell.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from app.importers.numbers import numbers_of, spaced

_OF_NUMBERS = r"^[<>≤≥=~]*[+-]?[0-9.,]+(e[+-]?[0-9]+)?%?$"


@dataclass(frozen=True)
class Marks:
    """How many cells prove what: a decimal comma or point, commas or points that group; `open_commas` could
    be either (`1,234`), `open_points` too.
    """

    decimal_commas: int = 0
    decimal_points: int = 0
    grouping_commas: int = 0
    grouping_points: int = 0
    open_commas: int = 0
    open_points: int = 0

    def __add__(self, other: Marks) -> Marks:
        return Marks(
            *(mine + its for mine, its in zip(vars(self).values(), vars(other).values(), strict=True))
        )

    @property
    def decimal(self) -> str:
        """The decimal mark, where something says so and nothing says otherwise; empty else."""
        comma, point = (
            self.decimal_commas + self.grouping_points,
            self.decimal_points + self.grouping_commas,
        )
        return "," if comma and not point else "." if point and not comma else ""


def marks_in(column: pa.ChunkedArray) -> Marks:
    """Of a column of texts; nothing of one that came typed."""
    if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
        return Marks()
    if not pc.any(pc.match_substring_regex(column, "[.,]")).as_py():
        return Marks()
    plain = spaced(pc.fill_null(column, ""))
    plain = pc.filter(plain, pc.match_substring_regex(plain, _OF_NUMBERS))

    def count(pattern: str) -> int:
        return int(pc.sum(pc.cast(pc.match_substring_regex(plain, pattern), pa.int64())).as_py() or 0)

    start, end = r"^[<>≤≥=~]*[+-]?", r"(e[+-]?[0-9]+)?%?$"
    by_commas, by_points = r"[0-9]{1,3}(,[0-9]{3})+", r"[0-9]{1,3}(\.[0-9]{3})+"
    open_commas = count(start + r"[1-9][0-9]{0,2},[0-9]{3}" + end)
    open_points = count(start + r"[1-9][0-9]{0,2}\.[0-9]{3}" + end)
    return Marks(
        count(start + r"[0-9]*,[0-9]*" + end) - open_commas + count(start + by_points + r",[0-9]*" + end),
        count(start + r"[0-9]*\.[0-9]*" + end) - open_points + count(start + by_commas + r"\.[0-9]*" + end),
        count(start + r"[0-9]{1,3}(,[0-9]{3}){2,}" + end),
        count(start + r"[0-9]{1,3}(\.[0-9]{3}){2,}" + end),
        open_commas,
        open_points,
    )


def both_ways(column: pa.ChunkedArray) -> tuple[int, int] | None:
    """(a row where the comma parts decimals, one where the point does) of a column in which one of the two
    groups thousands elsewhere: `1,234.5` beside `1.234,5`, or beside `12,5`. None of any other column:
    `12.5` beside `12,5` can be read but one way.
    """
    if not pa.types.is_string(column.type):
        return None
    plain = spaced(pc.fill_null(column, ""))
    start, end = r"^[<>≤≥=~]*[+-]?", r"(e[+-]?[0-9]+)?%?$"

    def first(pattern: str) -> int:
        return int(pc.index(pc.match_substring_regex(plain, start + pattern + end), True).as_py())

    part = r"([0-9]*{0}([0-9]{{0,2}}|[0-9]{{4,}})|0?{0}[0-9]*|[0-9]{{4,}}{0}[0-9]*)"
    groups = r"[0-9]{{1,3}}((\{0}[0-9]{{3}})+\{1}[0-9]*|(\{0}[0-9]{{3}}){{2,}})"
    commas, points = first(groups.format(",", ".")), first(groups.format(".", ","))
    comma, point = first(part.format(",")), first(part.format(r"\."))
    if commas >= 0 and max(points, comma) >= 0:
        return (points if points >= 0 else comma), commas
    return (points, point) if points >= 0 and point >= 0 else None


def by_size(column: pa.ChunkedArray) -> str:
    """`987` beside `1,234`: the mark that makes the open cells as large as the whole numbers beside them;
    empty when neither does, or both.
    """
    if not pa.types.is_string(column.type):
        return ""
    text = spaced(pc.fill_null(column, ""))
    there = pc.match_substring_regex(text, r"^[0-9]+$")
    beside = numbers_of(pc.filter(text, there)).value
    marked = pc.filter(text, pc.match_substring_regex(text, r"^[1-9][0-9]{0,2}[.,][0-9]{3}$"))
    beside = beside[beside > 0]
    if not len(beside) or not len(marked):
        return ""
    usual = np.log10(np.median(beside))
    far = {
        mark: abs(np.log10(max(float(np.median(numbers_of(marked, mark).value)), 1e-9)) - usual)
        for mark in (",", ".")
    }
    near = min(far, key=lambda mark: far[mark])
    return near if far[near] < 1.0 and max(far.values()) > 1.5 else ""
