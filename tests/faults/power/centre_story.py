"""A centre's files while laptops send: its relational store, a backup of it, and a centre made of the backup.
After each step all that the store holds is what was answered.
"""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest
import sqlalchemy as sa

from app.core import files
from app.core.errors import KnownError
from app.models.wells import well_uid
from app.sync.wire import EntryIn, FileRef, WellKey, payload_sha256
from central import backups, relay, restoring
from central.accept import accept
from central.api import documents
from central.config import ENGINE_FOLDER, STORE_FILE
from central.stores import devices, epochs
from central.stores import engine as stores
from central.stores.tables import EPOCHS, METADATA
from tests.faults.power import apsw_dbapi
from tests.faults.power.disk import Recording, Wreck
from tests.faults.power.laptop_story import NOW
from tests.faults.power.recorded_os import RecordedOs
from tests.faults.power.recorded_sqlite import recorded
from tests.profiles import centre_tables

HOME, COPY, RESTORED = "home", "copy", "restored"
FIELD = "Северное"
Dump = dict[str, list[Any]]
WELL = WellKey(uid=well_uid(FIELD, "5", "123Г"), field=FIELD, pad="5", name="123Г")


@dataclass(frozen=True)
class Told:
    """What the store holds; whether there is a backup; whether a centre was made of it."""

    store: Dump
    copied: bool = False
    restored: bool = False


def record(folder: Path) -> tuple[Recording, list[Told]]:
    """What was done to the disk, and what was told after each step; `said` in it is a number of these."""
    for name in (HOME, RESTORED):
        (folder / name).mkdir(parents=True)
    centre_tables(folder / HOME / STORE_FILE).dispose()
    recording = Recording(folder)
    told: list[Told] = []
    with recorded(recording), pytest.MonkeyPatch.context() as patch:
        for module in (files, backups, restoring):
            patch.setattr(module, "os", RecordedOs(recording))
        engine = _engine(f"sqlite:///{folder / HOME / STORE_FILE}")
        with engine.connect() as connection:  # often, that what it moves is part of the story
            connection.exec_driver_sql("PRAGMA wal_autocheckpoint=24")

        def say(**more: bool) -> None:
            with stores.reading(engine) as connection:
                rows = {
                    table.name: connection.exec_driver_sql(f"SELECT * FROM {table.name}").fetchall()
                    for table in METADATA.sorted_tables
                }
            told.append(Told({name: [tuple(row) for row in found] for name, found in rows.items()}, **more))
            recording.says(len(told) - 1)

        say()
        for step in _steps(engine):
            step()
            say()
        backups.back_up(engine, NoRows(), folder / HOME, folder / COPY, NOW)  # type: ignore[arg-type]
        say(copied=True)
        _restored(folder, patch, recording)
        say(copied=True, restored=True)
        engine.dispose()
    return recording, told


def check(wreck: Wreck, told: list[Told], folder: Path) -> None:
    """The store opens, is whole, and stands as after the last step that was answered, or as after the one
    that was under way. A backup is whole or none; a restored centre is whole or none.
    """
    wreck.lay_out(folder)
    last = wreck.said[-1] if wreck.said else 0
    filled = [name for name, found in told[-1].store.items() if found]
    rows = _rows(folder / HOME / STORE_FILE, filled)
    assert rows in [{name: one.store[name] for name in filled} for one in told[last : last + 2]], (
        "what was answered is not there, or is by halves"
    )
    try:
        backups.verify(folder / COPY)
        assert _rows(folder / COPY / STORE_FILE, filled) == rows
    except KnownError as error:
        assert error.code == "backup_none"
        assert not told[last].copied
    if told[last].restored or (folder / RESTORED / STORE_FILE).exists():
        made = _rows(folder / RESTORED / STORE_FILE, filled)
        assert made.pop(EPOCHS.name) != rows[EPOCHS.name]
        assert made == {name: found for name, found in rows.items() if name != EPOCHS.name}


def _rows(store: Path, tables: list[str]) -> Dump:
    connection = sqlite3.connect(store)
    try:
        connection.execute("PRAGMA synchronous=OFF")  # it is not this disk whose power fails
        found = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in tables}
        assert connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        return found
    finally:
        connection.close()


def _engine(url: str) -> sa.Engine:
    """As the centre opens it, where its writes are noted."""
    engine = sa.create_engine(url, module=apsw_dbapi, poolclass=sa.StaticPool)
    sa.event.listen(engine, "connect", stores._sqlite_as_we_need_it)
    sa.event.listen(engine, "begin", stores._begin)
    return engine


class NoRows:
    """ClickHouse that nothing has come to, and that takes all that does."""

    days: ClassVar[dict[str, int]] = {}

    def query(self, *_: Any, **__: Any) -> list[Any]:
        return []

    def insert_rows(self, *_: Any) -> None:
        """Taken."""

    def prepare(self) -> None:
        """Ready."""

    def command(self, *_: Any) -> None:
        """Done."""

    def next_batch(self) -> int:
        return 1


def _restored(folder: Path, patch: pytest.MonkeyPatch, recording: Recording) -> None:
    def embed(aside: Path, *_: Any) -> tuple[Any, Any, None]:
        (aside / ENGINE_FOLDER).mkdir()
        return SimpleNamespace(close=lambda: None), NoRows(), None

    def copyfile(path: Path, to: Path) -> None:
        shutil.copyfile(path, to)
        recording.wrote(recording.number(to), 0, to.read_bytes())

    patch.setattr(restoring, "embed", embed)
    patch.setattr(restoring, "open_engine", _engine)
    patch.setattr(restoring, "migrate", lambda _: None)
    patch.setattr(restoring, "shutil", SimpleNamespace(copyfile=copyfile, rmtree=shutil.rmtree))
    restoring.restore(folder / COPY, folder / RESTORED, NOW)


# ---- the work ----------------------------------------------------------------------------------------------


def _steps(engine: sa.Engine) -> list[Callable[[], object]]:
    file = b"act " * 3_000
    name = hashlib.sha256(file).hexdigest()
    device = devices.Device("d" * 36, "laptop", devices.SCOPES, (FIELD,), "0" * 64)
    tests = [_entry("flow_test", {"liquid_m3_per_s": 0.001 * n, "duration_s": 3600.0}) for n in (1, 2, 3)]
    act = _entry("document", {"kind": "act", "title": "Акт"}, FileRef(sha256=name, size=len(file), name="a"))
    edit = _entry("flow_test", {"liquid_m3_per_s": 0.02, "duration_s": 3600.0}, of=tests[0])

    def sends(*entries: EntryIn) -> Callable[[], object]:
        return lambda: [receipt.status for receipt in accept(engine, device, entries, lambda: NOW)]

    def piece(at: int, content: bytes) -> Callable[[], object]:
        def put() -> None:
            with engine.begin() as connection:
                documents._added(connection, device, name, at, content, NOW)

        return put

    return [
        lambda: epochs.begin(engine, NOW),
        sends(*tests),
        piece(0, file[:5_000]),
        piece(5_000, file[5_000:]),
        lambda: documents._completed(engine, device, name, NOW),
        sends(act, edit),
        sends(edit, tests[1]),  # again: the same answers
        lambda: relay.deliver(engine, NoRows()),  # type: ignore[arg-type]
        sends(_entry("flow_test", {"liquid_m3_per_s": 0.03, "duration_s": 60.0}, of=tests[0])),  # a conflict
    ]


def _entry(kind: str, values: dict[str, Any], *named: FileRef, of: EntryIn | None = None) -> EntryIn:
    payload = {
        "record": of.payload["record"] if of else str(uuid.uuid4()),
        "kind": kind,
        "well": 1,
        "at": "2026-10-20T08:00:00Z",
        "until": None,
        "values": values,
        "action": "saved",
        "author": "A",
    }
    return EntryIn(
        id=str(uuid.uuid4()),
        kind="record",
        payload=payload,
        payload_sha256=payload_sha256(payload),
        created_at="2026-10-20T08:05:00Z",
        supersedes=of.id if of else None,
        base_version=1 if of else None,
        well=WELL,
        attachments=named,
    )
