"""kill -9 in the middle of writes, at random moments: what was said to be saved is there, whole, and nothing
by halves.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.core.notices import Notice, NoticeBus
from app.core.paths import profile_paths
from app.models.entries import State
from app.models.store import records
from app.models.wells import ESP, Well, WellId
from app.services.opening import open_workspace
from app.services.workspace import Workspace
from tests.faults import writer

ROOT = Path(__file__).resolve().parents[2]


def _run_and_kill(store: Path, first: int, after_s: float) -> list[tuple[str, int]]:
    """What the process said before it was killed, `after_s` seconds after it had opened the store."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.writer", str(store), str(first)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line.startswith(b"open"), process.stderr.read().decode() if process.stderr else ""
    time.sleep(after_s)
    process.kill()
    said, errors = process.communicate()
    assert b"Traceback" not in errors, errors.decode()
    lines = said.decode().splitlines()
    return [(word, int(number)) for word, number in (entry.split() for entry in lines)]


def _check(workspace: Workspace, said: list[tuple[str, int]], last_before: int) -> None:
    done = {
        kind: [number for word, number in said if word == kind] for kind in ("readings", "note", "import")
    }
    notes = {
        entry.payload["values"]["text"] for entry in workspace.journal.entries() if entry.kind == "record"
    }
    shown = {note.text for note in records.notes(workspace.store, 1, writer.START_AT, writer.START_AT)}
    for number in done["note"]:
        assert f"note {number}" in notes
        assert f"note {number}" in shown
    names = {record.file_name for record in records.imports(workspace.store)}
    for number in done["import"]:
        assert f"file-{number}.csv" in names
    assert not [entry for entry in workspace.journal.entries(State.DRAFT)]
    queued = [
        entry.payload["file"] for entry in workspace.journal.entries(State.QUEUED) if entry.kind == "import"
    ]
    assert set(queued) == names, "an import is in the journal and in the cache, or in neither"
    last = max(done["readings"], default=last_before)
    _check_readings(workspace, last)


def _check_readings(workspace: Workspace, last: int) -> None:
    """Every reading carries the number of the last batch that covers it, or of the one that was under way."""
    with workspace.store.reading() as cursor:
        rows = cursor.execute("SELECT sensor, epoch_us(ts), value FROM readings WHERE well = 1").fetchall()
        doubled = cursor.execute(
            "SELECT count(*) - count(DISTINCT (well, sensor, ts)) FROM readings"
        ).fetchone()
    assert doubled == (0,)
    expected: dict[tuple[int, int], float] = {}
    after: dict[tuple[int, int], float] = {}
    for number in range(last + 2):
        part = writer.batch(number)
        for time_us in part.time_us.tolist():
            if number <= last:
                expected[int(part.sensor[0]), time_us] = float(number)
            after[int(part.sensor[0]), time_us] = float(number)
    found = {(sensor, time_us): value for sensor, time_us, value in rows}
    assert found in (expected, after), "a batch is there by half"


@pytest.mark.slow
def test_what_was_saved_is_there_after_a_kill(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    kills = request.config.getoption("--kills")
    rng = random.Random(20261101)
    store = tmp_path / "profile" / "cache.duckdb"
    workspace = open_workspace(profile_paths(store), NoticeBus())
    with workspace.store.writing() as cursor:
        records.put_wells(cursor, [Well(WellId(1), "1", "", "", ESP), Well(WellId(2), "77", "", "", ESP)])
    workspace.close()
    first = 0
    for _ in range(kills):
        said = _run_and_kill(store, first, rng.uniform(0.0, 0.8))
        notices: list[Notice] = []
        bus = NoticeBus()
        bus.subscribe(notices.append)
        workspace = open_workspace(profile_paths(store), bus)
        try:
            assert "notice.cache_rebuilt" not in [notice.code for notice in notices]
            _check(workspace, said, first - 1)
            first = _next(workspace, said, first)
        finally:
            workspace.close()


def _next(workspace: Workspace, said: list[tuple[str, int]], first: int) -> int:
    """Go on after the last batch that is in the store, said or not."""
    last = max((number for word, number in said if word == "readings"), default=first - 1)
    with workspace.store.reading() as cursor:
        row = cursor.execute("SELECT max(value) FROM readings WHERE well = 1").fetchone()
    return max(last, int(row[0]) if row and row[0] is not None else -1) + 1
