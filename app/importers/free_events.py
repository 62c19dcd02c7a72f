"""Events and repairs that people tell in their own words: those of no known kind are of the kind that says
none — a note, another repair — with what was said. No kind is made up for a repair that tells none.
"""

from __future__ import annotations

import numpy as np

from app.importers.choices import choice_of
from app.importers.rows import Rows
from app.importers.sheet_reading import SheetReading
from app.importers.targets import Target

_OTHERWISE = {"event": ("note", "note", "event_as_note"), "workover": ("other", "work", "workover_as_other")}
"""Kind of record → the kind that says nothing, the field of the words, what is said of the cell."""
KINDS = frozenset(_OTHERWISE)
KIND = "kind"


def kinds_of(reading: SheetReading, found: Rows, index: int, target: Target) -> None:
    """The kinds of events into `found`; where no column has the words, an event's own are they."""
    other, words, code = _OTHERWISE[reading.kind.key]
    text = reading.texts(index)
    chosen = {cell: choice_of(cell, target) for cell in set(text.tolist())}
    free = np.array([cell != "" and not chosen[cell] for cell in text.tolist()], bool)
    reading.mark(free, index, reading.plan.columns[index].header, code, "warning")
    kinds = [chosen[cell] or (other if cell else "") for cell in text.tolist()]
    found.values[target.key] = np.array(kinds, object)
    if free.any() and reading.kind.target(words) is not None and reading.plan.column_of(words) is None:
        found.values[words] = np.where(text != "", text, "")


def untold(reading: SheetReading, found: Rows) -> None:
    """A repair whose kind no cell tells is another one, and none of those that have a name."""
    if reading.kind.key != "workover" or not reading.asks or not found.values:
        return
    said = found.values.get(KIND, np.full(len(reading.line), "", object))
    found.values[KIND] = np.where(said == "", _OTHERWISE["workover"][0], said)
