"""Ids by the seed, in the order in which they are made: what is sorted by them is so in every replay."""

from __future__ import annotations

import random
from itertools import count
from types import SimpleNamespace

import pytest

from app.core import ids

_chance = random.Random()
_turns = count()


def begin(seed: str, first: int = 0) -> None:
    """`first`: after so many that were made in another beginning."""
    global _turns
    _chance.seed(seed)
    _turns = count(first)


def put_in_place(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ids, "time", SimpleNamespace(time_ns=lambda: next(_turns) * 1_000_000))
    patch.setattr(ids, "os", SimpleNamespace(urandom=_chance.randbytes))
