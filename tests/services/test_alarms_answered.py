"""Alarms in their states: acknowledged, shelved, suppressed, returned; two laptops; what nobody knows."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from app.core.clock import from_us
from app.core.errors import KnownError
from app.core.texts import Speaker
from app.models.alarms import STATES, Alarm, Waiting
from app.models.readings import Readings
from app.models.sensors import SENSORS
from app.models.store import alarm_list, alarms, readings
from app.models.store.alarm_list import Wanted
from app.models.store.alarms import Mark, StoredEpisode, Watch
from app.reports import alarm_words
from app.services.alarms import acting, counting
from app.services.records import entries
from app.services.workspace import Workspace

MINUTE = timedelta(minutes=1)
PEN, LEVEL = "motor_temperature", "high"


def episode(
    workspace: Workspace, begin: int, end: int | None, by: str = "", raised: bool = True
) -> StoredEpisode:
    """Minutes before now."""
    now = int(workspace.clock().timestamp() * 1e6)
    at = now - begin * 60_000_000
    ended = None if end is None else now - end * 60_000_000
    return StoredEpisode(1, PEN, LEVEL, at, at if raised else None, ended, by, 400.0, 390.0, 0.0)


def put(workspace: Workspace, *found: StoredEpisode, known: int = 0, suppressed: bool = False) -> None:
    """`known`: how many minutes ago the last reading was."""
    until = workspace.clock() - known * MINUTE
    told = ("", "high", "equipment", "", "temperature", 390.0, 395.0, until, 600.0, suppressed, "", "{}")
    alarms.renew(
        workspace.store, 1, found, [Watch(1, PEN, LEVEL, *told)], Mark(0, "x", 0), again_from_us=None
    )


def shown(workspace: Workspace, **more: object) -> list[Alarm]:
    wanted = replace(Wanted(states=STATES), **more)  # type: ignore[arg-type]
    return alarm_list.lines(workspace.store, wanted, workspace.clock())


def states(workspace: Workspace) -> list[str]:
    return [one.state for one in shown(workspace)]


def test_an_alarm_goes_through_the_states_of_the_standard(workspace: Workspace) -> None:
    put(workspace, episode(workspace, 30, None))
    assert states(workspace) == ["unacknowledged"]
    acting.acknowledge(workspace, shown(workspace), "еду")
    (one,) = shown(workspace)
    assert (one.state, one.comment, one.acknowledged_at) == ("acknowledged", "еду", workspace.clock())
    put(workspace, episode(workspace, 30, 5, "returned"))
    assert states(workspace) == ["returned"]


def test_what_returned_before_anybody_saw_it_stays_until_somebody_does(workspace: Workspace) -> None:
    put(workspace, episode(workspace, 30, 5, "returned"))
    assert states(workspace) == ["returned_unacknowledged"]
    acting.acknowledge(workspace, shown(workspace))
    assert states(workspace) == ["returned"], "and it is still in the list"


def test_an_act_is_of_the_alarm_that_lasted_then_wherever_that_began(workspace: Workspace) -> None:
    put(workspace, episode(workspace, 30, None), episode(workspace, 90, 60, "returned"))
    acting.acknowledge(workspace, [one for one in shown(workspace) if one.ended_at is None])
    put(workspace, episode(workspace, 34, None), episode(workspace, 90, 60, "returned"))
    assert states(workspace) == ["acknowledged", "returned_unacknowledged"]


def test_two_who_answered_one_alarm_have_both_answered_it(workspace: Workspace) -> None:
    put(workspace, episode(workspace, 30, None))
    before = shown(workspace)
    acting.acknowledge(workspace, before, "еду")
    acting.acknowledge(workspace, before, "позвонил дежурному")
    (one,) = shown(workspace)
    assert one.state == "acknowledged"
    assert set(one.comment.split("; ")) == {"еду", "позвонил дежурному"}


def test_an_act_that_is_taken_back_leaves_the_alarm_as_it_was(workspace: Workspace) -> None:
    put(workspace, episode(workspace, 30, None))
    done = acting.acknowledge(workspace, shown(workspace))
    assert acting.take_back(workspace, [one.id for one in done]) == [1]
    assert states(workspace) == ["unacknowledged"]
    assert len(entries.versions_of(workspace, done[0].id)) == 2


def test_a_shelved_alarm_comes_back_by_itself_and_hides_no_later_one_of_its_limit(
    workspace: Workspace,
) -> None:
    put(workspace, episode(workspace, 30, None))
    until = workspace.clock() + 60 * MINUTE
    acting.shelve(workspace, shown(workspace), until, "ремонт датчика")
    (one,) = shown(workspace)
    assert (one.state, one.shelved_until) == ("shelved", until)
    assert "ремонт датчика" in alarm_words.detail(one, Speaker("ru")), (
        "why it is out of sight was told nowhere"
    )
    later = alarm_list.lines(workspace.store, Wanted(), until + MINUTE)
    assert [one.state for one in later] == ["unacknowledged"]
    acting.unshelve(workspace, shown(workspace))
    assert states(workspace) == ["unacknowledged"]


@pytest.mark.parametrize(
    ("hours", "why", "code"),
    [(1, " ", "reason_missing"), (0, "x", "alarm_shelf"), (9_999, "x", "alarm_shelf")],
)
def test_nothing_is_put_out_of_sight_without_a_reason_or_an_end(
    workspace: Workspace, hours: int, why: str, code: str
) -> None:
    put(workspace, episode(workspace, 30, None))
    with pytest.raises(KnownError, match=code):
        acting.shelve(workspace, shown(workspace), workspace.clock() + timedelta(hours=hours), why)


def test_a_stopped_pump_and_a_limit_that_was_taken_away_are_no_return(workspace: Workspace) -> None:
    put(workspace, episode(workspace, 30, None, raised=False), suppressed=True)
    assert states(workspace) == ["suppressed"]
    assert acting.acknowledge(workspace, shown(workspace)) == [], "nothing was raised"
    put(workspace, episode(workspace, 30, 5, "limit"))
    assert states(workspace) == ["gone"]


def test_whose_the_limit_of_now_is_is_not_said_of_the_one_that_raised_an_alarm(workspace: Workspace) -> None:
    put(
        workspace,
        episode(workspace, 20, None),
        replace(episode(workspace, 90, 60, "returned"), threshold=380.0),
    )
    assert {one.threshold: one.origin for one in shown(workspace)} == {390.0: "equipment", 380.0: ""}


def test_an_alarm_of_which_nothing_is_known_says_so_and_since_when(workspace: Workspace) -> None:
    put(workspace, episode(workspace, 30, None), known=9)
    assert shown(workspace)[0].unknown_since is None
    put(workspace, episode(workspace, 90, None), known=11)
    (one,) = shown(workspace)
    assert (one.state, one.unknown_since) == ("unacknowledged", workspace.clock() - 11 * MINUTE)


def test_what_was_acknowledged_and_is_not_found_here_stays_in_the_list(workspace: Workspace) -> None:
    put(workspace, episode(workspace, 30, None))
    acting.acknowledge(workspace, shown(workspace), "еду")
    put(workspace)
    (one,) = shown(workspace)
    assert (one.state, one.comment, one.may_be_acknowledged) == ("not_found", "еду", False)


def test_a_list_is_fetched_by_windows_and_counted_whole(workspace: Workspace) -> None:
    put(workspace, *(episode(workspace, 10 * n + 10, 10 * n + 5, "returned") for n in range(30)))
    first, then = shown(workspace, most=20), shown(workspace, most=40)[20:]
    assert (len(first), len(then)) == (20, 10)
    assert first[0].began_at > first[-1].began_at > then[0].began_at
    now = workspace.clock()
    lines, counts = alarm_list.listed(workspace.store, Wanted(most=10), now)
    assert counts == {"returned_unacknowledged": 30}
    assert len(lines) == 10
    assert alarm_list.listed(workspace.store, Wanted(wells=(9,)), now) == ([], {})
    assert alarm_list.by_well(workspace.store, now) == {1: Waiting(30, 0)}
    put(workspace, episode(workspace, 30, None))
    assert alarm_list.by_well(workspace.store, now, (1,)) == {1: Waiting(1, 1)}
    put(workspace, *(episode(workspace, 10 * n + 10, 10 * n + 5, "returned") for n in range(30)))
    assert shown(workspace, pad="6") == []
    assert from_us(0) < first[0].began_at


def test_alarms_of_a_well_that_went_into_another_are_in_no_list(workspace: Workspace) -> None:
    put(workspace, episode(workspace, 30, None))
    with workspace.store.writing() as cursor:
        cursor.execute("INSERT INTO merged_wells VALUES (1, 2)")
    assert shown(workspace) == []
    assert alarm_list.by_well(workspace.store, workspace.clock()) == {}


def test_what_chatters_and_what_stands_is_counted_by_well_and_day(workspace: Workspace) -> None:
    often = [episode(workspace, 20 * 60 + n, 20 * 60 + n - 1, "returned") for n in range(4)]
    put(workspace, *often, episode(workspace, 5 * 24 * 60, None))
    found = counting.counted(workspace)
    (one,) = found.wells
    assert (one.week, sum(day.count for day in found.days), one.standing) == (5, 5, ((PEN, "", LEVEL),))
    assert one.most is not None
    assert (one.most.count, one.most.load) == (4, "acceptable")
    assert one.chattering == (), "four in four minutes of a gauge of which nobody knows how often it is read"
    at = int(workspace.clock().timestamp()) * 1_000_000 - np.arange(9) * 60_000_000
    readings.write(workspace.store, Readings.of_one(1, SENSORS[PEN].number, at[::-1], np.ones(9)))
    assert counting.counted(workspace).wells[0].chattering == ((PEN, "", LEVEL),)
    assert counting.counted(workspace, (2,)).wells == ()


def test_alarms_of_a_well_that_went_into_another_are_counted_there_alone(workspace: Workspace) -> None:
    put(workspace, episode(workspace, 30, None))
    with workspace.store.writing() as cursor:
        cursor.execute("INSERT INTO merged_wells VALUES (1, 2)")
    assert counting.counted(workspace).days == ()
