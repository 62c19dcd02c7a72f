"""Whole stories of two laptops and a centre that was not itself for a while: in the end they agree."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.simulated import ids
from tests.sync.lied_to import Story

SEEDS = (100, 101, 103)
"""A well's field, readings that were never asked for again, a month that only the laptop had: red before."""


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_two_laptops_that_were_lied_to_come_to_show_what_the_centre_says_or_say_that_they_do_not(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids.put_in_place(monkeypatch)
    story = Story(seed, tmp_path)
    assert story.differs() == []
    assert story.lies.total() > 10, "that was a run in which much was changed"
