"""A laptop at work until it is killed: `python -m tests.faults.laptop STORE SEED`. It saves, edits what
others edit too, syncs, decides conflicts, and prints a line after each thing that it was told is saved.
"""

from __future__ import annotations

import os
import random
import sys
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from app.core.ids import new_id
from app.core.jobs import Job
from app.models.kinds import KINDS
from app.models.records import Record
from app.models.store import kinds, records
from app.services.centre import conflicts, sync
from app.services.records import entries
from app.services.workspace import Workspace
from tests.centre_process import AT, open_laptop

SHARED = 6
"""Records that all laptops of a field edit."""


def shared_id(field: str, number: int) -> str:
    import uuid

    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{field}/{number}"))


def say(*words: object) -> None:
    os.write(1, (" ".join(map(str, words)) + "\n").encode())  # not buffered: a kill takes nothing of it


def save_one(workspace: Workspace, rng: random.Random) -> None:
    """A new record, a document, or an edit of one that others edit too. Said when the program would say
    "saved".
    """
    well = records.wells(workspace.store)[0]
    what = rng.random()
    if what < 0.5:
        at = AT + timedelta(seconds=rng.randrange(10**6))
        record = Record(
            new_id(),
            "flow_test",
            well.id,
            at,
            None,
            {"liquid_m3_per_s": rng.random() / 100, "duration_s": 3600.0, "valid": True},
        )
        entries.save_record(workspace, record)
    elif what < 0.6:
        record = Record(
            new_id(), "document", well.id, AT, None, {"kind": "act", "title": f"Акт {rng.random()}"}
        )
        entries.save_record(workspace, record, (("act.bin", rng.randbytes(rng.randrange(1, 300_000))),))
    else:
        record_id = shared_id(well.field_name, rng.randrange(SHARED))
        before = kinds.find(workspace.store, KINDS["flow_test"], record_id)
        record = before or Record(
            record_id,
            "flow_test",
            well.id,
            AT,
            None,
            {"liquid_m3_per_s": 0.001, "duration_s": 3600.0, "valid": True},
        )
        field = rng.choice(("liquid_m3_per_s", "water_cut", "gas_m3_per_s", "oil_kg_per_s"))
        entries.save_record(workspace, replace(record, values={**record.values, field: rng.random() / 100}))
    entry = workspace.journal.last_of_record(record.id)
    assert entry is not None
    say("saved", entry.id, entry.payload_sha256)


def decide(workspace: Workspace, rng: random.Random) -> None:
    """As an engineer would: one side or the other."""
    while found := conflicts.open_conflicts(workspace):
        one = found[0]  # deciding one may take another with it
        conflicts.resolve(
            workspace, one.entry_id, {field.field: rng.choice(("mine", "theirs")) for field in one.fields}
        )


def sync_once(workspace: Workspace, rng: random.Random) -> bool:
    outcome = sync.run(Job(), workspace, compare=False)
    decide(workspace, rng)
    return outcome.good


def main() -> None:
    folder, seed = Path(sys.argv[1]), int(sys.argv[2])
    rng = random.Random(seed)
    workspace = open_laptop(folder)
    say("open")
    while True:
        for _ in range(rng.randrange(1, 4)):
            save_one(workspace, rng)
        sync_once(workspace, rng)
        say("synced")
        time.sleep(rng.uniform(0, 0.05))


if __name__ == "__main__":
    main()
