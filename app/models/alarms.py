"""An alarm as lists show it, in the states of ANSI/ISA-18.2."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

STATES = (
    "unacknowledged",
    "acknowledged",
    "returned_unacknowledged",
    "suppressed",
    "shelved",
    "gone",
    "not_found",
    "returned",
)
"""In the order of lists. `gone`: its limit holds no longer; `not_found`: somebody has acknowledged what the
readings and limits that are here do not show.
"""
STANDING = STATES[:5]
"""Those that somebody has still to do with."""
PRIORITIES = ("high", "medium", "low")
PER_DAY = " per day"
"""Behind a quantity: what is held against a limit is how it changes in a day (`change(…)` of a formula)."""


@dataclass(frozen=True)
class Waiting:
    """How many alarms of a well wait for somebody: all, and those that last and nobody has acknowledged."""

    count: int = 0
    unanswered: int = 0


NONE_WAITS = Waiting()


@dataclass(frozen=True)
class Alarm:
    """One line. `unknown_since`: it lasts, and nothing is known of it since then; `furthest` and `threshold`
    are SI, by the hour for a change. `origin` is empty where another limit than that of now raised it,
    `acknowledged_by` where nobody did.
    """

    well: int
    pen: str
    level: str
    pen_name: str
    state: str
    priority: str
    origin: str
    quantity: str
    began_at: datetime
    raised_at: datetime | None
    ended_at: datetime | None
    furthest: float
    threshold: float
    last_value: float | None
    unknown_since: datetime | None
    unknown_s: float
    acknowledged_at: datetime | None
    acknowledged_by: str
    comment: str
    shelved_until: datetime | None
    shelved_by: str = ""
    shelved_because: str = ""

    @property
    def key(self) -> tuple[int, str, str, datetime]:
        """The same at the next asking."""
        return (self.well, self.pen, self.level, self.began_at)

    @property
    def may_be_acknowledged(self) -> bool:
        return self.acknowledged_at is None and self.state != "not_found" and self.raised_at is not None
