"""What a laptop wants to carry of the readings, and what is here of them already."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime

from app.core.clock import iso, parse_time

CARRIED = "carried"
"""Name of the mark."""


@dataclass(frozen=True)
class Subscription:
    """What this laptop carries: wells by uid (empty: all that the device may see), readings since, and how
    finely.
    """

    wells: frozenset[str] = frozenset()
    since: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    coarse: bool = False


@dataclass(frozen=True)
class Carried:
    """What is here of the readings: all of these wells since then, as of an announcement."""

    wells: frozenset[int]
    since: datetime
    detail: str
    newest: str

    def covers(self, asked: Subscription) -> bool:
        """A history that begins later is part of what is here; an earlier or a finer one is another pull."""
        return self.since <= asked.since and self.detail == ("coarse" if asked.coarse else "all")

    def text(self) -> str:
        return json.dumps([sorted(self.wells), iso(self.since), self.detail, self.newest])

    @classmethod
    def read(cls, text: str | None) -> Carried | None:
        if text is None:
            return None
        wells, since, detail, newest = json.loads(text)
        return cls(frozenset(wells), parse_time(since), detail, newest)
