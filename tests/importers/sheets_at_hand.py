"""Sheets made of rows for tests that need no file, and what is made of them by a plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from app.importers.extract import extract
from app.importers.grid import sheet_of
from app.importers.plan import ColumnPlan, SheetPlan
from app.importers.rows import Rows
from app.importers.sheet_reading import SheetReading
from app.importers.sheets import Layout, Sheet
from app.importers.vocabulary import vocabulary

Column = str | tuple[str, str]
"""What a column is: a field, or a field and its unit; an empty one is left out."""


def sheet_at_hand(rows: Sequence[Sequence[Any]], width: int) -> Sheet:
    """Headers H0, H1, …: a plan decides what they are. Data begins in line 2."""
    header = [f"H{i}" for i in range(width)]
    found = sheet_of(Path("f.xlsx"), "Лист1", [header, *map(list, rows)], vocabulary(), Layout(0))
    assert found is not None
    return found


def sheet_of_headers(
    headers: Sequence[str], rows: Sequence[Sequence[Any]] = (), *, name: str = "Лист1", above: str = ""
) -> Sheet:
    """With headers of its own, over one row of ones where none is given, under a line that says something."""
    found = sheet_at_hand(rows or [[1] * len(headers)], len(headers))
    return replace(found, headers=tuple(headers), name=name, above=((above,),) if above else ())


def plan_at_hand(kind: str, columns: Sequence[Column], **said: Any) -> SheetPlan:
    pairs = [(column, "") if isinstance(column, str) else column for column in columns]
    made = tuple(ColumnPlan(f"H{i}", field, unit) for i, (field, unit) in enumerate(pairs))
    return SheetPlan("Лист1", kind, Layout(0), made, **said)


def reading_at_hand(
    kind: str, columns: Sequence[Column], *rows: Sequence[Any], technical: bool = False, **said: Any
) -> SheetReading:
    sheet = sheet_at_hand(rows, len(columns))
    return SheetReading(sheet, sheet.table, plan_at_hand(kind, columns, **said), technical, strict=True)


def extracted(
    kind: str, columns: Sequence[Column], *rows: Sequence[Any], technical: bool = False, **said: Any
) -> Rows:
    sheet = sheet_at_hand(rows, len(columns))
    plan = plan_at_hand(kind, columns, **said)
    return extract(sheet, sheet.table, plan, technical_atmosphere=technical)


def under(
    kind: str,
    columns: list[Column],
    *rows: list[Any],
    headers: dict[int, str] | None = None,
    above: str = "",
    asks: bool = True,
    **said: Any,
) -> Rows:
    """With headers of their own for some columns, and a line above the table."""
    sheet = sheet_at_hand(rows, len(columns))
    names = tuple((headers or {}).get(i, name) for i, name in enumerate(sheet.headers))
    sheet = replace(sheet, headers=names, above=((above,),) if above else ())
    plan = plan_at_hand(kind, columns, **said)
    plan = replace(
        plan,
        columns=tuple(ColumnPlan(name, c.field, c.unit) for name, c in zip(names, plan.columns, strict=True)),
    )
    return extract(sheet, sheet.table, plan, asks=asks)


def marks(source: SheetReading | Rows) -> list[tuple[int, int, str, str]]:
    """(line, column, code, severity) of everything that does not fit."""
    return [(p.line, p.column, p.code, p.severity) for p in source.problems]


def numbers(values: np.ndarray) -> list[float | None]:
    return [None if value != value else float(value) for value in values]


def told(found: Rows) -> set[str]:
    """Codes of its remarks."""
    return {code.removeprefix("import.") for code, _ in found.remarks}
