"""The power fails after every write, sync and rename: what was said is there, and nothing by halves.

`make test` looks at 2,000 states, `make faults` at 100,000 (`--states`).
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.faults import reliability
from tests.faults.power import centre_story, laptop_story
from tests.faults.power.disk import wrecks

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
