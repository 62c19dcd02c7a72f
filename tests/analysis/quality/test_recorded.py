"""What is said of records beside each limit, kept as it is: a limit that slips says it of other ones."""

from __future__ import annotations

import json

import pytest

from tests.analysis.moved import moved
from tests.analysis.quality.recorded import SWEEPS, kept, said


@pytest.mark.parametrize("name", sorted(SWEEPS))
def test_what_is_said_beside_a_limit_moves_only_knowingly(name: str) -> None:
    """When that is meant, `python -m tests.analysis.quality.recorded`."""
    assert moved(kept()[name], said(name)) == []


def test_each_sweep_is_kept_and_says_different_things() -> None:
    assert sorted(kept()) == sorted(SWEEPS)
    for name, told in kept().items():
        assert len({json.dumps(one[-1]) for one in told}) > 3, name
