"""Laptops, a centre, the network, clocks, restores, rights and versions in one process, by a seed. A failure
says its seed; `python -m tests.faults.simulated SEED` runs it again.

`make test` makes 200 runs, `make faults` 10,000 (`--runs`).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.models.journal import Journal
from tests.faults import reliability
from tests.faults.simulated.journals import opened
from tests.faults.simulated.light_cache import put_in_place
from tests.faults.simulated.run import run, seldom_tidied

LEAST_RUNS = 200


@pytest.fixture
def journals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Journal]]:
    put_in_place(monkeypatch)
    made = opened(tmp_path)
    yield made
    for journal in made:
        journal.close()


def test_whatever_happens_nothing_is_lost_doubled_or_stuck(
    journals: list[Journal], request: pytest.FixtureRequest
) -> None:
    runs, first = (int(request.config.getoption(name)) for name in ("--runs", "--first-seed"))
    runs = max(runs, LEAST_RUNS)
    with seldom_tidied():
        for seed in range(first, first + runs):
            run(seed, journals)
    reliability.tried("two laptops, a centre and what may happen to them", runs, "runs by seed")
