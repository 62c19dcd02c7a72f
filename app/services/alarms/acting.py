"""What people do about alarms: acknowledge, shelve for a while, take off the shelf. Each is an entry that
stands beside those of others: two laptops that answer one alarm have both answered it, and nobody is asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from app.core.clock import iso
from app.core.errors import KnownError
from app.core.ids import new_id
from app.core.jobs import Job
from app.models.alarms import Alarm
from app.models.records import Record
from app.models.values import Values
from app.services.centre.people import author_of
from app.services.records import entries
from app.services.workspace import Workspace

KIND = "alarm_act"
LONGEST_SHELF = timedelta(days=30)
"""What is out of sight for longer is a limit that is wrong: that one is to be changed."""


def acknowledge(
    workspace: Workspace, alarms: Iterable[Alarm], comment: str = "", job: Job | None = None
) -> list[Record]:
    """Those that nobody has acknowledged yet; what is done about them goes on without it."""
    asked = [one for one in alarms if one.may_be_acknowledged]
    return [_act(workspace, one, "acknowledge", comment, None, job) for one in asked]


def shelve(
    workspace: Workspace, alarms: Iterable[Alarm], until: datetime, comment: str, job: Job | None = None
) -> list[Record]:
    """Out of the way until then, with a reason. Raises KnownError (reason_missing, alarm_shelf)."""
    now = workspace.clock()
    if not comment.strip():
        raise KnownError("reason_missing")
    if not now < until <= now + LONGEST_SHELF:
        raise KnownError("alarm_shelf", days=LONGEST_SHELF.days)
    return [_act(workspace, one, "shelve", comment, until, job) for one in _limits(alarms)]


def unshelve(workspace: Workspace, alarms: Iterable[Alarm], job: Job | None = None) -> list[Record]:
    """Before its time is over."""
    asked = (one for one in _limits(alarms) if one.shelved_until is not None)
    return [_act(workspace, one, "unshelve", "", None, job) for one in asked]


def take_back(workspace: Workspace, acts: Iterable[str]) -> list[int]:
    """As if it had not been done; what was done stays in the history. Returns the wells."""
    return [entries.undo_change(workspace, act) for act in acts]


def _limits(alarms: Iterable[Alarm]) -> list[Alarm]:
    """One alarm of each limit: a shelf is of the limit, with all alarms that it will still raise."""
    return list({(one.well, one.pen, one.level): one for one in alarms if one.state != "not_found"}.values())


def _act(
    workspace: Workspace, alarm: Alarm, act: str, comment: str, until: datetime | None, job: Job | None
) -> Record:
    if job is not None:
        job.check()
    who = author_of(workspace)
    values: Values = {"act": act, "pen": alarm.pen, "level": alarm.level}
    values |= {key: value for key, value in (("comment", comment.strip()), ("who", who)) if value}
    if act == "acknowledge":
        values["raised_at"] = iso(alarm.raised_at or alarm.began_at)
    record = Record(new_id(), KIND, alarm.well, workspace.clock(), until, values)
    return entries.save_record(workspace, record)
