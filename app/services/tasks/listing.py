"""Tasks of people: those that are to be done, and what is made of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from app.core.clock import iso
from app.core.errors import KnownError
from app.core.ids import new_id
from app.core.order import natural
from app.models.findings import Finding
from app.models.kinds import KINDS
from app.models.kinds.planned import WORKS
from app.models.records import Record
from app.models.store import kinds, records
from app.models.store import tasks as store
from app.models.values import Values, needed_text, text_of
from app.models.wells import Well
from app.services.centre.people import author_of
from app.services.records import entries
from app.services.workspace import Workspace

KIND = "task"
SHORTEST_NAME = 4
"""So much of a task's name is enough to mean it, where it means one."""


@dataclass(frozen=True)
class Task:
    """`late_days`: how many whole days of the field the last day for it lies behind; 0 while it does not."""

    record: Record
    well: Well
    late_days: int = 0

    @property
    def what(self) -> str:
        return needed_text(self.record.values, "what")

    @property
    def who(self) -> str:
        return text_of(self.record.values, "who")

    @property
    def state(self) -> str:
        return text_of(self.record.values, "state") or "planned"


def standing(workspace: Workspace, who: str = "") -> list[Task]:
    """What is to be done, the longest overdue first. `who`: what is his, or nobody's."""
    found = _of(workspace, store.standing(workspace.store), who)
    mine = [replace(task, late_days=late_days(workspace, task.record.until)) for task in found]
    return sorted(
        mine, key=lambda task: (-task.late_days, task.record.until or task.record.at, natural(task.well.name))
    )


def closed_on(workspace: Workspace, day: datetime, who: str = "") -> list[Task]:
    """What was done, or could not be, on this day of the field, in the order of the doing."""
    since = workspace.settings.zone().midnight(day)
    found = _of(workspace, store.closed_since(workspace.store, since), who)
    return sorted(
        found, key=lambda task: (text_of(task.record.values, "done_at") or "~", natural(task.well.name))
    )


def _of(workspace: Workspace, told: list[Record], who: str) -> list[Task]:
    wells = {int(well.id): well for well in records.wells(workspace.store)}
    found = [Task(record, wells[record.well_id]) for record in told if record.well_id in wells]
    return [task for task in found if not who or task.who.casefold() in ("", who.casefold())]


def seen(workspace: Workspace, record: Record) -> Task:
    """Raises KnownError (well_unknown)."""
    well = next((one for one in records.wells(workspace.store) if int(one.id) == record.well_id), None)
    if well is None:
        raise KnownError("well_unknown", well=str(record.well_id), near="—")
    return Task(record, well, late_days(workspace, record.until))


def late_days(workspace: Workspace, due: datetime | None) -> int:
    if due is None:
        return 0
    zone = workspace.settings.zone()
    return max(0, (zone.shown(workspace.clock()).date() - zone.shown(due).date()).days)


def add(
    workspace: Workspace,
    well: Well,
    what: str,
    until: datetime | None = None,
    *,
    since: datetime | None = None,
    who: str = "",
    note: str = "",
    finding: Finding | None = None,
) -> Record:
    """Raises KnownError (task_what, form_order)."""
    if what not in WORKS:
        raise KnownError("task_what", what=what, known=", ".join(WORKS))
    at = since or workspace.clock()
    if until is not None and until < at:
        raise KnownError("form_order")
    values: Values = {"what": what, "state": "planned", "origin": "finding" if finding else "person"}
    values |= {key: value for key, value in (("who", who), ("note", note)) if value}
    if finding is not None:
        values["finding"] = finding.id
    return entries.save_record(workspace, Record(new_id(), KIND, int(well.id), at, until, values))


def of_finding(workspace: Workspace, finding: Finding, words: str) -> Record:
    """A check of it, once: the one that stands is told again. `words`: what the finding is called."""
    for task in store.standing(workspace.store):
        if finding.id and task.values.get("finding") == finding.id:
            return task
    well = next(one for one in records.wells(workspace.store) if int(one.id) == finding.well_id)
    return add(workspace, well, "check", note=words, finding=finding)


def take(workspace: Workspace, task: Record, who: str = "") -> Record:
    """Whoever works here does it, or `who`."""
    name = who or author_of(workspace)
    return _become(workspace, task, {"state": "taken", **({"who": name} if name else {})})


def do(workspace: Workspace, task: Record, at: datetime | None = None) -> Record:
    """Done without an entry that says so."""
    return _become(workspace, task, {"state": "done", "done_at": iso(at or workspace.clock())})


def refuse(workspace: Workspace, task: Record, why: str) -> Record:
    """It cannot be done. Raises KnownError (reason_missing)."""
    if not why.strip():
        raise KnownError("reason_missing")
    return _become(workspace, task, {"state": "cannot", "why": why.strip()})


def _become(workspace: Workspace, task: Record, values: Values) -> Record:
    now = kinds.find(workspace.store, KINDS[KIND], task.id)
    if now is None:
        raise KnownError("record_unknown", id=task.id)
    return entries.save_record(workspace, replace(now, values={**now.values, **values}))


def named(workspace: Workspace, name: str) -> Record:
    """By its name or the beginning, or the end, of it. Raises KnownError (record_unknown, task_several)."""
    found = kinds.find(workspace.store, KINDS[KIND], name)
    if found is not None:
        return found
    meant = [
        task
        for task in kinds.found(workspace.store, KINDS[KIND], "true")
        if len(name) >= SHORTEST_NAME and (task.id.startswith(name) or task.id.endswith(name))
    ]
    if not meant:
        raise KnownError("record_unknown", id=name)
    if len(meant) > 1:
        raise KnownError("task_several", name=name, count=len(meant))
    return meant[0]
