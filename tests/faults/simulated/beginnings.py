"""Where runs begin: each beginning is made once and then put back as it was; to make it took two fifths of a
run.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.models.journal import Journal
from central.stores.devices import Device
from tests.faults.simulated import ids
from tests.faults.simulated.journals import content, emptied, put
from tests.faults.simulated.light_cache import LightCache
from tests.faults.simulated.world import World

BEGINNINGS = 24
MOST_IDS = 1_000


@dataclass(frozen=True)
class _Laptop:
    journal: bytes
    store: LightCache
    device: Device
    older: bool
    saved: dict[str, str]


@dataclass(frozen=True)
class _Beginning:
    centre: bytes
    copy: bytes | None
    laptops: tuple[_Laptop, ...]


_MADE: dict[int, _Beginning] = {}


def begun(seed: int, journals: list[Journal]) -> World:
    """One of them, and from there on what the seed says."""
    number = seed % BEGINNINGS
    if number not in _MADE:
        _MADE[number] = _made(number, journals)
    ids.begin(f"run {seed}", MOST_IDS)
    world = World(seed, journals)
    _put_back(_MADE[number], world)
    return world


def _made(number: int, journals: list[Journal]) -> _Beginning:
    ids.begin(f"beginning {number}")
    world = World(number, emptied(journals))
    world.begins()
    return _Beginning(
        world.centre.content(),
        world.centre.copy,
        tuple(
            _Laptop(content(one.journal), one.store.copied(), one.line.device, one.older, dict(one.saved))
            for one in world.laptops
        ),
    )


def _put_back(kept: _Beginning, world: World) -> None:
    world.centre.is_put(kept.centre)
    world.centre.copy = kept.copy
    for laptop, as_it_was in zip(world.laptops, kept.laptops, strict=True):
        put(laptop.journal, as_it_was.journal)
        laptop.store, laptop.line.device = as_it_was.store.copied(), as_it_was.device
        laptop.older, laptop.saved = as_it_was.older, dict(as_it_was.saved)
