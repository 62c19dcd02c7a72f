"""The wells of the store: finding one, and how each is doing."""

from __future__ import annotations

import re
from datetime import timedelta

from app.core.clock import from_us
from app.core.errors import KnownError
from app.models.store import findings, records, trends
from app.models.store.database import Database
from app.models.wells import Well, WellStatus
from app.services.workspace import Workspace

_ORDER = ("stop", "act", "watch")
# A finding that ended this long before the newest reading is history, not the well's state.
FRESH = timedelta(days=7)


def normal_name(text: str) -> str:
    """`скв. №123Г / К-5`, `123г` → `123г`: what people write around a number is dropped."""
    text = text.strip().lower().replace("ё", "е")
    text = re.sub(r"^(скважина|скв\.?|well)\s*", "", text)
    text = re.split(r"[/\\]", text)[0]
    return re.sub(r"[\s№#]", "", text)


def find_well(workspace: Workspace, name: str) -> Well:
    """By name, number or alias. Raises KnownError that names the nearest ones."""
    wanted = normal_name(name)
    wells = records.wells(workspace.store)
    for well in wells:
        if wanted in {normal_name(known) for known in (well.name, *well.aliases)}:
            return well
    import difflib  # only a name that is wrong needs it, a start does not

    near = difflib.get_close_matches(wanted, [well.name for well in wells], 3, 0.4) or [
        w.name for w in wells[:5]
    ]
    raise KnownError("well_unknown", well=name, near=", ".join(near) or "—")


def statuses(store: Database) -> list[WellStatus]:
    """In the order of the tree. Status: the worst fresh finding; idle when stopped; none when there is no data."""
    open_findings = findings.open_by_well(store)
    spans = trends.spans(store)
    result = []
    for well in records.wells(store):
        span = spans.get(well.id)
        last = from_us(span[1]) if span else None
        mine = open_findings.get(well.id, [])
        fresh = [severity for severity, _, until in mine if last is None or until >= last - FRESH]
        status = next((severity for severity in _ORDER if severity in fresh), "ok")
        if last is None and not mine:
            status = "none"
        elif status == "ok" and well.state != "running":
            status = "idle"
        unread = sum(not seen and severity != "info" for severity, seen, _ in mine)
        result.append(WellStatus(well, status, unread, last))
    return result
