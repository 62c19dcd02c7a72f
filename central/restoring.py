"""A centre out of its backup: built aside, with a new epoch, and put in its place when it is whole."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from sqlalchemy.engine import Engine

from app.core.errors import KnownError
from app.core.files import sync_folder
from central.backups import Backup, rows_of, verify
from central.config import ENGINE_FOLDER, NAME_FILE, STORE_FILE
from central.embedded.embedding import embed
from central.filling import everything
from central.stores import changes, epochs, wells
from central.stores.clickhouse import ClickHouse
from central.stores.clickhouse_versions import OF_WELLS
from central.stores.engine import open_engine
from central.stores.migrating import migrate

ASIDE = "restoring"
OF_TURNS = ("dynamograms", "flow_rates", "made_wells", "made_series")
"""Tables whose rows are numbered by the turn in which they were accepted; of readings the clock decides."""


def restore(folder: Path, home: Path, now: datetime) -> Backup:
    """Into `home`, where no centre is; one that was broken off there begins anew. Laptops notice by the
    epoch, and send again what this copy has not. Raises KnownError (backup_none, backup_damaged,
    centre_there, engine_not_started).
    """
    backup = verify(folder)
    aside, rows = home / ASIDE, home / ENGINE_FOLDER
    broken_off = aside.exists()
    if (home / STORE_FILE).exists() or rows.exists() and not broken_off:
        raise KnownError("centre_there", folder=str(home))
    if broken_off:
        shutil.rmtree(rows, ignore_errors=True)
        shutil.rmtree(aside)
    aside.mkdir(parents=True, mode=0o700)
    shutil.copyfile(folder / STORE_FILE, aside / STORE_FILE)
    engine = open_engine(f"sqlite:///{aside / STORE_FILE}")
    migrate(engine)
    process, clickhouse, _ = embed(aside, "127.0.0.1", 0)
    try:
        fill(clickhouse, backup)
        number_on(engine, clickhouse)
    finally:
        process.close()
    with engine.begin() as connection:
        epochs.renew(connection, now)
    with engine.connect().execution_options(reading=True) as connection:
        connection.commit()
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")  # all of it is in the one file
    engine.dispose()
    # The store comes last: without it there is no centre here, and a restore that was broken off begins anew.
    os.replace(aside / ENGINE_FOLDER, rows)
    if (folder / NAME_FILE).exists():
        shutil.copyfile(folder / NAME_FILE, home / NAME_FILE)
    _put_in_place(aside / STORE_FILE, home / STORE_FILE)
    shutil.rmtree(aside)
    return backup


def settle(home: Path) -> None:
    """Before a centre is begun or opened in `home`: what a restore that came to its end left goes; half of a
    centre is none, and one whose store is gone is not begun anew in silence: its laptops would be nobody's.
    Raises KnownError (centre_half_restored, centre_store_gone).
    """
    aside, store, name = home / ASIDE, home / STORE_FILE, home / NAME_FILE
    if aside.exists():
        if not store.exists():
            raise KnownError("centre_half_restored", folder=str(home))
        shutil.rmtree(aside)
    elif name.exists() and not store.exists():
        raise KnownError("centre_store_gone", file=str(store), name=str(name))


def number_on(engine: Engine, clickhouse: ClickHouse) -> None:
    """The store is an older one than it was, and its numbers go on over all that rows of ClickHouse are
    under: those are copied after the store, or were not set back at all. A new well that was given a number
    again would show another one's readings and cards, and what is newer would lose to what was there. Raises
    KnownError (clickhouse_down).
    """
    clickhouse.prepare()
    well = _highest(clickhouse, "well_id", (*OF_WELLS, "replaced_readings"))
    turn = _highest(clickhouse, "batch", OF_TURNS)
    with engine.begin() as connection:
        wells.number_above(connection, well)
        changes.number_above(connection, turn)


def _highest(clickhouse: ClickHouse, number: str, tables: Iterable[str]) -> int:
    found = (clickhouse.query(f"SELECT max({number}) FROM wellside.{table}") for table in tables)
    return max((int(row[0] or 0) for rows in found for row in rows), default=0)


def fill(clickhouse: ClickHouse, backup: Backup) -> None:
    """Its rows. A piece again writes nothing twice."""
    clickhouse.prepare()
    for file, content in rows_of(backup):
        clickhouse.imported(file.table, content, f"restore/{file.sha256}")
    everything(clickhouse)


def _put_in_place(made: Path, there: Path) -> None:
    with made.open("rb+") as file:
        os.fsync(file.fileno())
    os.replace(made, there)
    sync_folder(there.parent)
