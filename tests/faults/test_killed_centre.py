"""kill -9 of the centre at random moments, while laptops sync and another system sends readings."""

from __future__ import annotations

import random
import threading
import time
import uuid
from pathlib import Path

import httpx
import numpy as np
import pyarrow as pa
import pytest

from app.core.clock import to_us
from app.services.workspace import Workspace
from tests.centre_process import AT, CentreProcess, new_field, open_laptop
from tests.faults import reliability
from tests.faults.campaign import Said, at_the_centre, check_all_there, everything, settle, two_profiles, work


@pytest.mark.slow
def test_a_centre_that_is_killed_has_every_entry_and_every_reading_once(tmp_path: Path, rounds: int) -> None:
    centre = CentreProcess(tmp_path / "centre")
    centre.start()
    field, rng = new_field(), random.Random(20261126)
    folders = two_profiles(tmp_path, centre, field)
    workspaces = [open_laptop(folder) for folder in folders]
    said: Said = {}
    try:
        for workspace in workspaces:  # the wells are there before the readings
            said |= work(workspace, random.Random(1), 1)
        settle(workspaces)
        stop = threading.Event()
        sender = _Sender(centre, centre.token(field), f"{field}/5/123Г", stop)
        sender.start()
        for number in range(rounds):
            working = [
                threading.Thread(target=_work_and_tell, args=(workspace, rng.randrange(10**9), said))
                for workspace in workspaces
            ]
            for thread in working:
                thread.start()
            if (
                number % 2
            ):  # every other time not before readings came in: a start takes longer than most of the waits
                sender.wait_for_more(within_s=5)
            time.sleep(rng.uniform(0.1, 0.9))
            centre.kill()
            centre.start()
            for thread in working:
                thread.join()
        stop.set()
        sender.join()
        settle(workspaces)
        there = check_all_there(said, workspaces, centre, field)
        assert everything(workspaces[0]) == everything(workspaces[1]) == at_the_centre(centre, field)
        sent = sender.acknowledged
        assert sent >= 10 * rounds, "readings that came in between, not only before and after"
        for workspace in workspaces:
            assert _readings(workspace) == (sent, sent), "readings lost or doubled"
    finally:
        stop.set()
        for workspace in workspaces:
            workspace.close()
        centre.stop()
    reliability.note("kill -9 of the centre", rounds, len(said), there, sent)


def _work_and_tell(workspace: Workspace, seed: int, said: Said) -> None:
    said.update(work(workspace, random.Random(seed), 2))


def _readings(workspace: Workspace) -> tuple[int, int]:
    with workspace.store.reading() as cursor:
        row = cursor.execute("SELECT count(*), count(DISTINCT (well, sensor, ts)) FROM readings").fetchone()
    return (int(row[0]), int(row[1])) if row else (0, 0)


class _Sender(threading.Thread):
    """Another system that sends readings and repeats until it is told that they are taken."""

    def __init__(self, centre: CentreProcess, token: str, well: str, stop: threading.Event) -> None:
        super().__init__(name="sender of readings")
        self._centre, self._token, self._well, self._stop_it = centre, token, well, stop
        self.acknowledged = 0

    def wait_for_more(self, within_s: float) -> None:
        before, end = self.acknowledged, time.monotonic() + within_s
        while self.acknowledged == before and time.monotonic() < end:
            time.sleep(0.02)

    def run(self) -> None:
        number = 0
        with self._centre.client(self._token) as client:
            while not self._stop_it.is_set():
                self._send_until_taken(client, _batch(self._well, number))
                number += 1
                time.sleep(0.02)

    def _send_until_taken(self, client: httpx.Client, body: bytes) -> None:
        key = uuid.uuid4().hex
        while True:
            try:
                answer = client.post(
                    "/v1/readings",
                    content=body,
                    timeout=10,
                    headers={"Content-Type": "application/vnd.apache.arrow.stream", "Idempotency-Key": key},
                )
                if answer.status_code == 200:
                    self.acknowledged += answer.json()["taken"]
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.05)


def _batch(well: str, number: int) -> bytes:
    n = 50
    start = to_us(AT) + number * n * 1_000_000
    table = pa.table(
        {
            "well": [well] * n,
            "sensor": ["intake_pressure"] * n,
            "value": np.full(n, 5e6),
            "timestamp": pa.array(start + np.arange(n) * 1_000_000, pa.timestamp("us", tz="UTC")),
        }
    )
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue().to_pybytes())
