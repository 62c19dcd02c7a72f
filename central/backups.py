"""A copy of a centre that stands by itself: its relational store, its rows of ClickHouse, and a list of what
belongs to it with hashes, which is written last: a copy without its list is none.

The relational store is copied first: what waits in its outbox is brought over again after a restore, and rows
that are there already replace themselves.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import zstandard
from sqlalchemy.engine import Engine

from app.core.clock import iso, parse_time
from app.core.errors import KnownError
from app.core.files import sync_folder, write_atomically
from central.config import NAME_FILE, STORE_FILE
from central.stores import changes, epochs
from central.stores.clickhouse import ClickHouse

MANIFEST = "backup.json"
MAKING = "backup.making"
"""Lies there until the list does, and in its place when a copy is forgotten: half of one, and a copy's."""
ROWS_A_PIECE = {"dynamograms": 20_000}
"""Of the largest ones; of the others MOST_ROWS. A piece is held in memory."""
MOST_ROWS = 2_000_000
TABLES = ("sensor_readings", "replaced_readings", "dynamograms", "flow_rates", "ingest_log")


@dataclass(frozen=True)
class Copied:
    """A file of a backup. `table`: whose rows of ClickHouse it holds, if any."""

    name: str
    sha256: str
    size: int
    table: str = ""
    rows: int = 0


@dataclass(frozen=True)
class Backup:
    folder: Path
    made_at: datetime
    epoch: str
    newest_change: int
    files: tuple[Copied, ...]

    @property
    def rows(self) -> int:
        return sum(file.rows for file in self.files)


def back_up(engine: Engine, clickhouse: ClickHouse, home: Path, folder: Path, now: datetime) -> Backup:
    """Into `folder`, which must be new; the centre goes on meanwhile. `home` is the centre's own. What a copy
    of this name has left that was broken off goes. Raises KnownError (backup_there, backup_by_the_database,
    folder_not_writable, clickhouse_down).
    """
    if engine.dialect.name != "sqlite":
        raise KnownError("backup_by_the_database", database=engine.dialect.name)
    try:
        if is_half(folder):
            shutil.rmtree(folder)
        folder.mkdir(parents=True, mode=0o700)
        write_atomically(folder / MAKING, b"")
    except FileExistsError as error:
        raise KnownError("backup_there", folder=str(folder)) from error
    except OSError as error:
        raise KnownError("folder_not_writable", folder=str(folder), reason=str(error)) from error
    files = [_store(engine, folder)]
    name = home / NAME_FILE
    if name.exists():
        files.append(_written(folder, NAME_FILE, name.read_bytes()))
    files += [piece for table in TABLES for piece in _rows(clickhouse, table, folder)]
    epoch, newest = _said_by(folder / STORE_FILE)
    backup = Backup(folder, now, epoch, newest, tuple(files))
    told = asdict(backup) | {"folder": "", "made_at": iso(now)}
    write_atomically(folder / MANIFEST, json.dumps(told, ensure_ascii=False, indent=1).encode())
    (folder / MAKING).unlink()
    return backup


def is_half(folder: Path) -> bool:
    """What a copy, or forgetting one, has left that was broken off."""
    return (folder / MAKING).exists() and not (folder / MANIFEST).exists()


def verify(folder: Path) -> Backup:
    """Every file of its list, byte for byte, and the store by its own check. Raises KnownError (backup_none,
    backup_damaged).
    """
    backup = read(folder)
    for file in backup.files:
        path = folder / file.name
        if not path.is_file() or path.stat().st_size != file.size or _sha256(path) != file.sha256:
            raise KnownError("backup_damaged", file=str(path))
    return backup


def read(folder: Path) -> Backup:
    """What its list says. Raises KnownError (backup_none)."""
    try:
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        files = tuple(Copied(**file) for file in told["files"])
        return Backup(folder, parse_time(told["made_at"]), told["epoch"], told["newest_change"], files)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise KnownError("backup_none", folder=str(folder), reason=type(error).__name__) from error


def rows_of(backup: Backup) -> Iterator[tuple[Copied, bytes]]:
    """Its rows of ClickHouse, piece by piece, as that writes and reads them."""
    for file in backup.files:
        if file.table:
            packed = (backup.folder / file.name).read_bytes()
            yield file, zstandard.ZstdDecompressor().stream_reader(packed).read()


def _store(engine: Engine, folder: Path) -> Copied:
    """As of one moment, whoever writes meanwhile."""
    path = folder / STORE_FILE
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("VACUUM INTO ?", (str(path),))
    finally:
        connection.close()
    path.chmod(0o600)
    with path.open("rb+") as file:
        os.fsync(file.fileno())
    sync_folder(folder)
    return Copied(STORE_FILE, _sha256(path), path.stat().st_size)


def _said_by(store: Path) -> tuple[str, int]:
    """(its epoch, its last change) of a copy, which is not written to."""
    engine = sa.create_engine(f"sqlite:///file:{store}?mode=ro&immutable=1&uri=true")
    try:
        with engine.connect() as connection:
            return epochs.epoch(connection), changes.newest(connection)
    finally:
        engine.dispose()


def _rows(clickhouse: ClickHouse, table: str, folder: Path) -> Iterator[Copied]:
    for number, (partition, wells, rows) in enumerate(_pieces(clickhouse, table)):
        bound = {"partition": partition, "wells": wells}
        sql = f"SELECT * FROM wellside.{table} WHERE {_MEANT}"
        content = clickhouse.exported(sql, bound)
        packed = zstandard.ZstdCompressor(level=3).compress(content)
        yield _written(folder, f"{table}.{number}.native.zst", packed, table=table, rows=rows)


_MEANT = "_partition_id = {partition:String} AND well_id IN {wells:Array(UInt32)}"


def _pieces(clickhouse: ClickHouse, table: str) -> Iterator[tuple[str, list[int], int]]:
    """(partition, wells, rows): few enough to be held."""
    most = ROWS_A_PIECE.get(table, MOST_ROWS)
    counted = clickhouse.query(
        f"SELECT _partition_id AS part, well_id, count() AS n FROM wellside.{table} "
        "GROUP BY part, well_id ORDER BY part, well_id"
    )
    part, wells, rows = "", list[int](), 0
    for partition, well, count in counted:
        if wells and (partition != part or rows + count > most):
            yield part, wells, rows
            wells, rows = [], 0
        part = str(partition)
        wells.append(int(well))
        rows += int(count)
    if wells:
        yield part, wells, rows


def _written(folder: Path, name: str, content: bytes, **more: Any) -> Copied:
    write_atomically(folder / name, content)
    return Copied(name, hashlib.sha256(content).hexdigest(), len(content), **more)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def forget_old(folder: Path, keep: int) -> int:
    """Of the copies in `folder` the newest `keep` stay, and all that are no copies. Returns how many went."""
    whole = sorted(path.parent for path in folder.glob(f"*/{MANIFEST}"))
    for old in whole[:-keep]:
        os.replace(old / MANIFEST, old / MAKING)  # first: half of it is no copy any more
        shutil.rmtree(old)
    return max(0, len(whole) - keep)
