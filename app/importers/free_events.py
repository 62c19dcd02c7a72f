"""Events that a dispatcher tells in his own words: those of no known kind are notes, with what was said."""

from __future__ import annotations

import numpy as np

from app.importers.choices import choice_of
from app.importers.rows import Rows
from app.importers.sheet_reading import SheetReading
from app.importers.targets import Target

NOTE = "note"


def events_of(reading: SheetReading, found: Rows, index: int, target: Target) -> None:
    """The kinds of events into `found`; where no column is the note, an event's own words are."""
    text = reading.texts(index)
    chosen = {cell: choice_of(cell, target) for cell in set(text.tolist())}
    free = np.array([cell != "" and not chosen[cell] for cell in text.tolist()], bool)
    reading.mark(free, index, reading.plan.columns[index].header, "event_as_note", "warning")
    kinds = [chosen[cell] or (NOTE if cell else "") for cell in text.tolist()]
    found.values[target.key] = np.array(kinds, object)
    note = reading.kind.target(NOTE)
    if free.any() and note is not None and reading.plan.column_of(NOTE) is None:
        found.values[NOTE] = np.where(text != "", text, "")
