"""What must hold when all is over: every entry that was said to be saved is at the centre once, and both
sides say the same.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from app.models.entries import Entry, State
from app.models.kinds import KINDS
from app.models.store import kinds, records
from app.services.workspace import Workspace
from central.stores.engine import open_engine, reading
from central.stores.tables import RECEIPTS, VERSIONS, WELLS
from tests.centre_process import ROOT, CentreProcess, laptop
from tests.faults.laptop import save_one, sync_once

Said = dict[str, str]


class LaptopProcess:
    """Its output is read when it has ended: everything that it said before it was killed."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.laptop", str(folder), str(seed)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,  # what is read a line at a time and what is read at the end are all that it said
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line == b"open\n", self.process.stderr.read().decode() if self.process.stderr else ""
        self._said = line

    def wait_for_a_sync(self) -> None:
        assert self.process.stdout is not None
        while b"synced" not in self._said and (line := self.process.stdout.readline()):
            self._said += line

    def kill(self) -> tuple[Said, int]:
        """(entry → hash of what was said to be saved, syncs)."""
        self.process.kill()
        rest, errors = self.process.communicate()
        assert b"Traceback" not in errors, errors.decode()[-3000:]
        lines = [line.split() for line in (self._said + rest).decode().splitlines()]
        return {line[1]: line[2] for line in lines if line[0] == "saved" and len(line) == 3}, sum(
            line[0] == "synced" for line in lines
        )


def settle(workspaces: list[Workspace], within_s: float = 60.0) -> None:
    """Sync until nothing waits anywhere and nobody gets anything new."""
    rng = random.Random(1)
    deadline = time.monotonic() + within_s
    while True:
        good = all([sync_once(workspace, rng) for workspace in workspaces])
        waiting = [
            entry
            for workspace in workspaces
            for entry in workspace.journal.entries(
                State.QUEUED,
                State.SENDING,
                State.RETRY,
                State.WAIT_AUTH,
                State.CONFLICT,
                State.QUARANTINED,
                State.ACKED,
            )
        ]
        if good and not waiting:
            for workspace in workspaces:
                sync_once(workspace, rng)
            return
        assert time.monotonic() < deadline, [(entry.state, entry.error) for entry in waiting][:20]
        time.sleep(0.2)


def check_all_there(said: Said, workspaces: list[Workspace], centre: CentreProcess, field: str) -> int:
    """Invariants I1 to I3: exactly one receipt and one version each, with the very hash; or, where two edits
    met, the entry that took its place. Returns how many entries the centre has.
    """
    with centre_rows(centre, field) as (receipts, versions):
        journals: dict[str, Entry] = {
            entry.id: entry for workspace in workspaces for entry in workspace.journal.entries()
        }
        for entry_id, sha256 in said.items():
            assert entry_id in journals, "an entry that was said to be saved is not in the journal"
            assert journals[entry_id].payload_sha256 == sha256
            final = _final(entry_id, journals)
            assert receipts.get(final) == journals[final].payload_sha256, f"{entry_id} is not at the centre"
            assert versions.count(final) == 1, f"{entry_id} made {versions.count(final)} versions"
        for entry in journals.values():
            if entry.state in (State.ACKED, State.CONFIRMED):
                assert receipts.get(entry.id) == entry.payload_sha256, (
                    "the laptop believes what the centre does not know"
                )
        return len(receipts)


def _final(entry_id: str, journals: dict[str, Entry]) -> str:
    """The entry that stands in the place of one that was in conflict."""
    entry = journals[entry_id]
    while entry.state is State.DISCARDED and entry.reason and entry.reason.startswith("replaced by "):
        entry = journals[entry.reason.removeprefix("replaced by ")]
    return entry.id


@contextmanager
def centre_rows(centre: CentreProcess, field: str) -> Iterator[tuple[dict[str, str], list[str]]]:
    engine = open_engine(centre.database)
    with reading(engine) as connection:
        numbers = [
            row[0] for row in connection.execute(sa.select(WELLS.c.id).where(WELLS.c.field_name == field))
        ]
        versions = [
            row[0]
            for row in connection.execute(
                sa.select(VERSIONS.c.entry_id).where(VERSIONS.c.well_id.in_(numbers))
            )
        ]
        receipts = {
            row[0]: row[1]
            for row in connection.execute(sa.select(RECEIPTS.c.entry_id, RECEIPTS.c.payload_sha256))
        }
    engine.dispose()
    yield {key: value for key, value in receipts.items() if key in set(versions)}, versions


def everything(workspace: Workspace) -> dict[str, Any]:
    """Every record that the pages show, by its id."""
    found = {}
    for well in records.wells(workspace.store):
        for kind in ("flow_test", "document", "note"):
            for record in kinds.of_well(workspace.store, KINDS[kind], int(well.id)):
                found[record.id] = (well.name, record.at, json.dumps(record.values, sort_keys=True))
    return found


def at_the_centre(centre: CentreProcess, field: str) -> dict[str, Any]:
    engine = open_engine(centre.database)
    newest: dict[str, Any] = {}
    with reading(engine) as connection:
        names = {
            row[0]: row[1]
            for row in connection.execute(
                sa.select(WELLS.c.id, WELLS.c.name).where(WELLS.c.field_name == field)
            )
        }
        for row in connection.execute(
            sa.select(VERSIONS).where(VERSIONS.c.well_id.in_(list(names))).order_by(VERSIONS.c.version)
        ).mappings():
            newest[row["record_id"]] = row
    engine.dispose()
    from app.core.clock import parse_time

    return {
        key: (
            names[row["well_id"]],
            parse_time(row["body"]["at"]),
            json.dumps(row["body"]["values"], sort_keys=True),
        )
        for key, row in newest.items()
        if row["action"] != "removed"
    }


def two_profiles(tmp_path: Path, centre: CentreProcess, field: str) -> tuple[Path, Path]:
    folders = tmp_path / "a", tmp_path / "b"
    for folder in folders:
        with laptop(folder, centre, field):
            pass
    return folders


def work(workspace: Workspace, rng: random.Random, turns: int) -> Said:
    """What was saved in so many turns of an engineer's work, each with a sync."""
    before = {entry.id for entry in workspace.journal.entries()}
    for _ in range(turns):
        save_one(workspace, rng)
        sync_once(workspace, rng)
    return {
        entry.id: entry.payload_sha256
        for entry in workspace.journal.entries()
        if entry.id not in before and entry.state is not State.DRAFT
    }
