"""A task that two laptops work on: whoever has come further stands, only a word against a word is asked."""

from __future__ import annotations

from typing import Any

import pytest

from app.models.entries import State
from app.sync.conflicts import Merge, merge
from tests.sync.conftest import Laptop

PLANNED = {"what": "fluid_level", "state": "planned", "origin": "rule"}
DONE = {**PLANNED, "state": "done", "done_at": "2026-10-20T08:00:00Z", "done_by": "level-a"}


def body(values: dict[str, Any]) -> dict[str, Any]:
    return {"at": "2026-10-18T00:00:00Z", "until": None, "values": values, "action": "saved"}


def merged(mine: dict[str, Any], theirs: dict[str, Any], base: dict[str, Any] = PLANNED) -> Merge:
    return merge("task", body(base), body(mine), body(theirs))


def test_what_two_have_done_is_one_closed_task_and_nobody_is_asked() -> None:
    mine = {**DONE, "done_by": "level-b", "done_at": "2026-10-20T09:00:00Z", "who": "Борис"}
    found = merged(mine, {**DONE, "who": "Анна"})
    assert found.conflicts == ()
    assert found.values == {**DONE, "who": "Анна"}, "the one that the centre has"


@pytest.mark.parametrize("done_here", [True, False])
def test_what_was_done_is_not_undone_by_who_took_it_meanwhile(done_here: bool) -> None:
    done, taken = {**DONE, "who": "Анна"}, {**PLANNED, "state": "taken", "who": "Борис"}
    found = merged(done, taken) if done_here else merged(taken, done)
    assert (found.conflicts, found.values) == ((), done)


def test_a_comment_and_a_deadline_of_others_are_kept_beside_it() -> None:
    later = {**body({**PLANNED, "note": "взять манометр"}), "until": "2026-10-25T00:00:00Z"}
    found = merge("task", body(PLANNED), body(DONE), later)
    assert (found.conflicts, found.moments["until"]) == ((), "2026-10-25T00:00:00Z")
    assert found.values == {**DONE, "note": "взять манометр"}


def test_done_against_cannot_is_a_word_against_a_word() -> None:
    found = merged(DONE, {**PLANNED, "state": "cannot", "why": "нет проезда"})
    assert {one.field for one in found.conflicts} == {"values.state", "values.why"}


def test_two_that_mean_it_for_different_people_are_asked() -> None:
    found = merged({**PLANNED, "who": "Анна"}, {**PLANNED, "who": "Борис"})
    assert [(one.mine, one.theirs) for one in found.conflicts] == [("Анна", "Борис")]


def test_the_same_task_made_by_a_rule_on_two_laptops_is_one_without_a_question(laptop: Laptop) -> None:
    first = laptop.saves(PLANNED, kind="task", record="0" * 32)
    laptop.pushes()
    other = laptop.saves(PLANNED, kind="task", record="0" * 32, author="B")
    laptop.pushes()
    assert laptop.state(first) is State.ACKED
    assert laptop.state(other) in (State.ACKED, State.DISCARDED)
    assert laptop.journal.unsent_count() == 0
    assert [values["values"] for _, values in laptop.centre.versions["0" * 32]][-1] == PLANNED
