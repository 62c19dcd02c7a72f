"""kill -9 of laptops at random moments: what was said to be saved is at the centre, once."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from tests.centre_process import CentreProcess, new_field, open_laptop
from tests.faults import reliability
from tests.faults.campaign import (
    LaptopProcess,
    at_the_centre,
    check_all_there,
    everything,
    settle,
    two_profiles,
)


@pytest.mark.slow
def test_laptops_that_are_killed_lose_nothing_and_send_nothing_twice(
    tmp_path: Path, centre: CentreProcess, rounds: int
) -> None:
    field, rng, said = new_field(), random.Random(20261125), dict[str, str]()
    folders = two_profiles(tmp_path, centre, field)
    syncs = 0
    for number in range((rounds + 1) // 2):
        running = [LaptopProcess(folder, rng.randrange(10**9)) for folder in folders]
        if number % 2:  # every other time not before a whole sync: on a busy machine most die in their first
            running[0].wait_for_a_sync()
        time.sleep(rng.uniform(0.0, 0.5))
        for one in running:
            entries, done = one.kill()
            said |= entries
            syncs += done
    workspaces = [open_laptop(folder) for folder in folders]
    try:
        settle(workspaces)
        there = check_all_there(said, workspaces, centre, field)
        assert everything(workspaces[0]) == everything(workspaces[1]) == at_the_centre(centre, field)
    finally:
        for workspace in workspaces:
            workspace.close()
    assert syncs > 0
    reliability.note("kill -9 of a laptop", 2 * ((rounds + 1) // 2), len(said), there)
