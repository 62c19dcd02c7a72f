"""Build the demo field into a store, as if it had been pulled from the centre, and diagnose it.

Well by well: first what each well is, its records and its last fortnight, so that it can be worked with; when
all are there the older days follow. How far a well is stands beside its rows: a build that was cancelled or
killed goes on from there.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from app.analysis.cards.figures import analyse
from app.analysis.simulate import field as simulator
from app.analysis.simulate.field_srp import simulate_srp
from app.core.errors import KnownError
from app.core.jobs import Job
from app.models.cards import Card, StoredCard
from app.models.store import cards as card_store
from app.models.store import readings as reading_store
from app.models.store import records, well_tests
from app.services.alarms import looking
from app.services.demo import marks
from app.services.demo.esp import esp_well
from app.services.demo.made import MadeWell
from app.services.demo.srp import srp_well
from app.services.diagnosis import cards, diagnose
from app.services.records import applying
from app.services.workspace import Workspace

DAYS = 90
SEED = 20261101
RECENT = timedelta(days=14)
_STEPS = 100


def build(workspace: Workspace, job: Job, *, wells: int = 14, days: int = DAYS, seed: int = SEED) -> None:
    """`wells`: the first so many, ESP first. Each is handed over when it has become usable and again when its
    older days are there. Goes on with what was begun before with the same wells, days and seed. Raises
    KnownError when the store holds other wells already.
    """
    if not 1 <= wells <= 14 or not 7 <= days <= 730:
        raise KnownError("demo_limits", wells=wells, days=days)
    marks.begin(workspace, wells, days, seed)
    known = marks.of_wells(workspace.store)
    cut = simulator.END - min(RECENT, timedelta(days=days))
    names = (*simulator.ESP_NAMES, *simulator.SRP_NAMES)[:wells]
    lacking = [name for name in names if known.get(name) != marks.WHOLE]
    to_replay = marks.to_replay(workspace.store)
    waiting: list[MadeWell] = []
    for made in _made(job, lacking, days, seed):
        if made.well.name not in known:
            _put_recent(workspace, made, cut, job)
            if not to_replay:
                diagnose.diagnose(workspace, made.well, job)
            job.hand_over(made.well)
        waiting.append(made)
        job.report(60 * len(waiting) // len(lacking), _STEPS, "job.demo_recent")
    if to_replay:
        applying.replay(workspace)
        with workspace.store.writing() as cursor:
            marks.replayed(cursor)
    for done, made in enumerate(waiting, 1):
        _put_older(workspace, made, cut, job)
        diagnose.diagnose(workspace, made.well, job)
        looking.look(workspace, made.well, job)
        with workspace.store.writing() as cursor:
            marks.set_well(cursor, made.well.name, marks.WHOLE)
        job.hand_over(made.well)
        job.report(60 + 39 * done // len(lacking), _STEPS, "job.demo_older")
    workspace.store.checkpoint()
    job.report(_STEPS, _STEPS, "job.demo_done")


def _made(job: Job, names: list[str], days: int, seed: int) -> Iterator[MadeWell]:
    """The wells of these names, each simulated when it is wanted; the rod-pumped ones run together."""
    start = simulator.start_of(days)
    job.report(0, _STEPS, "job.demo_recent")
    wanted = [index for index, name in enumerate(simulator.ESP_NAMES) if name in names]
    if wanted:
        plan = simulator.plan_esp(days, seed)
        for index in wanted:
            job.check()
            yield esp_well(plan, index, start, days, seed)
    wanted = [index for index, name in enumerate(simulator.SRP_NAMES) if name in names]
    if wanted:
        pumped = simulate_srp(days, seed, job.check)
        for index in wanted:
            job.check()
            yield srp_well(pumped[index], index, start, days, seed)


def _put_recent(workspace: Workspace, made: MadeWell, cut: datetime, job: Job) -> None:
    """The well, all that people know of it, and what was measured since `cut`."""
    stored = _with_findings(made, [card for card in made.cards if card.taken_at >= cut])
    with workspace.store.writing(job) as cursor:
        records.put_wells(cursor, [made.well])
        records.put_installations(cursor, made.installations)
        well_tests.add_in(cursor, made.well_tests)
        records.put_events(cursor, made.events)
        records.put_flow_tests(cursor, made.flow_tests)
        records.put_lab_results(cursor, made.lab_results)
        card_store.add_in(cursor, stored)
        reading_store.write_in(cursor, made.readings(since=cut))
        marks.set_well(cursor, made.well.name, marks.RECENT)


def _put_older(workspace: Workspace, made: MadeWell, cut: datetime, job: Job) -> None:
    """May be done twice: rows that are there already change nothing."""
    stored = _with_findings(made, [card for card in made.cards if card.taken_at < cut])
    readings = made.readings(before=cut)
    with workspace.store.writing(job) as cursor:
        card_store.add_in(cursor, stored)
        if len(readings):
            reading_store.write_in(cursor, readings)
    workspace.grids.written(readings)


def _with_findings(made: MadeWell, taken: list[Card]) -> list[StoredCard]:
    return cards.stored_forms([(card, made.well.id, analyse(card)) for card in taken])
