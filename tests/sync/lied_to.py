"""Two laptops whose centre's answers are changed on the way, by a seed: once nobody changes them any more,
both show what one that is new shows, or say that they differ.
"""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import httpx
import numpy as np

from app.core.errors import KnownError
from app.core.jobs import Job
from app.core.notices import NoticeBus
from app.models.entries import State
from app.models.kinds import KINDS
from app.models.store import central_readings, kinds
from app.models.store.records import wells
from app.services.centre.sync import make_card
from app.services.opening import open_workspace
from app.services.records import entries
from app.services.workspace import Workspace
from app.sync.carried import Subscription
from app.sync.engine import Parts, SyncReport, sync
from app.sync.standing import EVERY
from app.sync.transports.base import CentralCard
from app.sync.transports.rest import Rest
from app.sync.transports.rest_reader import RestReader
from tests.conftest import NOW
from tests.faults.simulated import ids
from tests.profiles import empty_profile
from tests.sync.heard_centre import NAMES, NUMBERS, Centre
from tests.sync.lying import Lying
from tests.sync.memory_centre import TOKEN
from tests.sync.records_made import flow_test

LIED_TO, HONEST, RATE = 4, EVERY + 2, 0.35


class Story:
    """One seed's."""

    def __init__(self, seed: int, folder: Path) -> None:
        self.rng, self.folder, self.centre = Random(seed), folder, Centre()
        ids.begin(str(seed))
        self.lies = Counter[str]()
        self.syncs, self.now = 0, NOW
        self.said: list[str] = []

    def differs(self) -> list[str]:
        """Of both laptops at the end, beside a new one. What they said of it themselves is in `said`."""
        with ExitStack() as stack:
            two = [self._laptop(stack, name) for name in ("one", "other")]
            lines = [self._line(RATE) for _ in two]
            for line, one in zip((self._line(0.0), *lines), (two[0], *two), strict=True):
                self._syncs(one, line)
            for number in range(LIED_TO):
                if number in (0, 2):
                    self._arrive()
                for one, line in zip(two, lines, strict=True):
                    self._edits(one)
                    self._syncs(one, line)
            self.lies.update(path for line in lines for path in line.told)
            honest = self._line(0.0)
            for _ in range(HONEST):
                for number, one in enumerate(two):
                    self.said += [f"{number} {said}" for said in told(self._syncs(one, honest))]
            new = self._laptop(stack, "new")
            self._syncs(new, honest)
            want = shown(new)
            return [
                f"{number} {name}: more {beside[0]} less {beside[1]}"
                for number, one in enumerate(two)
                for name, got in shown(one).items()
                if any(beside := _beside(got, want[name], _said_to_wait(one)))
                and not any(said.startswith(f"{number} {name} differ") for said in self.said)
            ]

    def _line(self, rate: float) -> Lying:
        return Lying(self.centre.answers, self.rng.randrange(1 << 30), rate)

    def _laptop(self, stack: ExitStack, name: str) -> Workspace:
        opened = open_workspace(empty_profile(self.folder / name), NoticeBus(), lambda: self.now)
        stack.callback(opened.close)
        return opened

    def _arrive(self) -> None:
        """Readings, and a card."""
        for number in NUMBERS:
            start = NOW - timedelta(days=self.rng.randrange(2, 70), seconds=self.rng.randrange(9_000))
            self.centre.readings.has(
                number, self.rng.choice((1, 3)), start, [self.rng.uniform(1, 9) for _ in range(4)]
            )
        points = np.array([self.rng.uniform(0, 3) for _ in range(8)], np.float32)
        taken = NOW - timedelta(days=self.rng.randrange(1, 40))
        self.centre.readings.has_card(
            CentralCard(f"card {taken}", NUMBERS[0], taken, 5.0, points, points * 1000 + 9, False)
        )

    def _edits(self, one: Workspace) -> None:
        known = [int(well.id) for well in wells(one.store) if well.name in NAMES]
        mine = kinds.found(one.store, KINDS["flow_test"], "true")
        try:
            if known and self.rng.random() < 0.6:
                made = replace(flow_test(), well_id=self.rng.choice(known))
                entries.save_record(one, made)
            if mine and self.rng.random() < 0.4:
                chosen = self.rng.choice(mine)
                entries.save_record(
                    one, replace(chosen, values=chosen.values | {"note": str(self.rng.random())})
                )
        except KnownError as error:
            self.lies[f"refused {error.code}"] += 1

    def _syncs(self, one: Workspace, line: Lying) -> SyncReport:
        self.syncs, self.now = self.syncs + 1, self.now + timedelta(hours=1)
        rest = Rest("http://127.0.0.1:1", TOKEN)
        rest._client.close()
        rest._client = httpx.Client(base_url="http://127.0.0.1:1", transport=line)
        with closing(rest):
            parts = Parts(
                one.store,
                one.journal,
                one.clock,
                Random(1),
                {int(well.id): dict(well.key) for well in wells(one.store)}.get,
                lambda card, well: make_card(one, card, well),
                Subscription(frozenset(), NOW - timedelta(days=90), False),
                rest,
                rest,
                RestReader(rest),
            )
            return sync(Job(), parts)


def told(report: SyncReport) -> list[str]:
    """What a sync says that is not as it should be."""
    return [
        *(f"{channel}: {error.code} {dict(error.details)}" for channel, error in report.problems.items()),
        *(f"readings differ: {one}" for one in report.differences),
        *(f"records differ: {one}" for one in report.record_differences),
    ]


def shown(workspace: Workspace) -> dict[str, list[str]]:
    """What is compared of all that came of the centre, wells by their uids: readings by their sums."""
    asked = {"wells": "SELECT uid, field, pad, name, lift, state, aliases, depth_m FROM wells"}
    for kind in KINDS:
        asked[kind.key] = (
            f"SELECT r.* EXCLUDE (well), w.uid FROM {kind.table} r JOIN wells w ON w.id = r.well"
        )
    with workspace.store.reading() as cursor:
        found = {name: sorted(map(repr, cursor.execute(sql).fetchall())) for name, sql in asked.items()}
    names = {int(well.id): well.uid for well in wells(workspace.store)}
    since = NOW - timedelta(days=90)
    sums = central_readings.sums(workspace.store, list(names), since)
    return found | {"readings": [f"{names[well]} {month} {one}" for (well, month), one in sums.items()]}


def _said_to_wait(workspace: Workspace) -> set[str]:
    """Records of which the page of the sync says that somebody has to decide, and why."""
    said = (State.CONFLICT, State.QUARANTINED)
    return {str(entry.payload["record"]) for entry in workspace.journal.entries(*said)}


def _beside(got: list[str], want: list[str], waiting: set[str]) -> tuple[list[str], list[str]]:
    """(what is more, what is less), but for what waits."""
    more, less = Counter(got) - Counter(want), Counter(want) - Counter(got)
    left = [[one for one in rows if not any(name in one for name in waiting)] for rows in (more, less)]
    return left[0], left[1]
