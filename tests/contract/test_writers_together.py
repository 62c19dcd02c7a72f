"""Several writers at once, on every store: whoever follows the changes gets each once, in order, and none is
passed over because it was committed late.
"""

from __future__ import annotations

import random
import threading
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from app.sync.wire import EntryIn, Receipt
from central.stores import audit, batches, changes, records, turns
from central.stores import engine as stores
from central.stores.devices import Device
from central.stores.engine import TOGETHER, MustBeAlone, beside_others, changing, open_engine, reading
from central.stores.migrating import migrate
from central.stores.tables import CHANGES, COUNTER, OPEN_TURNS, VERSIONS
from tests.contract.entries_made import FIELD, entry, record, taken
from tests.servers import new_database

WRITERS, BATCHES = 4, 6


@pytest.fixture
def together(engine: Engine) -> Engine:
    return engine.execution_options(**{TOGETHER: True})


def told_since(engine: Engine, after: int) -> list[int]:
    with reading(engine) as connection:
        return [one.change_no for one in changes.since(connection, after, (FIELD,)).changes]


@pytest.mark.slow
def test_whoever_follows_four_writers_gets_every_change_once_and_in_order(
    together: Engine, device: Device
) -> None:
    taken(together, device, entry(payload=record("note")))  # the well is made by the only writer
    done, told = threading.Event(), list[int]()

    def follows() -> None:
        while True:
            over = done.is_set()
            told.extend(told_since(together, told[-1] if told else 0))
            if over:
                return

    def writes(number: int) -> list[Receipt]:
        chance = random.Random(number)
        own = [entry(payload=record("note")) for _ in range(BATCHES * 3)]
        said: list[Receipt] = []
        for start in range(0, len(own), 3):
            said += taken(together, device, *own[start : start + 3])
            if chance.random() < 0.5:
                said += taken(together, device, own[start])
        return said

    follower = threading.Thread(target=follows)
    follower.start()
    with ThreadPoolExecutor(WRITERS) as pool:
        said = [one for many in pool.map(writes, range(WRITERS)) for one in many]
    done.set()
    follower.join()
    assert {one.status for one in said} == {"accepted", "duplicate"}
    with reading(together) as connection:
        every = list(connection.execute(sa.select(CHANGES.c.change_no)).scalars())
        assert audit.verify(connection)[1] == [], "the chain of the trail has no fork"
        assert connection.execute(sa.select(OPEN_TURNS.c.first_no)).first() is None
    assert told == sorted(every)
    assert len(every) == 2 + WRITERS * BATCHES * 3


def test_a_change_that_is_committed_late_is_waited_for(together: Engine, device: Device) -> None:
    taken(together, device, entry(payload=record("note")))
    before = told_since(together, 0)[-1]
    slow = stores.give_out(together, 8)
    (quick,) = taken(together, device, entry(payload=record("note")))
    assert quick.change_no is not None
    assert quick.change_no > slow[-1]
    assert told_since(together, before) == [], "a smaller number may still come"
    with together.begin() as connection:
        connection.execute(stores._closed(slow))
    assert told_since(together, before) == [quick.change_no]


def meeting(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two writers look at a record, and only then either of them writes. SQLite has one writer at a time."""
    both, looked = threading.Barrier(2), records.look_up

    def then_waits(*given: object) -> None:
        looked(*given)  # type: ignore[arg-type]
        with suppress(threading.BrokenBarrierError):
            both.wait(0.5)

    if engine.dialect.name != "sqlite":
        monkeypatch.setattr(records, "look_up", then_waits)


def at_once(*work: Callable[[], tuple[Receipt, ...]]) -> list[Receipt]:
    with ThreadPoolExecutor(len(work)) as pool:
        return [one.result()[0] for one in [pool.submit(it) for it in work]]


@pytest.mark.slow
def test_of_two_who_edit_one_record_at_once_the_second_learns_of_the_first(
    together: Engine, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = record("note")
    taken(together, device, entry(payload=first))
    edits = [
        entry(payload={**first, "values": {**first["values"], "text": text}}, base_version=1)
        for text in ("one", "two")
    ]
    meeting(together, monkeypatch)
    said = at_once(*(lambda one=one: taken(together, device, one) for one in edits))
    assert sorted(one.status for one in said) == ["accepted", "conflict"]
    with reading(together) as connection:
        versions = list(connection.execute(sa.select(VERSIONS.c.version)).scalars())
    assert sorted(versions) == [1, 2]


@pytest.mark.slow
def test_one_entry_sent_to_two_centres_at_once_is_taken_once(
    together: Engine, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken(together, device, entry(payload=record("note")))
    again: EntryIn = entry(payload=record("note"))
    meeting(together, monkeypatch)
    said = at_once(*(lambda: taken(together, device, again) for _ in range(2)))
    assert sorted(one.status for one in said) == ["accepted", "duplicate"]
    assert said[0].change_no == said[1].change_no


def test_a_writer_that_was_given_up_begins_anew_with_larger_numbers(together: Engine, device: Device) -> None:
    clock, told = [0.0], list[int]()
    abandoned = turns.Abandoned(together, lambda: clock[0])

    def work(connection: sa.Connection) -> int:
        told.append(stores.next_numbers(connection, 1))
        if len(told) > 1:
            return told[-1]
        assert abandoned.give_up() == 0, "it may only be slow"
        clock[0] = turns.GIVEN_UP_AFTER_S
        if together.dialect.name == "sqlite":  # nobody else writes meanwhile
            connection.execute(sa.delete(OPEN_TURNS))
        else:
            assert abandoned.give_up() == 1
        return told[-1]

    assert turns.in_turn(together, 8, work) == told[-1]
    first, second = told
    assert second > first + 7


def test_numbers_that_do_not_suffice_are_asked_for_again_and_twice_as_many(together: Engine) -> None:
    begun = list[int]()

    def work(connection: sa.Connection) -> int:
        begun.append(stores.next_numbers(connection, 1))
        return stores.next_numbers(connection, 10)

    assert turns.in_turn(together, 4, work) == begun[-1] + 1
    assert len(begun) == 3, "4, 8, 16"


def test_what_others_must_not_see_half_of_is_done_by_the_only_writer(together: Engine) -> None:
    with pytest.raises(MustBeAlone), beside_others(together, 8) as connection:
        stores.alone(connection)
    begun = list[bool]()

    def work(connection: sa.Connection) -> None:
        begun.append(stores.is_alone(connection))
        stores.alone(connection)

    turns.in_turn(together, 8, work)
    assert begun == [False, True]
    with changing(together) as connection:
        assert stores.next_numbers(connection, 1) > 16, "no number is given twice"


def test_an_edit_never_has_a_smaller_number_than_what_it_follows(together: Engine, device: Device) -> None:
    first = record("note")
    (made,) = taken(together, device, entry(payload=first))
    early = stores.give_out(together, 8)
    (second,) = taken(together, device, entry(payload={**first, "action": "removed"}, base_version=1))
    assert made.change_no is not None
    assert second.change_no is not None
    given = iter([early])
    with pytest.MonkeyPatch.context() as patch:
        now = stores.give_out
        patch.setattr(stores, "give_out", lambda engine, n: next(given, None) or now(engine, n))
        (third,) = taken(together, device, entry(payload=first, base_version=2))
    assert third.status == "accepted"
    assert third.change_no is not None
    assert third.change_no > second.change_no


def test_centres_that_start_at_one_moment_make_the_schema_once(postgres_port: int) -> None:
    name = f"c{uuid.uuid4().hex[:8]}"
    new_database(postgres_port, name)
    url = f"postgresql+psycopg://postgres@127.0.0.1:{postgres_port}/{name}"
    centres = [open_engine(url) for _ in range(3)]
    try:
        with ThreadPoolExecutor(3) as pool:
            assert list(pool.map(migrate, centres)) == [None] * 3
        with centres[0].connect() as connection:
            rows = connection.execute(sa.select(COUNTER.c.id, COUNTER.c.last_no).order_by(COUNTER.c.id)).all()
        assert [tuple(row) for row in rows] == [(1, 0), (2, 0)]
    finally:
        for one in centres:
            one.dispose()


def test_what_comes_later_at_another_centre_is_the_newer_batch(
    together: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with together.begin() as connection:
        batches.begin(connection)
    first = batches.following(together)
    monkeypatch.setattr(batches.time, "time_ns", lambda: 0)  # its clock is behind by years
    assert [batches.following(together) for _ in range(2)] == [first + 1, first + 2]
