"""One year of one seed."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from app.models.journal import Journal
from tests.faults.simulated.beginnings import begun
from tests.faults.simulated.invariants import hold
from tests.faults.simulated.world import World

MOST_STEPS = 14


def run(seed: int, journals: list[Journal], *, told: Callable[[str], object] = lambda _: None) -> World:
    """What goes wrong says the seed and what had been done."""
    did: list[str] = []
    try:
        world = begun(seed, journals)
        did = world.did
        for _ in range(world.rng.randint(4, MOST_STEPS)):
            world.step()
            told(did[-1])
        world.heals()
        hold(world)
    except BaseException as error:
        error.add_note(f"seed {seed}: python -m tests.faults.simulated {seed}\n" + "\n".join(did))
        raise
    return world


@contextmanager
def seldom_tidied() -> Iterator[None]:
    """To look for cycles after every few hundred objects takes a sixth of a run."""
    before = gc.get_threshold()
    gc.set_threshold(200_000)
    yield
    gc.set_threshold(*before)
