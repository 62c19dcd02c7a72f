"""Two journals, two caches and one centre: both do one task, and nothing of what they measured is lost."""

from __future__ import annotations

from datetime import timedelta

from app.core.ids import new_id
from app.models.entries import State
from app.models.kinds import KINDS
from app.models.records import Record
from app.models.store import kinds
from app.services.records import entries
from app.services.tasks import ruling
from app.services.workspace import Workspace
from tests.conftest import NOW
from tests.sync.conftest import syncs
from tests.sync.memory_centre import MemoryCentre


def level(workspace: Workspace, metres: float, days_ago: float) -> Record:
    at = NOW - timedelta(days=days_ago)
    record = Record(new_id(), "fluid_level", 1, at, None, {"level": "dynamic", "level_m": metres})
    return entries.save_record(workspace, record)


def tasks_of(workspace: Workspace) -> list[tuple[str, object, object]]:
    found = kinds.of_well(workspace.store, KINDS["task"], 1)
    return [(task.id, task.values.get("state"), task.values.get("done_by")) for task in found]


def levels_of(workspace: Workspace) -> set[str]:
    return {one.id for one in kinds.of_well(workspace.store, KINDS["fluid_level"], 1)}


def test_a_task_of_a_rule_is_one_and_both_levels_are_kept(two: tuple[Workspace, Workspace]) -> None:
    anna, boris = two
    centre = MemoryCentre(lambda: NOW)
    seen = level(anna, 1200.0, 10)
    syncs(anna, centre)
    syncs(boris, centre)
    (hers,), (his,) = ruling.make(anna), ruling.make(boris)
    assert hers.id == his.id, "planned on different days, by the words of another language"
    first, second = level(anna, 1250.0, 1), level(boris, 1252.0, 0.5)
    for one in (anna, boris, anna, boris):
        syncs(one, centre)
    assert levels_of(anna) == levels_of(boris) == {seen.id, first.id, second.id}
    assert tasks_of(anna) == tasks_of(boris) == [(hers.id, "done", first.id)]
    for one in two:
        assert one.journal.unsent_count() == 0, "nobody is asked anything"
        assert one.journal.entries(State.CONFLICT) == []


def test_a_level_of_another_laptop_closes_the_task_that_it_did_not_know(
    two: tuple[Workspace, Workspace],
) -> None:
    anna, boris = two
    centre = MemoryCentre(lambda: NOW)
    level(anna, 1200.0, 10)
    syncs(anna, centre)
    syncs(boris, centre)
    (task,) = ruling.make(anna)
    done = level(boris, 1251.0, 1)
    syncs(boris, centre)
    syncs(anna, centre)
    assert tasks_of(anna) == [(task.id, "done", done.id)]
