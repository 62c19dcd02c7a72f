"""What is wrong with a well, why we think so, and what the engineer made of it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.core.errors import Details

SEVERITIES = ("info", "watch", "act", "stop")


def rank(severity: str, confidence: float) -> tuple[int, float]:
    """Worst and surest first."""
    return (-SEVERITIES.index(severity), -confidence)


DECISIONS = ("accepted", "rejected")
ONSET_WINDOW = timedelta(days=1)
_NAMESPACE = uuid.UUID("3b0d1f0e-6a3c-5f4e-9d59-0c6a1f0b7e42")
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


def finding_id(well_uid: str, code: str, onset: datetime, occurrence: int = 1) -> str:
    """What a finding is called on every laptop and at the centre (RFC 9562, UUIDv5): by its well, its rule
    and the day it began, so that decisions meet. `occurrence`: the how-manieth of that day.
    """
    day = int(onset.timestamp() // ONSET_WINDOW.total_seconds())
    return str(uuid.uuid5(_NAMESPACE, f"{well_uid}|{code}|{day}|{occurrence}"))


@dataclass(frozen=True)
class Evidence:
    """One argument: `code` names its sentence, `details` are SI values for it, the rest where to look."""

    code: str
    details: Details = field(default_factory=dict)
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
        return rank(self.severity, self.confidence)


def recognised(found: Iterable[Finding]) -> bool:
    """Whether somebody knows how the well is: a state that no rule recognises has no health."""
    return all(finding.code != "not_recognised" for finding in found)


def worst_of(found: Iterable[Finding]) -> Finding | None:
    """What has to be told of a well where there is room for one; None where nothing is wrong."""
    return min((one for one in found if one.severity != "info"), key=lambda one: one.rank, default=None)
