"""Tasks that the site's rules make: by what was measured and done, so that two laptops that know the same
make the same.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from app.core.jobs import Job
from app.models.records import Record
from app.models.store import central, records
from app.models.store import tasks as store
from app.models.task_rules import TaskRule, rules_of
from app.models.wells import Well
from app.services.records import entries
from app.services.workspace import Workspace

AHEAD = timedelta(days=7)
"""Made when it is due so soon."""
STALE = timedelta(days=60)
"""What happened longer ago makes no task any more."""
OUT_OF_USE = ("inactive",)
DAY = timedelta(days=1)


def rules(workspace: Workspace) -> list[TaskRule]:
    """Raises KnownError (task_rule_wrong)."""
    return rules_of(workspace.settings["task_rules"])


def make(workspace: Workspace, job: Job | None = None) -> list[Record]:
    """What is due by the rules and not there yet, saved. Raises KnownError (task_rule_wrong)."""
    known = rules(workspace)
    if not known:
        return []
    entries.close_tasks(workspace)
    wells = [well for well in records.wells(workspace.store) if well.state not in OUT_OF_USE]
    standing = {(task.well_id, task.values.get("what")) for task in store.standing(workspace.store)}
    made: list[Record] = []
    for rule in known:
        for well, since, due in _due(workspace, rule, wells):
            if job is not None:
                job.check()
            if (int(well.id), rule.what) in standing:
                continue
            task = _first_unknown(workspace, rule, well, since, due)
            if task is not None:
                standing.add((task.well_id, rule.what))
                made.append(entries.save_record(workspace, task))
    entries.close_tasks(workspace)
    return made


def _due(workspace: Workspace, rule: TaskRule, wells: list[Well]) -> list[tuple[Well, datetime, datetime]]:
    """Well, the beginning of the window, the day until which (midnight UTC is a day without an hour)."""
    now = workspace.clock()
    mine = [well for well in wells if rule.lift in ("", well.lift)]
    done = store.last_done(workspace.store, rule.what) if rule.what != "visit" else {}
    found = []
    if rule.after is None:
        for well in mine:
            last = done.get(int(well.id))
            since = last + timedelta(seconds=1) if last is not None else _grid(now, rule.days)
            due = _day(since) + timedelta(days=rule.days)
            if due <= now + AHEAD:
                found.append((well, since, due))
        return found
    for number, ended in store.happened(workspace.store, *rule.after).items():
        due = _day(ended) + timedelta(days=rule.days)
        fresh = now - max(STALE, timedelta(days=2 * rule.days)) <= ended <= now
        answered = done.get(number)
        if fresh and due <= now + AHEAD and not (answered is not None and answered >= ended):
            found += [(well, ended, due) for well in mine if int(well.id) == number]
    return found


def _first_unknown(
    workspace: Workspace, rule: TaskRule, well: Well, since: datetime, due: datetime
) -> Record | None:
    """One that was closed by a word, or taken away, is not made again: the next time is asked for then."""
    uid, latest = well.key["uid"], workspace.clock() + AHEAD
    while _is_known(workspace, rule.task_id(uid, due)):
        if rule.after is not None:
            return None
        since, due = due + DAY, due + timedelta(days=rule.days)
        if due > latest:
            return None
    values = {"what": rule.what, "state": "planned", "origin": "rule", "rule": rule.code}
    return Record(rule.task_id(uid, due), "task", int(well.id), since, max(due, since), dict(values))


def _is_known(workspace: Workspace, task_id: str) -> bool:
    if workspace.journal.last_of_record(task_id) is not None:
        return True
    return central.version_of(workspace.store, task_id) > 0


def _grid(now: datetime, days: int) -> datetime:
    """Of a well that nobody has measured: the beginning of the period that is now, the same everywhere."""
    whole = int(now.timestamp()) // 86_400
    return datetime.fromtimestamp((whole - whole % days) * 86_400, UTC)


def _day(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
