"""What a laptop's cache takes from the centre, and what is computed in it, each step killed by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from app.core.clock import to_us
from app.core.errors import KnownError
from app.core.jobs import Job
from app.models.cards import StoredCard
from app.models.findings import Finding
from app.models.readings import Readings
from app.models.sights import Sight
from app.models.store import (
    assessments,
    cards,
    central,
    central_sums,
    findings,
)
from app.models.store import readings as reading_store
from app.models.store.central_fields import leave_fields
from app.models.wells import Well, WellId
from app.services.workspace import Workspace
from app.sync import eviction, sanity
from app.sync.carried import Subscription
from app.sync.pull import Pulled, ReadingPull, pull_records
from app.sync.transports.base import CentralCard
from tests.faults.points.profile_steps import FLOW, NOW, step
from tests.sync.memory_centre import MemoryCentre
from tests.sync.memory_readings import MemoryReadings

WELL = {**Well(WellId(9), "301", "Южное", "2", "srp").key, "number": 70}
OCTOBER = datetime(2026, 10, 10, tzinfo=UTC)
AT = "2026-10-20T08:00:00Z"


def _centre(*, later: bool) -> MemoryCentre:
    """`later`: with what was said of it after the first pull."""
    centre = MemoryCentre(lambda: NOW)
    record = {"record": "c1", "kind": "flow_test", "at": AT, "until": None, "values": FLOW}
    centre.says("record", "c1", WELL, {**record, "action": "saved"}, entry_id="e1")
    centre.says("record", "c2", WELL, {**record, "record": "c2", "action": "saved"}, entry_id="e2")
    centre.says("record", "c4", WELL, {**record, "kind": "of_tomorrow", "action": "saved"}, entry_id="e4")
    test = {"taken_at": AT, "kind": "buildup", "test": {"points": []}}
    centre.says("well_test", "t1", WELL, test, entry_id="e5")
    if later:
        changed = {**record, "values": {**FLOW, "water_cut": 0.4}, "action": "saved"}
        centre.says("record", "c1", WELL, changed, version=2, entry_id="e6")
        centre.says("record", "c2", WELL, {**record, "record": "c2", "action": "removed"}, entry_id="e7")
        centre.says("well_test", "t1", WELL, test, deleted=True, entry_id="e8")
        centre.says("record_left", "c4", WELL, {}, entry_id="e9")
    return centre


def _pulls(*, later: bool) -> Callable[[Workspace, Path], object]:
    def done(workspace: Workspace, _: Path) -> None:
        pull_records(Job(), workspace.store, workspace.journal, _centre(later=later), Pulled())

    return done


def _source(*, later: bool) -> MemoryReadings:
    source = MemoryReadings()
    source.has(70, 1, OCTOBER, [1.0, 2.0, 3.0])
    card = CentralCard(70, OCTOBER, "k1", 5.0, *(list(range(20)),) * 2, False)
    source.has_card(card)
    if later:
        source.takes_back(70, 1, OCTOBER)
        source.has_card(replace(card, deleted=True))
    return source


def _stored(card: CentralCard, well: int) -> StoredCard:
    points = np.asarray(card.position_m, float), np.asarray(card.load_n, float)
    return StoredCard(card.card_id, well, card.taken_at, card.strokes_per_minute, *points)


def _pull_of(workspace: Workspace, source: MemoryReadings) -> ReadingPull:
    return ReadingPull(workspace.store, source, Subscription(), _stored, Pulled())


def _reads(*, later: bool) -> Callable[[Workspace, Path], object]:
    return lambda workspace, _: _pull_of(workspace, _source(later=later)).run(Job())


def _compares(workspace: Workspace, _: Path) -> None:
    """Of one month the centre counts otherwise, and one only this laptop has."""
    november = np.array([to_us(datetime(2026, 11, 20, tzinfo=UTC))])
    here = central.central_wells(workspace.store)[70]
    reading_store.write(workspace.store, Readings.of_one(here, 1, november, np.ones(1)))
    source = _source(later=True)
    source.counts_wrong.add((70, "2026-10"))
    pull = _pull_of(workspace, source)
    sanity.compare(Job(), workspace.store, source, pull, datetime(2026, 9, 1, tzinfo=UTC), frozenset())
    with workspace.store.writing() as cursor:  # how many syncs it was passed over in is counted on by each
        central.drop_marks(cursor, "standing")


def _lets_go(workspace: Workspace, _: Path) -> None:
    numbers = central.central_wells(workspace.store)
    source = _source(later=True)
    source.has(70, 1, OCTOBER, [7.0])
    eviction.evict(workspace.store, source, numbers, datetime(2026, 11, 5, tzinfo=UTC), frozenset())


def _set_back(workspace: Workspace, _: Path) -> None:
    with workspace.store.writing() as cursor:
        central_sums.begin_anew(cursor)


def _one_field_less(workspace: Workspace, _: Path) -> None:
    with workspace.store.writing() as cursor:
        leave_fields(cursor, ["Южное"])
        central.drop_marks(cursor, "records")


def _computes(workspace: Workspace, _: Path) -> None:
    store = workspace.store
    found = [Finding(1, "gas_interference", "act", 0.8, NOW, NOW, id="f1")]
    findings.renew(store, 1, found)
    findings.mark_seen(store, 1)
    assessments.keep(store, 1, KnownError("card_too_short", well="1"), Sight(1, 2, ("x",)))
    assessments.keep(store, 2, None, Sight(2, 2))
    with store.reading() as cursor:
        ids = [str(row[0]) for row in cursor.execute("SELECT id FROM cards").fetchall()]
    cards.put_figures(store, [(one, {"top_load_n": 1.0}) for one in ids])


def _written(workspace: Workspace, _: Path) -> None:
    minute = np.arange(4, dtype=np.int64) * 60_000_000 + 1_790_000_000_000_000
    reading_store.write(workspace.store, Readings.of_one(3, 1, minute, np.arange(4.0)))


STEPS = (
    step("records of the centre", _pulls(later=False), between=True),
    step("the same later", _pulls(later=True), between=True),
    step("readings of the centre", _reads(later=False), between=True),
    step("readings and cards taken back there", _reads(later=True), between=True),
    step("a comparison of readings", _compares, between=True),
    step("months that need not be carried", _lets_go),
    step("what is computed", _computes, between=True),
    step("readings of a simulation", _written),
    step("a centre that was set back", _set_back),
    step("records of nobody", lambda w, _: central_sums.leave_untold(w.store, frozenset())),
    step("a field less", _one_field_less),
)
