"""A logger's table with four lines over its rows (TOA5): the station, the names, their units, and how each
was sampled.
"""

from __future__ import annotations

from app.importers.sheets import Layout

FORM = "TOA5"
HEADER_LINES = 4


def logger_layout(rows: list[list[str]]) -> Layout | None:
    """None for another text."""
    if len(rows) <= HEADER_LINES or not rows[0] or rows[0][0].strip('"') != FORM:
        return None
    return Layout(1, 1, 2, HEADER_LINES)
