"""What is wrong with a well, why we think so, and what the engineer made of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

SEVERITIES = ("info", "watch", "act", "stop")
UP, DOWN, BOTH = "up", "down", "both"
"""Which stroke of a card."""
PUMP, SURFACE = "pump", "surface"
"""Which card of the two."""


@dataclass(frozen=True)
class CardPlace:
    """A place on a card, said by the rule that argues with it; whoever draws the card knows nothing else.

    `part` of the stroke: 0 at its bottom, 1 at its top. `load_n` [N] leaves out what lies outside of it.
    """

    part: tuple[float, float]
    stroke: str = BOTH
    card: str = PUMP
    load_n: tuple[float, float] | None = None


@dataclass(frozen=True)
class Evidence:
    """One argument: `code` names its sentence, `details` are SI values for it, the rest where to look."""

    code: str
    details: dict[str, Any] = field(default_factory=dict)
    sensor: str | None = None
    from_at: datetime | None = None
    to_at: datetime | None = None
    card_id: str | None = None
    place: CardPlace | None = None


@dataclass(frozen=True)
class Finding:
    """`code` is a condition of the domain pages. A card finding holds at one moment: from_at == to_at."""

    well_id: int
    code: str
    severity: str
    confidence: float
    from_at: datetime
    to_at: datetime
    evidence: tuple[Evidence, ...] = ()
    against: tuple[Evidence, ...] = ()
    settled_by: tuple[str, ...] = ()
    id: str = ""
    decision: str = ""
    reason: str = ""
    decided_by: str = ""
    seen: bool = False

    @property
    def rank(self) -> tuple[int, float]:
        """Worst and surest first."""
        return (-SEVERITIES.index(self.severity), -self.confidence)
