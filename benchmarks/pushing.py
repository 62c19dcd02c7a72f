"""Entries sent to a real centre on the loopback, in batches as laptops send them, and those of a journal by a
laptop's own push: prints one JSON line. `python -m benchmarks.pushing FOLDER [ENTRIES]`.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import psutil

from app.core.clock import iso, utc_now
from app.core.ids import new_id
from app.core.jobs import Job
from app.models.canonical import payload_hash
from app.models.entries import Entry, State
from app.models.journal import Journal
from app.models.wells import well_uid
from app.sync.push import Push
from app.sync.transports.rest import Rest
from app.sync.wire import MOST_ENTRIES, Batch, EntryIn, Receipts, WellKey, payload_sha256
from tests.centre_process import AT, CentreProcess

FIELD, WELLS = "Скоростное", 20
USUAL = 10_000


def main() -> None:
    folder, count = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else USUAL
    centre = CentreProcess(folder / "centre")
    centre.start()
    token = centre.token(FIELD)
    assert centre.process is not None
    process = psutil.Process(centre.process.pid)
    try:
        send(centre, token, batches(MOST_ENTRIES))  # the first one reads modules and makes the wells
        bodies = batches(count)
        before, began = cpu_s(process), time.monotonic()
        send(centre, token, bodies)
        wall = time.monotonic() - began
        used = cpu_s(process) - before
        pushed = push(centre, token, folder, count, process)
        memory = process.memory_info().rss
    finally:
        centre.stop()
    figures = {
        "entries": count,
        "wall_s": wall,
        "centre_cpu_s": used,
        "per_s": count / wall,
        "per_cpu_s": count / used,
        "centre_mb": memory / 2**20,
    } | pushed
    print(json.dumps({key: round(value, 2) for key, value in figures.items()}))


def cpu_s(process: psutil.Process) -> float:
    used = process.cpu_times()
    return float(used.user + used.system)


def batches(count: int) -> list[bytes]:
    entries = [flow_test(number) for number in range(count)]
    parts = [entries[start : start + MOST_ENTRIES] for start in range(0, count, MOST_ENTRIES)]
    return [gzip.compress(Batch(entries=tuple(part)).model_dump_json().encode(), 5) for part in parts]


def flow_test(number: int) -> EntryIn:
    name = str(number % WELLS)
    key = {"uid": well_uid(FIELD, "5", name), "field": FIELD, "pad": "5", "name": name}
    payload: dict[str, Any] = {
        "record": new_id(),
        "kind": "flow_test",
        "well": 1,
        "at": iso(AT + timedelta(seconds=number)),
        "until": None,
        "values": {"liquid_m3_per_s": 0.001, "duration_s": 3600.0, "valid": True},
        "action": "saved",
        "author": "Иванов",
        "well_key": key,
    }
    return EntryIn(
        id=new_id(),
        kind="record",
        payload=payload,
        payload_sha256=payload_sha256(payload),
        created_at=iso(AT),
        well=WellKey(**key),  # type: ignore[arg-type]
    )


def push(
    centre: CentreProcess, token: str, folder: Path, count: int, process: psutil.Process
) -> dict[str, float]:
    """The journal's work, HTTP and what the centre does, at once; each entry once, by its receipt."""
    journal = Journal(folder / "journal.sqlite", folder / "blobs", "11" * 32)
    with journal._file.quietly():  # one transaction: saved one by one they take two minutes
        for number in range(count):
            told = flow_test(number).payload
            text, digest = payload_hash(told)
            made = Entry(new_id(), "record", told, digest, AT, State.QUEUED)
            journal._file.add(made, "record", text, "+0000")
    rest = Rest(centre.url, token)
    run = Push(journal, rest, utc_now, random.Random(1), lambda _: None, lambda _: None)
    before, own, began = cpu_s(process), time.process_time(), time.monotonic()
    done = run.run(Job())
    wall, own, used = time.monotonic() - began, time.process_time() - own, cpu_s(process) - before
    rest.close()
    assert done.sent == count, done
    assert journal.counts() == {State.ACKED: count}
    journal.close()
    return {
        "push_wall_s": wall,
        "push_per_s": count / wall,
        "push_laptop_cpu_s": own,
        "push_centre_cpu_s": used,
        "laptop_mb": psutil.Process().memory_info().rss / 2**20,
    }


def send(centre: CentreProcess, token: str, bodies: list[bytes]) -> None:
    with centre.client(token) as client:
        for body in bodies:
            answer = client.post("/v1/batches", content=body, headers={"Content-Encoding": "gzip"})
            told = Receipts.model_validate_json(answer.content).receipts
            assert all(receipt.status == "accepted" for receipt in told), answer.text[:500]


if __name__ == "__main__":
    main()
