"""Two laptops answer one alarm, and set limits, without a network: both words stand, and nobody is asked."""

from __future__ import annotations

from datetime import timedelta

from app.core.ids import new_id
from app.models.alarms import STATES, Alarm
from app.models.entries import State
from app.models.records import Record
from app.models.store import alarm_list, alarms, records
from app.models.store.alarm_list import Wanted
from app.models.store.alarms import Mark, StoredEpisode
from app.services.alarms import acting
from app.services.alarms.limits import book
from app.services.records import entries
from app.services.workspace import Workspace
from tests.conftest import NOW
from tests.sync.conftest import syncs
from tests.sync.memory_centre import MemoryCentre

PEN, LEVEL = "motor_temperature", "high"


def raised(workspace: Workspace, minutes_ago: int) -> None:
    at = int((NOW - timedelta(minutes=minutes_ago)).timestamp() * 1e6)
    found = [StoredEpisode(1, PEN, LEVEL, at, at, None, "", 400.0, 390.0, 0.0)]
    alarms.renew(workspace.store, 1, found, [], Mark(0, "x", 0), again_from_us=None)


def the_alarm(workspace: Workspace) -> Alarm:
    (one,) = alarm_list.lines(workspace.store, Wanted(states=STATES), workspace.clock())
    return one


def test_both_have_answered_it_and_both_comments_stand(two: tuple[Workspace, Workspace]) -> None:
    anna, boris = two
    centre = MemoryCentre(lambda: NOW)
    raised(anna, 30)
    raised(boris, 25)  # he has not the readings of five minutes
    acting.acknowledge(anna, [the_alarm(anna)], "еду")
    acting.acknowledge(boris, [the_alarm(boris)], "позвонил дежурному")
    for one in (anna, boris, anna, boris):
        syncs(one, centre)
    for one in (anna, boris):
        alarm = the_alarm(one)
        assert alarm.state == "acknowledged"
        assert set(alarm.acknowledged_by.split(", ")) >= {"Борис"}
        assert "позвонил дежурному" in alarm.comment
        assert [entry for entry in one.journal.entries(State.CONFLICT)] == []
    assert set(the_alarm(anna).comment.split("; ")) == {"еду", "позвонил дежурному"}


def test_limits_that_two_set_are_both_kept_and_the_later_one_holds(two: tuple[Workspace, Workspace]) -> None:
    anna, boris = two
    centre = MemoryCentre(lambda: NOW)
    for one, celsius in ((boris, 110.0), (anna, 120.0)):  # her clock is two days ahead of his
        values = {"scope": "field", "pen": PEN, "level": LEVEL, "limit_value": celsius, "limit_unit": "°C"}
        entries.save_record(one, Record(new_id(), "alarm_limit", 1, one.clock(), None, dict(values)))
    for one in (anna, boris, anna, boris):
        syncs(one, centre)
    for one in (anna, boris):
        (well,) = records.wells(one.store)
        found = next(w for w in book(one.store).of_well(well) if (w.key, w.level) == (PEN, LEVEL))
        assert [round(span.said.limit.threshold - 273.15) for span in found.spans if span.said.limit] == [
            110,
            120,
        ]
