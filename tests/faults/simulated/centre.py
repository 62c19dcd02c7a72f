"""The centre's own code in this process, over a store in memory, behind a network that loses requests and
answers. `Died` is a kill of the laptop: nothing of ours catches it.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import pytest
import sqlalchemy as sa
from fastapi import HTTPException

from app.core.clock import Clock, iso
from app.core.errors import KnownError
from app.sync.wire import PROTOCOL, Batch, Changes, Hello, Receipt, RecordSums
from central.accept import accept
from central.api import compared
from central.api import documents as api_documents
from central.stores import changes, devices, documents, epochs, heads, receipts, turns, wells
from central.stores import engine as stores
from central.stores.devices import Device
from central.stores.tables import DEVICES
from tests.profiles import centre_tables

T = TypeVar("T")
NOT_WELL = ("centre_unreachable", "centre_busy", "centre_token", "centre_not_itself")


class Died(BaseException):
    """The laptop is killed at this moment."""


@cache
def _empty() -> bytes:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "c.sqlite"
        centre_tables(file).dispose()
        connection = sqlite3.connect(file, isolation_level=None)
        connection.execute("PRAGMA journal_mode=DELETE")
        content = connection.serialize()
        connection.close()
        return content


@cache
def _engine() -> sa.Engine:
    """One for all runs: what SQLAlchemy has learnt of its statements stays."""
    engine = sa.create_engine(
        "sqlite://",
        poolclass=sa.StaticPool,
        connect_args={"check_same_thread": False},
        execution_options={stores.TOGETHER: True},
    )
    sa.event.listen(engine, "connect", lambda it, _: setattr(it, "isolation_level", None))
    sa.event.listen(engine, "begin", stores._begin)
    return engine


_given = stores.give_out
_MEANWHILE: list[Callable[[], None]] = []


def put_in_place(patch: pytest.MonkeyPatch) -> None:
    """Between the giving out of a writer's numbers and its commit others write, commit and read; a writer
    may be killed there.
    """

    def given(engine: sa.Engine, numbers: int) -> range:
        block = _given(engine, numbers)
        _MEANWHILE[-1]()
        return block

    patch.setattr(stores, "give_out", given)


class Centre:
    """Its store, its copies, its clock. One at a time: the store is one for all."""

    def __init__(self, clock: Clock, meanwhile: Callable[[], None]) -> None:
        self.clock, self.engine = clock, _engine()
        self.copy: bytes | None = None
        _MEANWHILE[:] = [meanwhile]

    def gives_up_turns(self) -> None:
        """Of writers that are gone, or that are taken for gone."""
        passed = iter((0.0, turns.GIVEN_UP_AFTER_S))
        abandoned = turns.Abandoned(self.engine, lambda: next(passed))
        abandoned.give_up()
        abandoned.give_up()

    def begins(self) -> None:
        self.is_put(_empty())
        epochs.begin(self.engine, self.clock())

    def backs_up(self) -> None:
        self.copy = self.content()

    def is_set_back(self) -> bool:
        if self.copy is None:
            return False
        rights = [(d.id, d.fields) for d, _ in self._devices()]  # an administrator gives them again
        self.is_put(self.copy)
        with self.engine.begin() as connection:
            epochs.renew(connection, self.clock())
            for device, fields in rights:
                connection.execute(
                    sa.update(DEVICES).where(DEVICES.c.id == device).values(fields=list(fields))
                )
        return True

    def admits(self, name: str, fields: tuple[str, ...]) -> Device:
        with self.engine.begin() as connection:
            return devices.add(connection, name, fields, devices.LAPTOP_SCOPES, self.clock())[0]

    def gives(self, device: Device, fields: tuple[str, ...]) -> Device:
        with self.engine.begin() as connection:
            meant = sa.update(DEVICES).where(DEVICES.c.id == device.id)
            connection.execute(meant.values(fields=list(fields)))
        return replace(device, fields=fields)

    def moves_a_well(self, rng: random.Random, fields: tuple[str, ...]) -> bool:
        with stores.changing(self.engine) as connection:
            every = wells.all_wells(connection)
            if not every:
                return False
            wells.put(connection, replace(rng.choice(every), field_name=rng.choice(fields)))
        return True

    def _devices(self) -> list[tuple[Device, datetime | None]]:
        with stores.reading(self.engine) as connection:
            return devices.every(connection)

    def _connection(self) -> sqlite3.Connection:
        return self.engine.raw_connection().driver_connection  # type: ignore[return-value]

    def content(self) -> bytes:
        return self._connection().serialize()

    def is_put(self, content: bytes) -> None:
        self._connection().deserialize(content)


class Line:
    """PushCentre and RecordSource of one laptop. `fails` is the chance that a call does; `dies_in` counts the
    calls until the laptop does.
    """

    device: Device

    def __init__(self, centre: Centre, rng: random.Random) -> None:
        self.centre, self._rng = centre, rng
        self.fails, self.dies_in = 0.0, -1
        self.next_trouble: KnownError | None = None
        """Instead of the next answer to a batch."""

    @property
    def key(self) -> str:
        return self.device.key

    def hello(self) -> Hello:
        def said() -> Hello:
            with stores.reading(self.centre.engine) as connection:
                newest = changes.newest_of(connection, self.device.fields)
                epoch = epochs.epoch(connection)
            now = iso(self.centre.clock())
            return Hello(
                nonce="",
                protocol=PROTOCOL,
                server_time=now,
                device=self.device.name,
                fields=self.device.fields,
                scopes=self.device.scopes,
                newest_change=newest,
                epoch=epoch,
            )

        return self._through(said)

    def send(self, batch: Batch) -> tuple[Receipt, ...]:
        if self.next_trouble is not None:
            told, self.next_trouble = self.next_trouble, None
            raise told
        wire = Batch.model_validate_json(batch.model_dump_json())
        return self._through(lambda: accept(self.centre.engine, self.device, wire.entries, self.centre.clock))

    def offset(self, sha256: str) -> tuple[int, bool]:
        def said() -> tuple[int, bool]:
            with stores.reading(self.centre.engine) as connection:
                size = documents.size_for(connection, sha256, self.device.id, self.device.fields)
                return (
                    (size, True)
                    if size is not None
                    else (documents.received(connection, self.device.id, sha256)[0], False)
                )

        return self._through(said)

    def put_piece(self, sha256: str, offset: int, content: bytes, *, last: bool) -> int:
        def put() -> int:
            try:
                with self.centre.engine.begin() as connection:
                    now = self.centre.clock()
                    known, there = api_documents._added(connection, self.device, sha256, offset, content, now)
                if last and not known:
                    api_documents._completed(self.centre.engine, self.device, sha256, now)
            except HTTPException as error:
                raise KnownError(
                    "centre_refused", status=error.status_code, reason=str(error.detail)
                ) from error
            return there + len(content)

        return self._through(put)

    def changes(self, after: int, field: str = "") -> Changes:
        most = self._rng.choice((1, 3, 1_000))
        return self._asked(
            lambda connection: changes.since(connection, after, self.device.fields, most, field)
        )

    def lacking(self, entry_ids: tuple[str, ...]) -> tuple[str, ...]:
        def said(connection: sa.Connection) -> tuple[str, ...]:
            known = receipts.known(connection, list(entry_ids))
            there = {
                name
                for name, (_, by, _) in known.items()
                if receipts.is_seen(connection, name, by, self.device)
            }
            return tuple(name for name in entry_ids if name not in there)

        return self._asked(said)

    def record_sums(self, *, whole: bool, wells: bool = False) -> RecordSums:
        def counted(connection: sa.Connection) -> RecordSums:
            if not heads.settled(connection, self.device.fields):
                raise KnownError("centre_busy", retry=True)
            return compared.counted(connection, self.device.fields, whole=whole, wells=wells)

        return self._asked(counted)

    def record_part(self, well: int, kind: str) -> Changes:
        def said(connection: sa.Connection) -> Changes:
            numbers = heads.told_of(connection, well, kind, self.device.fields)
            told = changes.of_numbers(connection, numbers, self.device.fields)
            return Changes(changes=told, next=numbers[-1] if numbers else 0)

        return self._asked(said)

    def file(self, sha256: str) -> bytes:
        return self._asked(lambda connection: b"".join(documents.pieces(connection, sha256)))

    def close(self) -> None:
        """Nothing is open."""

    def _asked(self, work: Callable[[Any], T]) -> T:
        def said() -> T:
            with stores.reading(self.centre.engine) as connection:
                return work(connection)

        return self._through(said)

    def _through(self, work: Callable[[], T]) -> T:
        """There and back: either way may be lost, and the laptop may die on either."""
        self._may_die()
        if self._rng.random() < self.fails / 2:
            raise self._trouble()
        answer = work()
        self._may_die()
        if self._rng.random() < self.fails / 2:
            raise KnownError("centre_unreachable", retry=True, reason="the answer is lost")
        return answer

    def _may_die(self) -> None:
        self.dies_in -= 1
        if self.dies_in == 0:
            raise Died

    def _trouble(self) -> KnownError:
        code = self._rng.choice(NOT_WELL)
        more = {"retry_after_s": 30.0} if code == "centre_busy" else {}
        return KnownError(code, retry=code != "centre_token", reason="simulated", **more)
