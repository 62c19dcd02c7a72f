"""Lifts that a list of wells or a passport says."""

from __future__ import annotations

from collections.abc import Iterator

from app.importers.rows import Rows


def said(rows: Rows) -> Iterator[tuple[str, str]]:
    """(well, lift) of the rows that say one."""
    lifts = rows.values.get("lift")
    if lifts is not None:
        yield from ((str(well), str(lift)) for well, lift in zip(rows.well, lifts, strict=True) if lift)
