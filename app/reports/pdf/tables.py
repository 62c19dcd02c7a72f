"""Tables on paper: columns as wide as what stands in them, numbers whole, long texts broken, the header on
every page.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph as Text
from reportlab.platypus import Table as Grid

from app.core.texts import Speaker, number
from app.reports.blocks import Column, Pairs, Table, Value
from app.reports.pdf.look import HEAD_GROUND, INK, RULE, SMALL, escape, printable, width_of

PAD = 2.5
SIZES = (8.0, 7.5, 7.0, 6.5, 6.0, 5.5)
LEAST_TEXT = 42.0
"""A column of words is not broken into narrower lines than this [pt]."""

LONGEST_WORD = 90.0
"""A word that is longer is broken, in a header and in a cell [pt]."""

MEASURED = 20
"""Of a column's words, those with the most letters."""
WIDEST_TEXT = 260.0


def cell_words(value: Value, column: Column, speaker: Speaker) -> str:
    if value is None or value == "":
        return "—"
    if isinstance(value, datetime):
        return {"day": speaker.day, "dated": speaker.dated}.get(column.kind, speaker.moment)(value)
    return number(value, column.digits, speaker.language) if isinstance(value, (int, float)) else value


def _natural(column: Column, words: Sequence[str], size: float) -> tuple[float, float]:
    """(least, wanted) width [pt]: numbers and moments must stand whole, texts are broken between words."""
    whole = max((width_of(text, "Body", size) for text in words), default=0.0)
    head_words = column.title.replace("\n", " ").split(" ")
    head = min(max(width_of(word, "Strong", size) for word in head_words), LONGEST_WORD)
    if column.kind != "text":
        return max(whole, head) + 2 * PAD, max(
            whole, head, min(width_of(column.title, "Strong", size), 60)
        ) + 2 * PAD
    apart = sorted({word for text in words for word in text.split()}, key=len)[-MEASURED:]
    word = max((width_of(one, "Body", size) for one in apart), default=0.0)
    least = max(head, min(whole, LEAST_TEXT), min(word, LONGEST_WORD)) + 2 * PAD
    return least, max(least, min(whole, WIDEST_TEXT) + 2 * PAD)


def _widths(
    columns: Sequence[Column], words: Sequence[Sequence[str]], available: float
) -> tuple[list[float], float]:
    """(width of each column, size of the type): smaller type where the least widths do not fit."""
    by_column = list(zip(*words, strict=True)) or [()] * len(columns)
    for size in SIZES:
        natural = [_natural(column, cells, size) for column, cells in zip(columns, by_column, strict=True)]
        least, wanted = sum(n[0] for n in natural), sum(n[1] for n in natural)
        if wanted <= available:
            # Half of what is left goes to the words, the rest to all alike.
            texts = [i for i, column in enumerate(columns) if column.kind == "text"]
            extra = available - wanted
            each = extra / len(columns) * (0.5 if texts else 1.0)
            more = 0.5 * extra / len(texts) if texts else 0.0
            return [n[1] + each + (more if i in texts else 0) for i, n in enumerate(natural)], size
        if least <= available:
            share = (available - least) / max(wanted - least, 1e-9)
            return [n[0] + (n[1] - n[0]) * share for n in natural], size
    shrink = available / least
    return [n[0] * shrink for n in natural], SIZES[-1]


def table(block: Table, speaker: Speaker, available: float) -> Grid:
    words = [
        [
            printable(cell_words(value, column, speaker))
            for value, column in zip(row, block.columns, strict=True)
        ]
        for row in block.rows
    ]
    widths, size = _widths(block.columns, words, available)
    left = ParagraphStyle("cell", SMALL, fontSize=size, leading=size * 1.25)
    right = ParagraphStyle("cell_right", left, alignment=TA_RIGHT)

    def cell(text: str, i: int) -> Any:
        # A string is drawn twenty times as fast as a paragraph, which only long words need.
        if width_of(text, "Body", size) <= widths[i] - 2 * PAD and "\n" not in text:
            return text
        return Text(escape(text).replace("\n", "<br/>"), right if block.columns[i].kind == "number" else left)

    heads = [
        Text(f"<b>{escape(column.title)}</b>", right if column.kind == "number" else left)
        for column in block.columns
    ]
    groups = [column.group for column in block.columns]
    top = (
        [
            [
                Text(f"<b>{escape(group)}</b>", left) if group and (i == 0 or groups[i - 1] != group) else ""
                for i, group in enumerate(groups)
            ]
        ]
        if any(groups)
        else []
    )
    head_rows = 1 + len(top)
    rows: list[list[Any]] = [*top, heads, *([cell(text, i) for i, text in enumerate(row)] for row in words)]
    # A note of ten thousand letters is a row higher than a page.
    grid = Grid(rows, colWidths=widths, repeatRows=head_rows, splitInRow=1)
    style: list[tuple[Any, ...]] = [
        ("FONT", (0, 0), (-1, -1), "Body", size, size * 1.25),
        ("TEXTCOLOR", (0, 0), (-1, -1), INK),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LINEABOVE", (0, 0), (-1, 0), 0.8, INK),
        ("LINEBELOW", (0, head_rows - 1), (-1, head_rows - 1), 0.8, INK),
        ("LINEBELOW", (0, head_rows), (-1, -1), 0.3, RULE),
        ("BACKGROUND", (0, 0), (-1, head_rows - 1), HEAD_GROUND),
        ("TOPPADDING", (0, 0), (-1, -1), 1.8),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1.8),
        ("LEFTPADDING", (0, 0), (-1, -1), PAD),
        ("RIGHTPADDING", (0, 0), (-1, -1), PAD),
    ]
    style += [
        ("ALIGN", (i, head_rows), (i, -1), "RIGHT")
        for i, column in enumerate(block.columns)
        if column.kind == "number"
    ]
    if top:
        style += _spans(groups)
    grid.setStyle(style)
    return grid


def _spans(groups: list[str]) -> list[tuple[Any, ...]]:
    style: list[tuple[Any, ...]] = []
    start = 0
    for i in range(1, len(groups) + 1):
        if i == len(groups) or groups[i] != groups[start]:
            if groups[start]:
                style += [("SPAN", (start, 0), (i - 1, 0)), ("LINEBELOW", (start, 0), (i - 1, 0), 0.4, RULE)]
            start = i
    return style


def pairs(block: Pairs, available: float) -> Grid:
    """Two columns of pairs; a wide page has three."""
    columns_count = 3 if available > 600 else 2
    count = len(block.items)
    half = (count + columns_count - 1) // columns_count
    columns = [block.items[i * half : (i + 1) * half] for i in range(columns_count)]
    rows = []
    for i in range(half):
        row: list[Any] = []
        for column in columns:
            name, value = column[i] if i < len(column) else ("", "")
            row += [Text(f"<font color='#57606A'>{escape(name)}</font>", SMALL), Text(escape(value), SMALL)]
        rows.append(row)
    width = available / columns_count
    grid = Grid(rows, colWidths=[width * 0.56, width * 0.44] * columns_count, splitInRow=1)
    grid.setStyle(
        [
            ("FONT", (0, 0), (-1, -1), "Body"),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("TOPPADDING", (0, 0), (-1, -1), 1),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 6),
            ("LINEBELOW", (0, 0), (-1, -1), 0.3, RULE),
        ]
    )
    return grid
