"""One year of one seed."""

from __future__ import annotations

from collections.abc import Callable

from app.models.journal import Journal
from tests.faults.simulated.invariants import hold
from tests.faults.simulated.world import World, emptied

MOST_STEPS = 14


def run(seed: int, journals: list[Journal], *, told: Callable[[str], object] = lambda _: None) -> World:
    """What goes wrong says the seed and what had been done."""
    world = World(seed, emptied(journals))
    try:
        world.begins()
        for _ in range(world.rng.randint(4, MOST_STEPS)):
            world.step()
            told(world.did[-1])
        world.heals()
        hold(world)
    except BaseException as error:
        error.add_note(f"seed {seed}: python -m tests.faults.simulated {seed}\n" + "\n".join(world.did))
        raise
    return world
