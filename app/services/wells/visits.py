"""When whoever works here looked at a well last, and what of it is newer than that. A file of the profile:
what somebody has seen concerns nobody else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from app.core import versioned
from app.core.clock import iso, parse_time
from app.core.errors import KnownError
from app.models.findings import Finding
from app.models.kinds import KINDS
from app.models.store import cards, kinds
from app.models.values import Values, needed_text, part_of
from app.models.wells import Well
from app.services.workspace import Workspace

FORM = versioned.Form(version=1)
ONE_VISIT = timedelta(hours=1)
"""Who comes back sooner is still at it."""
MOST_WELLS = 2000
TOLD = ("flow_test", "fluid_level", "event", "workover", "lab_result", "note", "document")


@dataclass(frozen=True)
class News:
    """Since `since`, the visit before this one: findings that began, how many records of a kind, cards."""

    since: datetime
    findings: tuple[Finding, ...] = ()
    records: tuple[tuple[str, int], ...] = ()
    cards: int = 0

    @property
    def is_none(self) -> bool:
        return not (self.findings or self.records or self.cards)


def visit(workspace: Workspace, well: Well) -> datetime | None:
    """Notes that it is looked at now; the visit before, or None at the first. Raises KnownError
    (file_not_written).
    """
    path, uid, now = workspace.paths.folder / "visits.json", well.key["uid"], workspace.clock()
    kept = _kept(path)
    last, before = _moment(kept, uid, "at"), _moment(kept, uid, "before")
    if last is None or now - last > ONE_VISIT:
        before = last
    told = {"at": iso(now), **({} if before is None else {"before": iso(before)})}
    kept = {name: one for name, one in kept.items() if name != uid}
    kept = dict(list(kept.items())[-MOST_WELLS + 1 :]) | {uid: told}
    try:
        versioned.write(path, FORM.stamped({"wells": kept}), durable=False)
    except OSError as error:
        raise KnownError("file_not_written", file=str(path), reason=str(error)) from error
    return before


def news(workspace: Workspace, well: Well, since: datetime, found: tuple[Finding, ...]) -> News:
    """By the moments that things are of, not by when they came here."""
    until = workspace.clock() + timedelta(days=1)
    counted = (
        (key, len(kinds.of_well(workspace.store, KINDS[key], int(well.id), since, until))) for key in TOLD
    )
    return News(
        since,
        tuple(one for one in found if one.from_at > since and one.severity != "info"),
        tuple((key, count) for key, count in counted if count),
        cards.count_since(workspace.store, well.id, since),
    )


def _kept(path: Path) -> Values:
    """A damaged file is as if nobody had been here."""
    try:
        wells = versioned.read(path).get("wells", {})
    except (OSError, ValueError):
        return {}
    return wells if isinstance(wells, dict) else {}


def _moment(kept: Values, uid: str, which: str) -> datetime | None:
    try:
        return parse_time(needed_text(part_of(kept, uid), which))
    except ValueError:
        return None
