"""One sync of this profile: connections from the settings, the protocol from `app.sync`, what came of it in
words and in a log.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from app.core.clock import iso, parse_time
from app.core.errors import KnownError
from app.core.files import write_atomically
from app.core.jobs import Job
from app.core.plain import JsonObject
from app.models.cards import Card, StoredCard
from app.models.entries import State
from app.models.store import records
from app.models.values import Read, part_of, text_of
from app.services.centre import connections, people, unsent
from app.services.diagnosis import cards
from app.services.records import entries
from app.services.wells import merging
from app.services.wells.finding import find_well
from app.services.workspace import Workspace
from app.sync.carried import Subscription
from app.sync.engine import Parts, SyncReport, sync
from app.sync.pull import wells_carried
from app.sync.sanity import READINGS
from app.sync.transports.base import CentralCard, PushCentre

WORST_SKEW_S = 300.0
LONGEST_LOG = 200
LOOK_S = 0.2
"""While another sync of this program runs."""


@dataclass(frozen=True)
class Outcome:
    """What one sync did, as plain figures and codes: for the page, the log and `--json`."""

    at: datetime
    sent: int = 0
    merged: int = 0
    refused: int = 0
    conflicts: int = 0
    confirmed: int = 0
    changes: int = 0
    readings: int = 0
    cards: int = 0
    skew_s: float = 0.0
    problems: dict[str, JsonObject] = field(default_factory=dict)
    differences: tuple[tuple[str, str, bool, str], ...] = ()
    changed: bool = False
    set_back: int = 0
    evicted: int = 0
    fields_added: str = ""
    fields_taken: str = ""
    """Names of fields whose rights changed; the wells of those that were taken away have left."""
    records_mended: int = 0
    records_differ: int = 0
    """Wells and kinds whose records the comparison found to differ: read again, and those that still do."""

    @property
    def good(self) -> bool:
        return not self.problems

    @property
    def quiet(self) -> bool:
        """Nothing came, nothing went, nothing was wrong."""
        return self.good and not (
            self.sent
            or self.refused
            or self.conflicts
            or self.merged
            or self.changed
            or self.differences
            or self.set_back
            or self.fields_added
            or self.fields_taken
            or self.records_mended
            or self.records_differ
        )

    def to_json(self) -> JsonObject:
        return {**self.__dict__, "at": iso(self.at), "differences": [list(one) for one in self.differences]}

    def problem(self, channel: str) -> KnownError | None:
        told = self.problems.get(channel)
        if not told:
            return None
        return KnownError.of(text_of(told, "code"), part_of(told, "details"), retry=bool(told["retry"]))


def run(job: Job, workspace: Workspace, *, compare: bool = True) -> Outcome:
    """Raises KnownError (sync_not_set_up, clickhouse_password_missing) when there is nothing to sync with; a
    channel's trouble is in the outcome.
    """
    if not connections.is_set_up(workspace):
        problems = connections.connect(workspace).problems
        raise problems.get(connections.CLICKHOUSE) or KnownError("sync_not_set_up")
    while not workspace.syncing.acquire(timeout=LOOK_S):
        job.check()
    try:
        return _run(job, workspace, compare=compare)
    finally:
        workspace.syncing.release()


def _run(job: Job, workspace: Workspace, *, compare: bool) -> Outcome:
    made, merges = connections.connect(workspace, job.pause), merging.relation(workspace)
    parts = Parts(
        workspace.store,
        workspace.journal,
        workspace.clock,
        random.Random(),
        lambda number: _key_of(workspace, number),
        lambda card, well: make_card(workspace, card, well),
        subscription(workspace),
        made.centre,
        made.records,
        made.readings,
        lambda rows: workspace.grids.written(rows, merging.relation(workspace)),
        compare,
    )
    try:
        report = sync(job, parts)
        _introduced(workspace, made.centre, report)
    finally:
        made.close()
    for name, error in made.problems.items():
        report.problems.setdefault(
            {connections.CENTRE: "push", connections.CLICKHOUSE: "readings"}.get(name, "records"), error
        )
    merging.judge_again(workspace, merges, job)
    entries.close_tasks(workspace)  # by what others have measured
    outcome = _outcome(workspace, report)
    remember(workspace, outcome)
    return outcome


def _introduced(workspace: Workspace, centre: PushCentre | None, report: SyncReport) -> None:
    """So that work can be carried on a stick when there is no network, and who works here is known. A centre
    that knows nothing of it yet, or a device that may not push, stops nothing.
    """
    if centre is None or report.hello is None or "push" not in report.hello.scopes:
        return
    try:
        unsent.introduce(workspace, centre, report.hello)
        people.hand_over(workspace, centre)
    except KnownError as error:
        if error.code not in ("centre_refused", "centre_token"):
            report.problems.setdefault("push", error)


def _outcome(workspace: Workspace, report: SyncReport) -> Outcome:
    names = {int(well.id): well.name for well in records.every_well(workspace.store)}
    return Outcome(
        workspace.clock(),
        report.pushed.sent,
        report.pushed.merged,
        report.pushed.states.get(State.QUARANTINED, 0),
        report.pushed.states.get(State.CONFLICT, 0) - report.pushed.merged,
        report.pulled.confirmed,
        report.pulled.changes,
        report.pulled.readings,
        report.pulled.cards,
        round(report.skew_s, 1),
        {
            channel: {
                "code": e.code,
                "retry": e.retry,
                "details": {k: str(v) for k, v in e.details.items() if v is not None},
            }
            for channel, e in report.problems.items()
        },
        tuple(
            (names.get(one.well, str(one.well)), one.month, one.mended, one.what)
            for one in report.differences
        ),
        report.pulled.changed or bool(report.evicted),
        report.set_back,
        report.evicted,
        ", ".join(report.rights.added),
        ", ".join(report.rights.taken),
        sum(one.mended for one in report.record_differences),
        sum(not one.mended for one in report.record_differences),
    )


# ---- what this laptop carries ------------------------------------------------------------------------------


def subscription(workspace: Workspace) -> Subscription:
    wanted = [name.strip() for name in workspace.settings["sync_wells"].split(",") if name.strip()]
    since = (workspace.clock() - timedelta(days=workspace.settings["sync_days"])).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    if not wanted:
        return Subscription(frozenset(), since, workspace.settings["metered"])
    return Subscription(
        frozenset(find_well(workspace, name).uid for name in wanted), since, workspace.settings["metered"]
    )


@dataclass(frozen=True)
class Estimate:
    wells: int
    readings: int
    bytes_here: int
    seconds: float


BYTES_A_READING, READINGS_A_SECOND, COARSE_SHARE = 1.5, 1.5e6, 1 / 30


def estimate(job: Job, workspace: Workspace) -> Estimate:
    """Asked of the centre before a first pull. Raises KnownError when it cannot be reached."""
    made = connections.connect(workspace, job.pause)
    try:
        if made.readings is None:
            raise made.problems.get(connections.CLICKHOUSE) or KnownError("sync_not_set_up")
        carried = subscription(workspace)
        numbers = wells_carried(workspace.store, carried)
        parts = made.readings.months(sorted(numbers), carried.since) if numbers else []
    finally:
        made.close()
    rows = sum(part.rows for part in parts)
    rows = int(rows * COARSE_SHARE) if carried.coarse else rows
    return Estimate(len(numbers), rows, int(rows * BYTES_A_READING), rows / READINGS_A_SECOND)


# ---- cards and wells ---------------------------------------------------------------------------------------


def make_card(workspace: Workspace, card: CentralCard, well_id: int) -> StoredCard:
    """With its figures, as if it had been taken here."""
    taken = Card(
        str(well_id),
        card.taken_at,
        card.strokes_per_minute,
        np.array(card.position_m, float),
        np.array(card.load_n, float),
    )
    return cards.kept_form(workspace, taken, well_id, card.card_id)


def _key_of(workspace: Workspace, number: int) -> Read | None:
    return next((well.key for well in records.every_well(workspace.store) if well.id == number), None)


# ---- the log -----------------------------------------------------------------------------------------------


def log_file(workspace: Workspace) -> Any:
    return workspace.paths.folder / "sync.json"


def remember(workspace: Workspace, outcome: Outcome) -> None:
    """The last ones, newest first; nothing but figures and codes. Of quiet ones only the last is kept: it
    says until when all was well.
    """
    before = history(workspace)
    if before and outcome.quiet and before[0].quiet:
        before = before[1:]
    kept = [one.to_json() for one in (outcome, *before)][:LONGEST_LOG]
    write_atomically(log_file(workspace), json.dumps(kept, ensure_ascii=False).encode(), durable=False)


def history(workspace: Workspace) -> list[Outcome]:
    """A damaged file is an empty log."""
    try:
        kept = json.loads(log_file(workspace).read_text(encoding="utf-8"))
        ours = {field.name for field in fields(Outcome)}  # another version of the program may have told more
        return [
            Outcome(
                **{
                    **{key: value for key, value in one.items() if key in ours},
                    "at": parse_time(one["at"]),
                    "differences": tuple(
                        (*d, READINGS)[:4] for d in one["differences"]
                    ),  # before: of readings
                }
            )
            for one in kept
        ]
    except (OSError, ValueError, TypeError, KeyError):
        return []
