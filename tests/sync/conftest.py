"""A laptop and a centre without a process or a network: one journal and one cache for a run, emptied between
tests.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.core.ids import new_id
from app.core.jobs import Job
from app.core.notices import NoticeBus
from app.models.entries import Entry, State
from app.models.journal import Journal
from app.models.store import records
from app.models.store.database import Database, open_database
from app.models.wells import ESP, Well, WellId
from app.services.centre.sync import make_card
from app.services.opening import open_workspace
from app.services.records import entries
from app.services.workspace import Workspace
from app.sync import engine
from app.sync.carried import Subscription
from app.sync.engine import Parts
from app.sync.push import Push, Pushed
from tests.conftest import NOW
from tests.profiles import empty_profile
from tests.sync.memory_centre import MemoryCentre
from tests.sync.memory_readings import MemoryReadings

FLOW = {"duration_s": 14_400.0, "liquid_m3_per_s": 0.001, "valid": True}
"""Values of a flow test that is whole."""
WELL = Well(WellId(1), "123Г", "Северное", "5", ESP)
AT = "2026-10-20T08:00:00Z"


class StoppedClock:
    """Stands until it is moved; nothing in a test takes time."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


class LongestPauses(random.Random):
    """Every jitter is as long as it may be, so that pauses can be counted on."""

    def uniform(self, a: float, b: float) -> float:
        return b


class Laptop:
    """The journal of one laptop and its pushes to one centre."""

    def __init__(self, journal: Journal, clock: StoppedClock, centre: MemoryCentre) -> None:
        self.journal, self.clock, self.centre = journal, clock, centre
        self.imported: dict[str, dict[str, Any]] = {}
        """Record → its body as a file brought it."""

    def saves(
        self,
        values: dict[str, Any] | None = None,
        *,
        record: str = "",
        files: tuple[tuple[str, bytes], ...] = (),
        supersedes: Entry | None = None,
        base: str | None = None,
        **payload: Any,
    ) -> Entry:
        """A person saves a flow test."""
        body = {
            "record": record or new_id(),
            "kind": "flow_test",
            "well": 1,
            "well_key": WELL.key,
            "at": AT,
            "until": None,
            "values": FLOW if values is None else values,
            "action": "saved",
            "author": "A",
        }
        return self.journal.add(
            "record",
            {**body, **payload},
            files,
            supersedes=supersedes.id if supersedes else None,
            base=base,
        )

    def pushes(self, job: Job | None = None) -> Pushed:
        """One run, as a sync makes it."""
        push = Push(
            self.journal,
            self.centre,
            self.clock,
            LongestPauses(),
            {1: dict(WELL.key)}.get,
            self.imported.get,
        )
        return push.run(job or Job())

    def state(self, entry: Entry) -> State:
        return self.now(entry).state

    def now(self, entry: Entry) -> Entry:
        found = self.journal.get(entry.id)
        assert found is not None
        return found


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture
def memory_centre(clock: StoppedClock) -> MemoryCentre:
    return MemoryCentre(clock)


@pytest.fixture
def memory_readings() -> MemoryReadings:
    return MemoryReadings()


@pytest.fixture(scope="session")
def one_journal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Journal, StoppedClock]]:
    """Deriving its key costs more than most tests do."""
    folder, clock = tmp_path_factory.mktemp("journal"), StoppedClock()
    opened = Journal(folder / "j.sqlite", folder / "blobs", "11" * 32, clock)
    yield opened, clock
    opened.close()


@pytest.fixture
def journal(one_journal: tuple[Journal, StoppedClock], clock: StoppedClock) -> Journal:
    """Empty, and by the clock of the test."""
    opened, _ = one_journal
    opened._file.clock = clock
    with opened._file.quietly():
        for table in ("entry_blob", "event_log", "entry"):
            opened._file.execute(f"DELETE FROM {table}")
    return opened


@pytest.fixture
def laptop(journal: Journal, clock: StoppedClock, memory_centre: MemoryCentre) -> Laptop:
    return Laptop(journal, clock, memory_centre)


@pytest.fixture(scope="session")
def one_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    opened = open_database(tmp_path_factory.mktemp("cache") / "cache.duckdb", "ab" * 32)
    yield opened
    opened.close()


@pytest.fixture
def cache(one_cache: Database) -> Database:
    """As a migrated one begins."""
    with one_cache.writing() as cursor:
        names = cursor.execute(
            "SELECT table_name FROM duckdb_tables() WHERE database_name = 'cache' AND NOT temporary "
            "AND table_name <> 'schema_version'"
        ).fetchall()
        filled = " UNION ALL ".join(f"(SELECT '{name}' FROM {name} LIMIT 1)" for (name,) in names)
        for (name,) in cursor.execute(filled).fetchall():
            cursor.execute(f"DELETE FROM {name}")
    return one_cache


def changed(entry: Entry, **values: Any) -> dict[str, Any]:
    """The payload of an edit of the same record."""
    return replace(entry, payload={**entry.payload, "values": {**entry.payload["values"], **values}}).payload


def syncs(workspace: Workspace, centre: MemoryCentre) -> None:
    """As `services/centre/sync` does with a centre that is set up."""
    parts = Parts(
        workspace.store,
        workspace.journal,
        workspace.clock,
        LongestPauses(),
        {1: dict(WELL.key)}.get,
        lambda card, well: make_card(workspace, card, well),
        Subscription(frozenset(), NOW - timedelta(days=30), False),
        centre,
        centre,
        MemoryReadings(),
    )
    assert engine.sync(Job(), parts).problems == {}
    entries.close_tasks(workspace)


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Workspace, Workspace]]:
    """Anna's clock is two days ahead of Boris's: they plan on different days."""
    opened = []
    for name, ahead in (("Анна", 2), ("Борис", 0)):
        moment = NOW + timedelta(days=ahead)
        one = open_workspace(empty_profile(tmp_path / name), NoticeBus(), lambda moment=moment: moment)  # type: ignore[misc]
        with one.store.writing() as cursor:
            records.put_wells(cursor, [Well(WellId(1), WELL.name, WELL.field_name, WELL.pad, WELL.lift)])
        one.settings.set("author", name)
        one.settings.set("task_rules", "уровень раз в 14 сут" if ahead else "level every 14 d")
        opened.append(one)
    yield opened[0], opened[1]
    for one in opened:
        one.close()


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_workspace(empty_profile(tmp_path / "other"), NoticeBus(), lambda: NOW)
    yield opened
    opened.close()
