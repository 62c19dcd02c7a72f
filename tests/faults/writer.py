"""A process that writes until it is killed: `python -m tests.faults.writer STORE FIRST`.

It prints a line after each thing that it was told is saved; what it printed must be there when the store is
opened again.
"""

from __future__ import annotations

import itertools
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from app.core.notices import NoticeBus
from app.core.paths import profile_paths
from app.models.readings import Readings
from app.models.store import readings
from app.services.imports.importing import import_file
from app.services.opening import open_workspace
from app.services.records import entries
from app.services.workspace import Workspace

BATCH = 400
MINUTE = 60_000_000
START = 1_760_000_400_000_000
START_AT = datetime(2026, 1, 1, tzinfo=UTC)


def batch(number: int) -> Readings:
    """Late, overlapping and in order by turns; the value tells the batch that wrote it last."""
    at = (number * 7919) % 50 * BATCH // 2
    time_us = START + (at + np.arange(BATCH, dtype=np.int64)) * MINUTE
    return Readings.of_one(1, 1 + number % 3, time_us, np.full(BATCH, float(number)))


def file_of(number: int, folder: Path) -> Path:
    """Readings of well 2, a file of its own each time."""
    path = folder / f"file-{number}.csv"
    first = START_AT + timedelta(minutes=3 * number)
    rows = [f"{(first + timedelta(minutes=k)).isoformat()},{5 + number / 1000}" for k in range(3)]
    path.write_text("time,intake_pressure (MPa)\n" + "\n".join(rows) + "\n")
    return path


def say(word: str, number: int) -> None:
    os.write(1, f"{word} {number}\n".encode())  # not buffered: a kill takes nothing of it


def write_one(workspace: Workspace, number: int, folder: Path) -> None:
    readings.write(workspace.store, batch(number))
    say("readings", number)
    entries.add_note(workspace, 1, START_AT, f"note {number}", None)
    say("note", number)
    if number % 4 == 0:
        from app.services.imports.opening import ImportOptions

        import_file(workspace, file_of(number, folder), ImportOptions("77"))
        say("import", number)
    if number % 7 == 0:
        workspace.store.checkpoint()


def main() -> None:
    store, first = Path(sys.argv[1]), int(sys.argv[2])
    workspace = open_workspace(profile_paths(store), NoticeBus())
    say("open", first)
    for number in itertools.count(first):
        write_one(workspace, number, store.parent)


if __name__ == "__main__":
    main()
