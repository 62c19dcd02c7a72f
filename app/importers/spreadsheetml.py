"""Excel 2003's XML: a workbook as one text, often named .xls."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from app.core.errors import KnownError
from app.importers.base import Order
from app.importers.curves import number_in
from app.importers.sheets import Cells, Sheet
from app.importers.tables import sheets_of
from app.importers.xml_trees import Element, children, first, own_name

MOST_CELLS = 5_000_000
FURTHEST_ROW, FURTHEST_COLUMN = 10_000, 16_384
"""Blank rows in a row, and the last column of a sheet."""


def workbook_in(path: Path, root: Element, order: Order) -> list[Sheet]:
    found: list[Sheet] = []
    per_cent = _per_cent_styles(root)
    for number, worksheet in enumerate(children(root, "worksheet"), 1):
        table = first(worksheet, "table")
        name = _said(worksheet, "name") or f"Sheet{number}"
        if table is not None:
            visible = first(worksheet, "worksheetoptions", "visible")
            hidden = visible is not None and (visible.text or "").startswith("SheetHidden")
            rows = _rows(path, name, table, per_cent)
            found += sheets_of(path, name, rows, order.words, order.layouts, hidden=hidden)
    if not found:
        raise KnownError("workbook_no_table", file=str(path))
    return found


def _rows(path: Path, name: str, table: Element, per_cent: frozenset[str]) -> Cells:
    rows: Cells = []
    count = 0
    down: dict[int, tuple[int, Any]] = {}
    for row in children(table, "row"):
        place = _number(row, "index")
        if place > len(rows) + 1:
            if place > len(rows) + FURTHEST_ROW:
                raise KnownError(
                    "too_many_cells", file=str(path), sheet=name, count=place, limit=FURTHEST_ROW
                )
            rows += [[] for _ in range(place - 1 - len(rows))]
        cells: list[Any] = []
        for cell in children(row, "cell"):
            at = min(_number(cell, "index"), FURTHEST_COLUMN)
            _fill(cells, down, at - 1)
            wide, tall = _number(cell, "mergeacross"), _number(cell, "mergedown")
            value = _value(first(cell, "data"))
            if isinstance(value, float | int) and _said(cell, "styleid") in per_cent:
                value = f"{round(100 * value, 10):.12g}%"
            for _ in range(min(wide, 200) + 1):
                if tall:
                    down[len(cells)] = (min(tall, 5_000), value)
                cells.append(value)
        rows.append(cells)
        count += len(cells) + 1
        if count > MOST_CELLS:
            raise KnownError("too_many_cells", file=str(path), sheet=name, count=count, limit=MOST_CELLS)
    return rows


def _per_cent_styles(root: Element) -> frozenset[str]:
    """The styles under which 0.4 is shown as 40 %."""
    found = set()
    for style in (one for styles in children(root, "styles") for one in children(styles, "style")):
        shown = first(style, "numberformat")
        if shown is not None and ("%" in _said(shown, "format") or _said(shown, "format") == "Percent"):
            found.add(_said(style, "id"))
    return frozenset(found)


def _fill(cells: list[Any], down: dict[int, tuple[int, Any]], until: int) -> None:
    """Blank cells, and those that reach down from the rows above, before a cell that says its place."""
    while len(cells) < until or len(cells) in down:
        left, value = down.pop(len(cells), (0, ""))
        if left > 1:
            down[len(cells)] = (left - 1, value)
        cells.append(value)


def _value(data: Element | None) -> Any:
    if data is None:
        return ""
    text = "".join(data.itertext()).strip()
    kind = _said(data, "type")
    if kind == "Number":
        number = number_in(text)
        return text if number is None else number
    if kind == "DateTime":
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            return text
    return "" if kind == "Error" else text


def _said(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if own_name(key) == name), "")


def _number(element: Element, name: str) -> int:
    said = _said(element, name)
    return int(said) if said.isdecimal() and len(said) < 9 else 0
