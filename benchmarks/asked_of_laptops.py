"""What the benchmarks of a bad day ask of laptops."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from app.core.errors import KnownError
from app.core.ids import new_id
from app.core.jobs import Job
from app.models.entries import State
from app.models.kinds import KINDS
from app.models.records import Record
from app.models.store import kinds, records
from app.models.wells import ESP, Well, WellId
from app.services.centre import sync
from app.services.workspace import Workspace
from tests.centre_process import AT


def flow_test(**values: Any) -> Record:
    usual = {"liquid_m3_per_s": 0.001, "duration_s": 14_400.0, "valid": True}
    return Record(new_id(), "flow_test", 1, AT, None, usual | values)


def put(workspace: Workspace, field: str, name: str) -> None:
    with workspace.store.writing() as cursor:
        records.put_wells(cursor, [Well(WellId(1), name, field, "5", ESP)])


def records_of(workspace: Workspace, record: str) -> Record:
    found = kinds.find(workspace.store, KINDS["flow_test"], record)
    assert found is not None
    return found


def has(workspace: Workspace, record: str) -> bool:
    return kinds.find(workspace.store, KINDS["flow_test"], record) is not None


def same(one: Workspace, other: Workspace, record: str) -> bool:
    return has(one, record) and records_of(one, record).values == records_of(other, record).values


def same_note(workspace: Workspace, record: str, note: str) -> bool:
    return str(records_of(workspace, record).values.get("note") or "") == note


def states(workspace: Workspace) -> set[State]:
    return {entry.state for entry in workspace.journal.entries() if entry.state is not State.DISCARDED}


def meet(*laptops: Workspace) -> None:
    for _ in range(2):
        for one in laptops:
            sync.run(Job(), one)


def refused(work: Callable[[], object]) -> bool:
    try:
        work()
    except KnownError:
        return True
    return False


def until(true: Callable[[], bool], within_s: float = 30.0) -> bool:
    deadline = time.monotonic() + within_s
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True
