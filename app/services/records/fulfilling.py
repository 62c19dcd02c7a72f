"""Tasks that an entry has done, and those that its removal opens again. Whoever saves them says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from app.core.clock import iso
from app.core.errors import KnownError
from app.models.kinds.planned import WORKS
from app.models.records import Record
from app.models.store import tasks
from app.models.values import Values
from app.services.workspace import Workspace

DOES = frozenset((*WORKS, "workover", "finding_decision")) - {"visit", "other", "check", "repair"}
"""Kinds of entries that may have done a task."""
_DONE_BY = {"workover": "repair", "finding_decision": "check"}
"""Kind of an entry → what it does, where that is called otherwise."""
FOLLOWS = "follows"
"""In an entry's payload: the entry that it follows from, by no deed of a person."""


def closed(workspace: Workspace, kind: str = "", well: int | None = None) -> list[tuple[Record, str]]:
    """(task as it stands when it is closed, what has done it); by entries of this kind and well, by all
    without. Nothing where the cache cannot say: it is asked again when the day's tasks are looked at.
    """
    try:
        done = tasks.does(workspace.store, _DONE_BY.get(kind, kind), well)
        standing = tasks.of_names(workspace.store, sorted(done))
    except KnownError:
        return []
    told = [(task, *done[task.id]) for task in sorted(standing, key=lambda one: one.id)]
    return [(replace(task, values={**task.values, **_done(at, entry)}), entry) for task, entry, at in told]


def _done(at: datetime, entry: str) -> Values:
    return {"state": "done", "done_at": iso(at), "done_by": entry}


def opened_again(workspace: Workspace, entry: str) -> list[Record]:
    """What this entry had done, and as it stands now does not do, is to be done again."""
    try:
        done = tasks.done_by(workspace.store, entry)
        still = tasks.still_does(workspace.store, entry) if done else set()
    except KnownError:
        return []
    return [_open(task) for task in done if task.id not in still]


def _open(task: Record) -> Record:
    kept = {key: value for key, value in task.values.items() if key not in ("done_at", "done_by")}
    return replace(task, values={**kept, "state": "planned"})
