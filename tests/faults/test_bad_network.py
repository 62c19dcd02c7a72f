"""What networks do to a sync: cut, slowed, answered by somebody else, sent twice; and a laptop whose clock is
a year off.
"""

from __future__ import annotations

import random
import time
from datetime import timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from app.core.clock import to_us, utc_now
from app.services.centre import connections
from tests.central.test_api import entry, send
from tests.centre_process import CentreProcess, laptop, new_field
from tests.faults import reliability
from tests.faults.campaign import Said, at_the_centre, check_all_there, everything, settle, work
from tests.faults.proxy import Proxy

KINDS = {"cut_up", "cut_down", "503", "captive", "truncate"}


@pytest.mark.slow
def test_whatever_the_network_does_every_entry_arrives_once(
    tmp_path: Path, centre: CentreProcess, rounds: int
) -> None:
    """Two laptops through a bad network, one with a clock that is a year off."""
    wanted = 500 if rounds >= 200 else 10
    field, rng = new_field(), random.Random(20261127)
    rest = Proxy(centre.port, 1, 0.5, idle_s=0.25)
    wrong = timedelta(days=-400)
    said: Said = {}
    with (
        laptop(tmp_path / "a", centre, field) as one,
        laptop(tmp_path / "b", centre, field, clock=lambda: utc_now() + wrong) as other,
    ):
        for workspace in (one, other):
            connections.set_up(workspace, {"centre_url": f"http://127.0.0.1:{rest.port}"}, {})
        sent = _readings_at_the_centre(centre, field)
        deadline = time.monotonic() + 120 + 4 * wanted
        while rest.total < wanted or not set(rest.happened) >= KINDS:
            assert time.monotonic() < deadline, f"only {rest.happened}"
            for workspace in (one, other):
                said |= work(workspace, random.Random(rng.randrange(10**9)), 1)
        faults = rest.happened
        rest.rate = 0.0  # the network heals
        settle([one, other])
        there = check_all_there(said, [one, other], centre, field)
        assert everything(one) == everything(other) == at_the_centre(centre, field)
        for workspace in (one, other):
            with workspace.store.reading() as cursor:
                assert cursor.execute(
                    "SELECT count(*), count(DISTINCT (well, sensor, ts)) FROM readings"
                ).fetchone() == (sent, sent)
        assert set(faults) >= KINDS
    rest.close()
    reliability.note("network faults", sum(faults.values()), len(said), there, kinds=dict(faults))


def _readings_at_the_centre(centre: CentreProcess, field: str) -> int:
    """Some hours of the last days, put there by another system."""
    with centre.client(centre.token(field)) as client:
        send(client, entry(field, "123Г"))
        n = 20_000
        start = to_us(utc_now()) - n * 10_000_000
        table = pa.table(
            {
                "well": [f"{field}/5/123Г"] * n,
                "sensor": ["intake_pressure"] * n,
                "value": np.full(n, 5e6),
                "timestamp": pa.array(start + np.arange(n) * 10_000_000, pa.timestamp("us", tz="UTC")),
            }
        )
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, table.schema) as writer:
            writer.write_table(table)
        answer = client.post(
            "/v1/readings",
            content=sink.getvalue().to_pybytes(),
            headers={"Content-Type": "application/vnd.apache.arrow.stream"},
        )
        assert answer.json()["taken"] == n
    return n
