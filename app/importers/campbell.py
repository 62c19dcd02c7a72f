"""Tables whose writer says itself which line is what: a logger's four lines over its rows (TOA5: the station,
the names, their units, how each was sampled), a gateway's `#NAMES`, `#TYPES` and `#ROWS`.
"""

from __future__ import annotations

from app.importers.sheets import Layout

FORM = "TOA5"
HEADER_LINES = 4
NAMES = "#NAMES"


def logger_layout(rows: list[list[str]]) -> Layout | None:
    """None for another text."""
    if rows and rows[0] and rows[0][0].upper() == NAMES:
        return _named_lines(rows)
    if len(rows) <= HEADER_LINES or not rows[0] or rows[0][0].strip('"') != FORM:
        return None
    return Layout(1, 1, 2, HEADER_LINES)


def _named_lines(rows: list[list[str]]) -> Layout | None:
    counted = next((i for i, row in enumerate(rows[:6]) if row and row[0].upper() == "#ROWS"), None)
    return None if counted is None else Layout(1, 1, None, counted + 1)
