"""Tasks: set by people, by rules, from findings; closed by the entry that does them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.core.errors import KnownError
from app.core.ids import new_id
from app.models.findings import Finding
from app.models.kinds import KINDS
from app.models.records import Record
from app.models.store import kinds, records
from app.models.task_rules import TaskRule, rule_of_code, rules_of
from app.services.records import deeds, entries
from app.services.tasks import listing, ruling
from app.services.workspace import Workspace

DAY = timedelta(days=1)


def now(workspace: Workspace) -> datetime:
    return workspace.clock()


def level(workspace: Workspace, at: datetime, well: int = 1) -> Record:
    record = Record(new_id(), "fluid_level", well, at, None, {"level": "dynamic", "level_m": 1200.0})
    return entries.save_record(workspace, record)


def asked(workspace: Workspace, what: str = "fluid_level", **more: object) -> Record:
    well = next(one for one in records.wells(workspace.store) if int(one.id) == 1)
    since, until = now(workspace) - DAY, now(workspace) + 3 * DAY
    return listing.add(workspace, well, what, until, since=since, **more)  # type: ignore[arg-type]


def stands(workspace: Workspace, task: Record) -> dict[str, object]:
    found = kinds.find(workspace.store, KINDS["task"], task.id)
    assert found is not None
    return {key: found.values.get(key) for key in ("state", "done_by", "done_at")}


def test_a_level_closes_the_task_of_its_well_and_no_other(workspace: Workspace) -> None:
    mine, sample = asked(workspace), asked(workspace, "lab_result")
    other = entries.save_record(workspace, Record(new_id(), "task", 2, mine.at, None, dict(mine.values)))
    done = level(workspace, now(workspace))
    assert stands(workspace, mine)["done_by"] == done.id
    assert stands(workspace, mine)["state"] == "done"
    assert [stands(workspace, one)["state"] for one in (sample, other)] == ["planned", "planned"]
    versions = entries.versions_of(workspace, mine.id)
    assert [one.number for one in versions] == [1, 2], "its history says that it was closed, and when"


def test_a_save_reads_the_tasks_that_it_does_and_not_all_of_the_field(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    task, others = asked(workspace), asked(workspace, "lab_result")
    read: list[str] = []
    whole = kinds.found

    def found(*told: object) -> list[Record]:
        answer = whole(*told)  # type: ignore[arg-type]
        read.extend(one.id for one in answer if one.kind == "task")
        return answer

    monkeypatch.setattr(kinds, "found", found)
    level(workspace, now(workspace))
    assert (set(read), stands(workspace, others)["state"]) == ({task.id}, "planned")
    assert stands(workspace, task)["state"] == "done"


def test_what_was_measured_before_the_window_does_not_close_it(workspace: Workspace) -> None:
    level(workspace, now(workspace) - 2 * DAY)
    task = asked(workspace)
    entries.close_tasks(workspace)
    assert stands(workspace, task)["state"] == "planned"


def test_a_task_is_closed_whichever_came_first_and_once(workspace: Workspace) -> None:
    """The level came by a file or another laptop: nobody pressed Save here after it."""
    first = level(workspace, now(workspace) - timedelta(hours=2))
    level(workspace, now(workspace) - timedelta(hours=1))
    task = asked(workspace)
    assert entries.close_tasks(workspace) == 1
    assert stands(workspace, task)["done_by"] == first.id
    assert entries.close_tasks(workspace) == 0


def test_taking_the_level_back_opens_the_task_and_is_one_deed(workspace: Workspace) -> None:
    task = asked(workspace)
    done = level(workspace, now(workspace))
    last = deeds.last_done(deeds.deeds(workspace))
    assert last is not None
    assert last.first.payload["record"] == done.id, "the closing is no deed of a person"
    deeds.turn(workspace, last)
    assert stands(workspace, task) == {"state": "planned", "done_by": None, "done_at": None}
    back = deeds.last_taken_back(deeds.deeds(workspace))
    assert back is not None
    deeds.turn(workspace, back)
    assert stands(workspace, task)["state"] == "done"


def test_a_flow_test_that_is_not_valid_does_nothing(workspace: Workspace) -> None:
    task = asked(workspace, "flow_test")
    values = {"liquid_m3_per_s": 5e-4, "duration_s": 14_400.0, "valid": False}
    entries.save_record(workspace, Record(new_id(), "flow_test", 1, now(workspace), None, dict(values)))
    assert stands(workspace, task)["state"] == "planned"


def test_a_repair_is_done_when_its_workover_is_and_not_while_that_is_a_plan(workspace: Workspace) -> None:
    task = asked(workspace, "repair")
    plan = Record(new_id(), "workover", 1, now(workspace), None, {"kind": "trs", "state": "planned"})
    entries.save_record(workspace, plan)
    assert stands(workspace, task)["state"] == "planned"
    entries.save_record(
        workspace, Record(plan.id, "workover", 1, plan.at, None, {"kind": "trs", "state": "done"})
    )
    assert stands(workspace, task)["done_by"] == plan.id


def test_an_entry_that_is_changed_and_does_it_no_more_opens_the_task(workspace: Workspace) -> None:
    task, repair = asked(workspace), asked(workspace, "repair")
    done = level(workspace, now(workspace))
    work = Record(new_id(), "workover", 1, now(workspace), None, {"kind": "trs", "state": "done"})
    entries.save_record(workspace, work)
    entries.save_record(workspace, replace(done, values={**done.values, "level_m": 1300.0}))
    assert [stands(workspace, one)["state"] for one in (task, repair)] == ["done", "done"], "it still does"
    entries.save_record(workspace, replace(done, at=task.at - DAY))
    entries.save_record(workspace, replace(work, values={"kind": "trs", "state": "planned"}))
    opened = {"state": "planned", "done_by": None, "done_at": None}
    assert [stands(workspace, one) for one in (task, repair)] == [opened, opened]
    entries.undo_change(workspace, work.id)
    assert stands(workspace, repair)["done_by"] == work.id


def test_a_finding_is_checked_by_deciding_on_it(workspace: Workspace) -> None:
    at = now(workspace)
    finding = Finding(1, "pump_off", "act", 0.8, at - DAY, at, id="11111111-2222-5333-8444-555555555555")
    task = listing.of_finding(workspace, finding, "Срыв подачи")
    assert listing.of_finding(workspace, finding, "Срыв подачи").id == task.id, "once"
    entries.decide(workspace, finding, "accepted", "")
    assert stands(workspace, task)["state"] == "done"


def test_people_take_refuse_and_do(workspace: Workspace) -> None:
    workspace.settings.set("author", "Петров")
    task = asked(workspace, "visit")
    assert listing.take(workspace, task).values["who"] == "Петров"
    with pytest.raises(KnownError, match="reason_missing"):
        listing.refuse(workspace, task, " ")
    assert listing.refuse(workspace, task, "нет проезда").values["state"] == "cannot"
    assert listing.standing(workspace) == []
    again = asked(workspace, "visit", who="Сидоров")
    assert listing.standing(workspace, "петров") == []
    listing.do(workspace, listing.named(workspace, again.id[-8:]))
    assert stands(workspace, again)["state"] == "done"


def test_what_is_overdue_comes_first_and_says_by_how_much(workspace: Workspace) -> None:
    soon = asked(workspace)
    late = Record(new_id(), "task", 1, now(workspace) - 9 * DAY, now(workspace) - 5 * DAY, {"what": "visit"})
    entries.save_record(workspace, late)
    found = listing.standing(workspace)
    assert [(one.record.id, one.late_days) for one in found] == [(late.id, 5), (soon.id, 0)]


# ---- rules -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ("уровень раз в 14 сут", TaskRule("fluid_level", 14)),
        ("Уровень  раз в 14 суток: ШГН", TaskRule("fluid_level", 14, None, "srp")),
        ("level every 14 d: SRP", TaskRule("fluid_level", 14, None, "srp")),
        ("проба через 3 сут после ОПЗ", TaskRule("lab_result", 3, ("workover", "opz"))),
        ("sample 3 d after opz", TaskRule("lab_result", 3, ("workover", "opz"))),
        ("замер через 1 день после пуска", TaskRule("flow_test", 1, ("event", "start"))),
    ],
)
def test_a_rule_is_read_in_both_languages_and_is_one(said: str, rule: TaskRule) -> None:
    assert rules_of(f" {said} ;") == [rule]
    assert rule_of_code(rule.code) == rule


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ("уровень когда-нибудь", "уровень когда-нибудь"),
        ("шум раз в 2 сут", "шум"),
        ("уровень раз в 0 сут", "0"),
    ],
)
def test_a_rule_that_nobody_understands_is_refused_by_its_words(said: str, part: str) -> None:
    with pytest.raises(KnownError) as refused:
        rules_of(f"проба раз в 30 сут; {said}")
    assert refused.value.details == {"rule": said, "part": part}


def test_a_rule_makes_what_is_due_once_and_the_next_after_it_was_done(workspace: Workspace) -> None:
    workspace.settings.set("task_rules", "уровень раз в 14 сут")
    level(workspace, now(workspace) - 12 * DAY)
    level(workspace, now(workspace) - 2 * DAY, well=2)
    made = {one.well_id: one for one in ruling.make(workspace)}
    assert 1 in made
    assert 2 not in made, "that of the other well is not due in a week"
    assert made[1].until == (now(workspace) + 2 * DAY).replace(hour=0, minute=0, second=0, microsecond=0)
    assert ruling.make(workspace) == []
    level(workspace, now(workspace))
    assert stands(workspace, made[1])["state"] == "done"
    assert [one.well_id for one in ruling.make(workspace)] == [], "the next is two weeks away"


def test_what_was_refused_is_asked_for_again_by_the_next_time_only(workspace: Workspace) -> None:
    workspace.settings.set("task_rules", "уровень раз в 4 сут")
    level(workspace, now(workspace) - 3 * DAY)
    (task,) = (one for one in ruling.make(workspace) if one.well_id == 1)
    listing.refuse(workspace, task, "нет эхолота")
    (again,) = ruling.make(workspace)
    assert again.until is not None
    assert task.until is not None
    assert again.until - task.until == 4 * DAY


def test_a_sample_is_asked_for_after_a_stimulation_that_was_done_and_not_after_a_planned_one(
    workspace: Workspace,
) -> None:
    workspace.settings.set("task_rules", "проба через 3 сут после ОПЗ")
    plan = Record(new_id(), "workover", 1, now(workspace) - DAY, None, {"kind": "opz", "state": "planned"})
    entries.save_record(workspace, plan)
    assert ruling.make(workspace) == []
    entries.save_record(
        workspace, Record(plan.id, "workover", 1, plan.at, None, {"kind": "opz", "state": "done"})
    )
    (task,) = ruling.make(workspace)
    assert (task.well_id, task.values["what"], task.values["rule"]) == (
        1,
        "lab_result",
        "lab_result 3 d after workover opz",
    )
    old = Record(new_id(), "workover", 2, now(workspace) - 200 * DAY, None, {"kind": "opz"})
    entries.save_record(workspace, old)
    assert ruling.make(workspace) == [], "what is long past makes none"


def test_two_laptops_that_know_the_same_call_the_task_the_same() -> None:
    due = datetime(2026, 11, 20, tzinfo=UTC)
    russian, english = rules_of("уровень раз в 14 сут"), rules_of("level every 14 days")
    assert russian[0].task_id("u", due) == english[0].task_id("u", due)
    assert russian[0].task_id("u", due) != russian[0].task_id("u", due + DAY)
