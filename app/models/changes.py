"""What a write has changed: of which well, which kinds of things, when. Who shows something asks for that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.models.records import Record

READINGS, CARDS, FINDINGS, WELL_TESTS, WELLS = "readings", "cards", "findings", "well_tests", "wells"
ALARMS = "alarms"
"""Beside the kinds of records (`models/kinds`), which go by their keys."""

EQUIPMENT = (
    "installation",
    "rod_string",
    "pumping_unit",
    "survey",
    "fluid",
    "head_pressures",
    "fluid_level",
)
"""Kinds of records that the kept figures of a card come from."""
REFIGURED = (*EQUIPMENT, "lab_result")
"""With those after which only the open well is computed again: analyses come for a whole field at once."""


@dataclass(frozen=True)
class Changed:
    """`well` None is any well, no `kinds` anything, no ends any time: what is not known may have changed."""

    well: int | None = None
    kinds: frozenset[str] = frozenset()
    from_at: datetime | None = None
    to_at: datetime | None = None

    @classmethod
    def of(cls, record: Record) -> Changed:
        """One record."""
        return cls(record.well_id, frozenset({record.kind}), record.at, record.until or record.at)

    def concerns(self, well: int | None, kinds: Iterable[str] = ()) -> bool:
        """Whether what is shown of this well (None: of all) and of these kinds (none: all) may differ now."""
        if self.well is not None and well is not None and self.well != well:
            return False
        wanted = frozenset(kinds)
        return not self.kinds or not wanted or bool(self.kinds & wanted)

    def within(self, from_at: datetime | None, to_at: datetime | None) -> bool:
        """Whether it may lie in this time."""
        if from_at is not None and self.to_at is not None and self.to_at < from_at:
            return False
        return not (to_at is not None and self.from_at is not None and self.from_at > to_at)
