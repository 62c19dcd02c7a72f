"""A table as a file holds it: where its header stands, its columns with their types kept, and the lines they
came from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from app.core.errors import KnownError
from app.core.plain import JsonObject
from app.models.values import built

LINE = "__line"
MOST_COLUMNS = 2_000
SAMPLE = 400
"""Cells by which a column is known: a million of them are not made text for that."""
Cells = list[list[Any]]


@dataclass(frozen=True)
class Layout:
    """Rows count from 0. `units_row` is the row of units under the header. A transposed sheet has its header
    in a column. Of several tables on a sheet each has its columns, `left` up to `right`, and its rows, up to
    `end`, which are not included. `across`: wells stand in the header; None: nobody has looked yet.
    """

    header: int
    header_rows: int = 1
    units_row: int | None = None
    data: int = 1
    transposed: bool = False
    left: int = 0
    right: int | None = None
    top: int = 0
    end: int | None = None
    across: bool | None = None
    dates: bool | None = None
    """Days or months stand in the header, as wells may."""
    spelled: bool | None = None
    """Units stand in the cells."""

    @property
    def unfolded(self) -> bool:
        """Whether a line of the file is several rows."""
        return bool(self.across or self.dates)

    def to_json(self) -> JsonObject:
        return asdict(self)

    @classmethod
    def from_json(cls, data: JsonObject) -> Layout:
        """What a plan of before says nothing of was not there: its rows stand as they are."""
        before: JsonObject = {"across": False, "dates": False, "spelled": False}
        return built(cls, before | {key: data[key] for key in cls.__dataclass_fields__ if key in data})


@dataclass(frozen=True)
class Sheet:
    """`table`: columns c0, c1, … (text, float64 or timestamp) and LINE (the row's number in the file, from
    1). `above` are the lines over the header. `more` gives the rest of a file too long to be held at once.
    """

    name: str
    layout: Layout
    headers: tuple[str, ...]
    units: tuple[str, ...]
    table: pa.Table
    above: tuple[tuple[str, ...], ...] = ()
    more: Callable[[], Iterator[pa.Table]] | None = field(default=None, compare=False)
    hidden: bool = False
    cut: bool = False
    """Only the first part of a long file is here: enough for a preview."""
    file: str = ""
    """The member of an archive that the sheet is from."""
    repeated: tuple[int, ...] = ()
    """Lines where the header stands again, as on each page of a printout: left out."""
    from_1904: bool = False
    """Its plain numbers of days are counted from 1904."""
    hidden_lines: tuple[int, ...] = ()
    """Rows that the spreadsheet does not show."""

    def turned(
        self, turn: Callable[[pa.Table], pa.Table], headers: Sequence[str], units: Sequence[str]
    ) -> Sheet:
        """With other columns, in the rest of a long file too."""
        more = self.more
        return replace(
            self,
            headers=tuple(headers),
            units=tuple(units),
            table=turn(self.table),
            more=None if more is None else (lambda: map(turn, more())),
        )

    def of_lines(self, lines: Sequence[int]) -> Sheet:
        """With the rows told to be of these lines of the file."""
        column = self.table.column_names.index(LINE)
        return replace(self, table=self.table.set_column(column, LINE, pa.array(lines, pa.int64())))

    def unit_in_row(self, column: int) -> str:
        """What a row of units says of the column; empty where it says nothing, or ends before."""
        return self.units[column] if column < len(self.units) else ""

    def title(self, column: int) -> str:
        """The header with its unit, as a person would name the column."""
        unit = self.unit_in_row(column)
        return f"{self.headers[column]}, {unit}" if unit else self.headers[column]


def refuse_wide(path: Path, name: str, columns: int) -> None:
    """Raises KnownError (too_many_columns)."""
    if columns > MOST_COLUMNS:
        raise KnownError("too_many_columns", file=str(path), sheet=name, count=columns, limit=MOST_COLUMNS)


def column_name(index: int) -> str:
    return f"c{index}"


def text_of(value: Any) -> str:
    """A cell as text: whole numbers without a point, times in ISO."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if hasattr(value, "isoformat"):
        text = (
            value.isoformat(sep=" ")
            if hasattr(value, "hour") and hasattr(value, "year")
            else value.isoformat()
        )
        return str(text)
    return str(value).replace("\xa0", " ").strip()
