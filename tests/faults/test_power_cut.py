"""The power fails after every write, sync and rename: what was said is there, and nothing by halves.

`make test` looks at 2,000 states, `make faults` at 100,000 (`--states`).
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from app.models.entries import Outcome, State
from app.models.journal import Journal
from tests.faults import reliability
from tests.faults.power import centre_story, laptop_story
from tests.faults.power.disk import Recording, wrecks
from tests.faults.power.recorded_sqlite import recorded

SEED = 20261127


@pytest.fixture
def states(request: pytest.FixtureRequest) -> int:
    return int(request.config.getoption("--states"))


STORIES = {"a laptop": laptop_story, "a centre": centre_story}


@pytest.mark.parametrize("who", STORIES)
def test_what_was_said_is_there_without_power_and_nothing_by_halves(
    tmp_path: Path, states: int, who: str
) -> None:
    story, rng = STORIES[who], random.Random(SEED)
    recording, told = story.record(tmp_path / "work")
    seen = 0
    for wreck in wrecks(recording, rng, states // len(STORIES)):
        try:
            story.check(wreck, told, tmp_path / "wreck")
        except Exception as error:
            error.add_note(f"cut after operation {wreck.after}, {wreck.variant}: {tmp_path / 'wreck'}")
            raise
        seen += 1
    assert seen == states // len(STORIES)
    reliability.tried(f"power cut of {who}", seen, f"different states after {len(recording.ops)} operations")


def test_what_is_saved_claimed_or_settled_waits_for_the_disk_once(tmp_path: Path) -> None:
    """With a journal of what was before, five times each."""
    with recorded(recording := Recording(tmp_path)):
        journal = Journal(tmp_path / "j.sqlite", tmp_path / "blobs", "11" * 32)

        def syncs() -> int:
            return sum(op.what in ("synced", "folder synced") for op in recording.ops)

        journal.add("note", {"n": 0})  # the log has its name with the first one
        for work in (
            lambda: [journal.add("note", {"n": 1})],
            lambda: journal.sending.claim(200),
            lambda: journal.sending.settle(
                [Outcome(entry.id, State.ACKED, receipt={"version": 1}) for entry in journal.entries()]
            ),
        ):
            before = syncs()
            work()
            assert syncs() == before + 1
        journal.close()
