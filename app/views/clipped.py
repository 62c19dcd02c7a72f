"""What stands in a table as a block of a report, and into "my report"."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView

from app.core.jobs import Job
from app.reports.blocks import Block, Column, Table, Value
from app.reports.clippings import Clipping
from app.services.reports import clippings
from app.services.workspace import Workspace

MOST_ROWS = 2_000
Named = list[tuple[str, Block]]


def take(job: Job, workspace: Workspace, blocks: Named, caption: str) -> list[Clipping]:
    return [
        clippings.take(workspace, block, f"{caption} · {name}" if name else caption) for name, block in blocks
    ]


def table_block(table: QTableView) -> Table:
    """The columns that are seen, as they are written; numbers are numbers again, so that Excel can count with
    them.
    """
    model = table.model()
    rows = range(min(model.rowCount(), MOST_ROWS))
    shown = [c for c in range(model.columnCount()) if not table.isColumnHidden(c)]
    texts = {c: [str(model.index(r, c).data(Qt.ItemDataRole.DisplayRole) or "") for r in rows] for c in shown}
    shown = [c for c in shown if any(texts[c])]  # what a delegate paints has no words
    columns, values = [], []
    for c in shown:
        title = str(model.headerData(c, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole) or "")
        numbers = [_number(text) for text in texts[c]]
        known = [number for number, text in zip(numbers, texts[c], strict=True) if text not in ("", "—")]
        digits = {_decimals(text) for text in texts[c] if _number(text) is not None}
        counts = bool(known) and None not in known
        columns.append(Column(title, "number" if counts else "text", max(digits, default=0)))
        # Figures of different quantities under each other keep the digits that each is written with.
        values.append(cast(list[Value], numbers) if counts and len(digits) == 1 else list(texts[c]))
    return Table(tuple(columns), tuple(zip(*values, strict=True)))


def _decimals(text: str) -> int:
    return len(text.replace(",", ".").partition(".")[2])


def _number(text: str) -> float | None:
    """A number as the program writes it; a well's name or an upper limit is none."""
    plain = text.replace("\u202f", "").replace("\u00a0", "").replace("−", "-")
    if plain.startswith("0") and len(plain) > 1 and plain[1] not in ",.":
        return None
    try:
        return float(plain.replace(",", "."))
    except ValueError:
        return None
