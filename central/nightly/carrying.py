"""The centre's own profile: all wells as a laptop of every field carries them, read from the stores, so that
what is made in the night is made by the very functions that engineers work with.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from app.core.clock import Clock
from app.core.files import write_atomically
from app.core.jobs import Job
from app.core.notices import NoticeBus
from app.core.paths import profile_paths
from app.services.centre.sync import make_card
from app.services.learnt.state import CARDS, State, keep, start
from app.services.opening import open_workspace
from app.services.workspace import Workspace
from app.sync.carried import Subscription
from app.sync.engine import Parts, sync
from app.sync.queries import Query
from app.sync.transports.bulk import BulkReader
from app.sync.transports.rest_reader import tables_of
from app.sync.wire import Changes
from central.config import NIGHTLY_FOLDER
from central.stores import changes, epochs, registry
from central.stores.clickhouse import ClickHouse
from central.stores.engine import reading
from central.stores.tables import WELLS


class StoredRecords:
    """A RecordSource: the stream of changes of all fields, out of the system of record."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def changes(self, after: int, field: str = "") -> Changes:
        with reading(self._engine) as connection:
            fields = tuple(connection.execute(sa.select(WELLS.c.field_name).distinct()).scalars())
            return changes.since(connection, after, fields, only=field)

    def close(self) -> None:
        """Nothing of its own is open."""


class StoredReadings(BulkReader):
    """A ReadingSource: the named queries, asked of the centre's ClickHouse."""

    def __init__(self, store: ClickHouse) -> None:
        self._store = store

    def tables(self, query: Query, bound: Mapping[str, object]) -> Iterator[pa.Table]:
        with self._store.streamed(query.sql, bound) as pieces:
            yield from tables_of(pieces)

    def made(self, wells: list[int]) -> dict[int, datetime]:
        """What is made here is not carried back."""
        return {}

    def close(self) -> None:
        """Nothing of its own is open."""


@contextmanager
def carried(folder: Path, engine: Engine, clock: Clock) -> Iterator[Workspace]:
    """The profile, with the champion in force. It belongs to one life of the centre: what another one told is
    thrown away. Raises KnownError (store_*, folder_not_writable).
    """
    # The key lies beside what it opens, as the database does: no session of a person has it.
    os.environ.setdefault("WELLSIDE_NO_KEYRING", "1")
    home = folder / NIGHTLY_FOLDER
    with reading(engine) as connection:
        own = home / (epochs.epoch(connection) or "first")
        champion = registry.champion_file(connection, CARDS)
    if home.is_dir():
        for other in home.iterdir():
            if other != own:
                shutil.rmtree(other)
    workspace = open_workspace(profile_paths(own / "cache.duckdb"), NoticeBus(), clock)
    try:
        workspace.paths.models.mkdir(mode=0o700, exist_ok=True)
        file = ""
        if champion is not None:
            version, content = champion
            file = f"{CARDS}-{version}.npz"
            write_atomically(workspace.paths.models / file, content)
        keep(workspace.paths, State(in_force=file))
        start(workspace.paths)
        yield workspace
    finally:
        workspace.close()


def pull(job: Job, workspace: Workspace, engine: Engine, store: ClickHouse, days: int) -> None:
    """Brings the profile up to the stores. Raises KnownError where one of them cannot be read: nothing is
    made of a part.
    """
    since = (workspace.clock() - timedelta(days=days)).replace(hour=0, minute=0, second=0, microsecond=0)
    parts = Parts(
        workspace.store,
        workspace.journal,
        workspace.clock,
        random.Random(),
        lambda _: None,
        lambda card, well: make_card(workspace, card, well),
        Subscription(since=since),
        records=StoredRecords(engine),
        readings=StoredReadings(store),
    )
    report = sync(job, parts)
    for problem in report.problems.values():
        raise problem
