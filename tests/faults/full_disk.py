"""Run inside a mount namespace on a small tmpfs: `python -m tests.faults.full_disk FOLDER`. Exits 0 when all
held.

A disk that fills up while writing, one that is full when a checkpoint comes, and a folder that turns
read-only.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from app.core.errors import KnownError
from app.core.notices import NoticeBus
from app.core.paths import profile_paths
from app.models.journal import Journal
from app.models.readings import Readings
from app.models.store import readings, records
from app.models.wells import ESP, Well, WellId
from app.services.opening import open_workspace
from app.services.records import entries
from app.services.workspace import Workspace

AT = datetime(2026, 10, 1, tzinfo=UTC)
ROWS = 20_000
NOISE = np.random.default_rng(1)


def fresh(folder: Path) -> Workspace:
    workspace = open_workspace(profile_paths(folder / "cache.duckdb"), NoticeBus())
    with workspace.store.writing() as cursor:
        records.put_wells(cursor, [Well(WellId(1), "1", "", "", ESP)])
    return workspace


def write_batch(workspace: Workspace, number: int) -> None:
    time_us = 1_760_000_400_000_000 + (number * ROWS + np.arange(ROWS, dtype=np.int64)) * 60_000_000
    readings.write(workspace.store, Readings.of_one(1, 1, time_us, NOISE.normal(size=ROWS)))


def count(workspace: Workspace) -> int:
    with workspace.store.reading() as cursor:
        row = cursor.execute("SELECT count(*) FROM readings").fetchone()
    return int(row[0]) if row else -1


def fill(folder: Path, leave: int) -> Path:
    """A file that takes all the space but `leave` bytes (nothing when there is less than that already)."""
    filler = folder / "filler"
    free = shutil.disk_usage(folder).free
    if free > leave:
        filler.write_bytes(b"x" * (free - leave))
    return filler


def expect(codes: set[str], work: Callable[[], object]) -> None:
    try:
        work()
    except KnownError as error:
        assert error.code in codes, f"{codes} expected, got {error}"
    else:
        raise AssertionError(f"{codes} expected, nothing was raised")


def reopened_has(folder: Path, rows: int, notes: list[str]) -> None:
    workspace = open_workspace(profile_paths(folder / "cache.duckdb"), NoticeBus())
    found = count(workspace)
    assert found == rows, f"{found} rows instead of {rows}"
    kept = [
        entry.payload["values"]["text"] for entry in workspace.journal.entries() if entry.kind == "record"
    ]
    assert kept == notes, kept
    workspace.close()


def full_while_writing(folder: Path) -> None:
    workspace = fresh(folder)
    entries.add_note(workspace, 1, AT, "before")
    written = 0

    def write_on() -> None:
        nonlocal written
        while True:
            write_batch(workspace, written)
            written += 1

    expect({"disk_full", "disk_full_restart"}, write_on)  # a commit may checkpoint
    assert written > 0
    filler = fill(folder, 0)
    expect({"disk_full"}, lambda: entries.add_note(workspace, 1, AT, "x" * 90_000))
    workspace.close()
    filler.unlink(missing_ok=True)
    reopened_has(folder, written * ROWS, ["before"])


def full_at_a_checkpoint(folder: Path) -> None:
    workspace = fresh(folder)
    entries.add_note(workspace, 1, AT, "before")
    for number in range(6):
        write_batch(workspace, number)
    filler = fill(folder, 8_192)
    expect({"disk_full_restart"}, workspace.store.checkpoint)
    expect({"disk_full_restart"}, lambda: count(workspace))
    workspace.close()
    filler.unlink(missing_ok=True)
    reopened_has(folder, 6 * ROWS, ["before"])
    again = open_workspace(profile_paths(folder / "cache.duckdb"), NoticeBus())
    write_batch(again, 6)
    again.store.checkpoint()
    again.close()
    reopened_has(folder, 7 * ROWS, ["before"])


def read_only(folder: Path) -> None:
    fresh(folder).close()
    subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
    expect(
        {"folder_not_writable"}, lambda: open_workspace(profile_paths(folder / "cache.duckdb"), NoticeBus())
    )
    subprocess.run(["mount", "-o", "remount,rw", str(folder)], check=True)
    reopened_has(folder, 0, [])


def full_at_a_start(folder: Path) -> None:
    """Not a byte is left: the journal is read all the same, and goes on when there is room."""

    def opened() -> Journal:
        return Journal(folder / "j.sqlite", folder / "blobs", "11" * 32)

    journal = opened()
    journal.add("note", {"text": "before"})
    journal.close()
    filler = fill(folder, 0)
    journal = opened()
    assert [entry.payload["text"] for entry in journal.entries()] == ["before"]
    expect({"disk_full"}, lambda: journal.add("note", {"text": "x" * 90_000}))
    filler.unlink()
    journal.add("note", {"text": "after"})
    journal.close()
    journal = opened()
    assert [entry.payload["text"] for entry in journal.entries()] == ["before", "after"]
    journal.close()


SCENES = {
    "writing": full_while_writing,
    "checkpoint": full_at_a_checkpoint,
    "start": full_at_a_start,
    "read_only": read_only,
}

if __name__ == "__main__":
    SCENES[sys.argv[1]](Path(sys.argv[2]))
