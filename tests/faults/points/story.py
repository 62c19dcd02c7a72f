"""What two laptops and a centre do in one morning, so that every point is come to; where one of them is
killed it starts again and the morning goes on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import pytest

from app.core.errors import KnownError
from app.core.files import write_atomically
from app.core.ids import new_id
from app.models.entries import UNSENT, State
from app.models.journal import Journal
from app.models.keys import MasterKey
from app.models.secrets import Secrets
from app.sync.wire import Batch, EntryIn
from central import relay
from central.stores import devices, documents
from central.stores.engine import changing
from tests.faults.power.centre_story import NoRows
from tests.faults.simulated import world as w
from tests.faults.simulated.centre import Died
from tests.faults.simulated.invariants import hold
from tests.faults.simulated.journals import emptied
from tests.faults.simulated.world import BEGUN, FIELDS, Laptop, World, decides, edits, saves

SEED = 20261127


def tell(journals: list[Journal], folder: Path, around: Callable[[Callable[[], None]], None]) -> World:
    """`around` runs the morning: it notes points, or kills at one. Then all heals, and all must hold."""
    world = World(SEED, emptied(journals))
    world.quiet = True
    world.begins()
    for laptop in world.laptops:
        laptop.older = False
        laptop.line.device = world.centre.gives(laptop.line.device, FIELDS)
        laptop.sync()
    around(lambda: _morning(world, folder))
    world.heals()
    hold(world)
    return world


def _morning(world: World, folder: Path) -> None:
    for step in _steps(world, folder):
        try:
            step()
        except Died:
            _starts_again(world)


def _refuses(*_: object) -> None:
    raise ValueError("unfit")


def _no_answer(*_: object) -> NoReturn:
    raise KnownError("centre_unreachable", retry=True, reason="cut")


def _starts_again(world: World) -> None:
    """As at every opening: what was on its way is queued, what the cache has not seen is brought in."""
    for laptop in world.laptops:
        laptop.line.device = world.centre.gives(laptop.line.device, FIELDS)
        laptop.line.fails, laptop.line.next_trouble = 0.0, None
        if laptop.journal._file._connection.in_transaction:  # with its process a transaction is gone
            laptop.journal._file._connection.execute("ROLLBACK")
        for entry in laptop.journal.entries(State.SENDING):
            laptop.journal.move(entry.id, State.QUEUED)
        for entry in laptop.journal.entries(*UNSENT):
            if entry.id not in laptop.saved:  # saved, and killed before that could be said
                laptop.saved[entry.id] = entry.payload_sha256
            laptop.store.saves(entry.payload)


def _steps(world: World, folder: Path) -> list[Callable[[], object]]:
    one, other = world.laptops
    shared = sorted(set(one.store.shown) & set(other.store.shown))

    def some(laptop: Laptop) -> dict[str, Any]:
        """What it shows of the records that both have; after a kill it may have to be another."""
        if not laptop.store.shown:
            saves(world, laptop)
        shown = laptop.store.shown
        return shown.get(shared[0]) or shown[sorted(shown)[0]]

    def with_files(laptop: Laptop) -> None:
        content = b"act " * 99
        body = {**some(laptop), "author": "with a file"}
        w._added(laptop, body, (("act.txt", content), ("copy.txt", content), ("b.txt", b"b")))

    def sends_a_file_by_hand() -> None:
        content = b"two pieces"
        name = hashlib.sha256(content).hexdigest()
        other.line.put_piece(name, 0, content[:3], last=False)
        other.line.put_piece(name, 3, content[3:], last=True)

    def forgets() -> None:
        with world.centre.engine.begin() as connection:
            documents.forget_left(connection, world.now + documents.UNNAMED_KEPT * 2)

    def a_draft() -> None:
        payload = {"record": "d", "draft": True}
        for _ in range(2):
            one.journal.add("record", payload, (("f", b"f"),), entry_id="draft", draft=True)
        one.journal.discard("draft", "given up")

    def revoked() -> None:
        device = world.centre.admits("guest", FIELDS)
        with world.centre.engine.begin() as connection:
            devices.revoke(connection, device.id, world.now)

    def small_files() -> None:
        Secrets(folder / "s.bin", MasterKey(b"k" * 32, False)).set("token", "x")
        write_atomically(folder / "x.txt", b"x")

    def centre_is_set_back() -> None:
        world.centre.is_set_back()

    def rights(laptop: Laptop, fields: tuple[str, ...]) -> None:
        laptop.line.device = world.centre.gives(laptop.line.device, fields)

    def a_well_moves() -> None:
        with changing(world.centre.engine) as connection:
            every = w_all(connection)
            w_put(connection, replace(every[0], field_name=FIELDS[1]))
            w_put(connection, replace(every[0], field_name=FIELDS[0]))

    from central.stores.wells import all_wells as w_all
    from central.stores.wells import put as w_put

    def notes() -> None:
        for entry in one.journal.entries()[:1]:
            one.journal.note_taken_back(entry.id, "x")
            one.journal.note_not_shown(entry.id, "full")
            one.journal.note_shown(entry.id)
            one.journal.losses.note_told()

    def moved(laptop: Laptop) -> None:
        body = some(laptop)
        name, field = next(well for well in w.WELLS if well[1] != body["well_key"]["field"])
        w._added(laptop, {**body, "well_key": w.key_of(name, field)})

    def bad_network(laptop: Laptop) -> None:
        laptop.line.fails = 1.0
        laptop.sync()
        laptop.line.fails = 0.0

    def troubles(laptop: Laptop) -> None:
        """A token that is not let in, a request that is refused, a file that another sends."""
        for told in (
            KnownError("centre_token"),
            KnownError("centre_refused", status=422, reason="malformed"),
            KnownError("centre_refused", status=409),
        ):
            saves(world, laptop)
            laptop.line.next_trouble = told
            laptop.sync()
        for entry in laptop.journal.entries(State.QUARANTINED):
            laptop.journal.move(entry.id, State.QUEUED)

    def unfit(laptop: Laptop) -> None:
        """What does not pass our own border waits for a person."""
        saves(world, laptop)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(EntryIn, "model_validate", _refuses)
            laptop.sync()
        for entry in laptop.journal.entries(State.QUARANTINED):
            laptop.journal.move(entry.id, State.QUEUED)

    def the_reply_is_lost(laptop: Laptop) -> None:
        """The stream shows it before the laptop knows that it was taken."""
        saves(world, laptop)
        send = laptop.line.send

        def lost(batch: Batch) -> NoReturn:
            send(batch)
            _no_answer()

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(laptop.line, "send", lost)
            laptop.sync()
        laptop.sync()

    def a_record_is_forgotten(laptop: Laptop) -> None:
        """Only the comparison can find it."""
        laptop.store.records.pop(next(iter(laptop.store.records), ""), None)
        laptop.sync()

    def older(laptop: Laptop) -> None:
        laptop.older = True
        key = w.key_of(*w.WELLS[0])
        body = {**some(other), "record": new_id(), "kind": w.NEWER, "well_key": key}
        w._added(other, {**body, "values": {"level": "dynamic", "level_m": 5.0}})
        other.sync()
        laptop.sync()
        w.upgraded(world, laptop)

    def taken_then_not_seen(laptop: Laptop) -> None:
        """Its change is never shown: the centre is asked for it. And one that it lost goes again."""
        for lost in (False, True):
            rights(laptop, FIELDS)
            laptop.sync()
            name, field = w.WELLS[0]
            body = {**some(laptop), "record": new_id()}
            w._added(laptop, {**body, "well_key": w.key_of(name, field)})
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(laptop.line, "changes", _no_answer)
                laptop.sync()
            rights(laptop, FIELDS[1:])
            with pytest.MonkeyPatch.context() as patch:
                if lost:
                    patch.setattr(laptop.line, "lacking", lambda ids: ids)
                laptop.sync()
        rights(laptop, FIELDS)

    return [
        lambda: troubles(one),
        lambda: unfit(one),
        lambda: the_reply_is_lost(one),
        lambda: older(one),
        lambda: taken_then_not_seen(one),
        lambda: a_record_is_forgotten(one),
        small_files,
        a_draft,
        notes,
        lambda: with_files(one),
        lambda: edits(world, other, shared[0]),
        one.sync,
        other.sync,  # a conflict, or a merge
        lambda: decides(world, other),
        sends_a_file_by_hand,
        forgets,
        lambda: [edits(world, laptop, shared[-1]) for laptop in (one, other)],
        lambda: w.enters_poison(world, one),
        lambda: bad_network(one),
        lambda: [laptop.sync() for laptop in (one, other)],
        lambda: decides(world, other),
        lambda: relay.deliver(world.centre.engine, NoRows()),  # type: ignore[arg-type]
        revoked,
        lambda: moved(one),
        one.sync,
        a_well_moves,
        lambda: rights(other, FIELDS[:1]),
        other.sync,
        lambda: rights(other, FIELDS),
        other.sync,
        centre_is_set_back,
        lambda: [laptop.sync() for laptop in (one, other)],
        lambda: saves(world, one),
        one.sync,
        other.sync,
    ]


assert BEGUN  # the morning's clock is the simulation's
