"""The wells of the store: finding one, and how each is doing."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache

from app.core.clock import from_us
from app.core.errors import KnownError
from app.models.findings import Finding, recognised
from app.models.store import assessments, cards, findings, merged, records
from app.models.store.database import Database
from app.models.store.spans import read_spans
from app.models.well_names import Registry
from app.models.wells import Well, WellStatus, of_label
from app.services.workspace import Workspace

_ORDER = ("stop", "act", "watch")
# A finding that ended this long before the newest reading is history, not the well's state.
FRESH = timedelta(days=7)


def find_well(workspace: Workspace, name: str) -> Well:
    """By name, number, alias or what its label says. Raises KnownError that names the nearest ones."""
    registry = Registry(records.wells(workspace.store))
    well = of_label(registry.wells, name) or registry.find(name)
    if well is None:
        raise KnownError("well_unknown", well=name, near=", ".join(registry.near(name)) or "—")
    return well


@cache
def _by_card() -> frozenset[str]:
    """Codes of the rules that look at a dynamogram."""
    from app.analysis.rules import RULES

    return frozenset(rule.key for rule in RULES if rule.needs == "card")


def asked_last(finding: Finding, last: datetime | None, card: datetime | None) -> datetime | None:
    """The newest that could have said otherwise: of what a dynamogram showed that is the newest dynamogram,
    and no reading, however new. `last`: the newest of both.
    """
    return card if card is not None and finding.code in _by_card() else last


def lasts(finding: Finding, last: datetime | None, card: datetime | None) -> bool:
    """Up to the last that could say so, or so shortly before that it is of the well's state now."""
    asked = asked_last(finding, last, card)
    return asked is None or finding.to_at >= asked - FRESH


def seen_as(workspace: Workspace) -> dict[str, Well]:
    """The uid of every well → the well that people see: of a merged one that is the other one."""
    with workspace.store.reading() as cursor:
        into = merged.relation(cursor)
    seen = {int(well.id): well for well in records.wells(workspace.store)}
    every = records.every_well(workspace.store)
    return {one.key["uid"]: seen[into.get(int(one.id), int(one.id))] for one in every}


def statuses(store: Database, open_findings: dict[int, list[Finding]] | None = None) -> list[WellStatus]:
    """In the order of the tree. Status: the worst fresh finding; idle when stopped; none where nobody has
    looked, or could, or no rule knew what it saw: that is not all right. A dynamogram is a reading as well.
    `open_findings`: of whoever has read them already.
    """
    if open_findings is None:
        open_findings = findings.open_findings(store, argued=False)
    spans, taken, sights = read_spans(store), cards.newest(store), assessments.sights(store)
    result = []
    for well in records.wells(store):
        span, card = spans.get(well.id), taken.get(well.id)
        last = max(filter(None, (span and from_us(span[1]), card)), default=None)
        mine = open_findings.get(well.id, [])
        fresh = [one.severity for one in mine if lasts(one, last, card)]
        status = next((severity for severity in _ORDER if severity in fresh), "ok")
        looked = well.id in sights and sights[well.id].looked > 0
        if status == "ok" and well.state != "running":
            status = "idle"
        elif status == "ok" and (not recognised(mine) or not mine and not looked):
            status = "none"
        unread = sum(not one.seen and one.severity != "info" for one in mine)
        codes = tuple(dict.fromkeys(one.code for one in mine if one.severity != "info"))
        result.append(WellStatus(well, status, unread, last, codes, card))
    return result
