"""`central backup`, `verify` and `restore`: a copy of a centre, whether it is whole, a centre out of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.core.clock import iso, utc_now
from central.commands.common import HOME, Database, Folder, audited, database_of, tell
from central.config import ENGINE_FOLDER, USUAL_CLICKHOUSE_PORT

if TYPE_CHECKING:
    from central.backups import Backup
    from central.stores.clickhouse import ClickHouse

ClickHouseUrl = Annotated[
    str, typer.Option("--clickhouse", envvar="WELLSIDE_CLICKHOUSE_URL", help="http(s)://host:port.")
]
Port = Annotated[int, typer.Option("--clickhouse-port", help="Of the embedded engine that is running.")]


def backup(
    to: Annotated[Path, typer.Argument(help="A new folder.")],
    data: Folder = HOME,
    database: Database = "",
    clickhouse: ClickHouseUrl = "",
    clickhouse_port: Port = USUAL_CLICKHOUSE_PORT,
) -> None:
    """Copy a centre into a new folder, while it runs or not, and check the copy."""
    from central.backups import back_up, verify

    with database_of(data, database) as engine, rows_of(data, clickhouse, clickhouse_port) as store:
        back_up(engine, store, data, to, utc_now())
    with database_of(data, database) as engine, audited(engine, "backup made", folder=str(to)):
        pass
    _told(verify(to))


def verify(folder: Annotated[Path, typer.Argument(help="Of a backup.")]) -> None:
    """Say whether a backup is whole: every file by its hash."""
    from central.backups import verify as verified

    _told(verified(folder))


def restore(
    folder: Annotated[Path | None, typer.Argument(help="Of a backup; none with --by-other-means.")] = None,
    data: Folder = HOME,
    database: Database = "",
    by_other_means: Annotated[
        bool, typer.Option("--by-other-means", help="The databases were restored by their own tools already.")
    ] = False,
    clickhouse: ClickHouseUrl = "",
    clickhouse_port: Port = USUAL_CLICKHOUSE_PORT,
) -> None:
    """Make a centre out of a backup, in a folder where none is. Laptops notice, and send what it lacks."""
    from central.restoring import number_on
    from central.restoring import restore as restored
    from central.stores import epochs

    if by_other_means:
        with database_of(data, database) as engine, ExitStack() as stack:
            # Where rows are is not always known here; then nothing is begun, and it is said.
            known = clickhouse or (data / ENGINE_FOLDER).exists()
            rows = stack.enter_context(rows_of(data, clickhouse, clickhouse_port)) if known else None
            if rows is not None:
                number_on(engine, rows)
            with audited(engine, "centre set back") as connection:
                epoch = epochs.renew(connection, utc_now())
            tell(epoch=epoch, numbers="above those of ClickHouse" if rows else "ClickHouse was not named")
        return
    if folder is None:
        raise typer.BadParameter("a folder, or --by-other-means")
    done = restored(folder, data, utc_now())
    with database_of(data, database) as engine, audited(engine, "centre restored", folder=str(folder)):
        pass
    _told(done)


def _told(done: Backup) -> None:
    size = sum(file.size for file in done.files)
    tell(
        folder=str(done.folder),
        made_at=iso(done.made_at),
        newest_change=done.newest_change,
        files=len(done.files),
        rows=done.rows,
        bytes=size,
    )


def running(data: Path, url: str, port: int) -> ClickHouse | None:
    """The site's own ClickHouse, whether it answers or not, or the embedded engine where it runs."""
    from central.embedded.embedding import OPERATOR, PASSWORD_FILE
    from central.stores.clickhouse import ClickHouse

    if url:
        user = os.environ.get("WELLSIDE_CLICKHOUSE_USER", "wellside_ingest")
        cluster = os.environ.get("WELLSIDE_CLICKHOUSE_CLUSTER", "")
        return ClickHouse(url, user, os.environ.get("WELLSIDE_CLICKHOUSE_PASSWORD", ""), cluster)
    password = data / PASSWORD_FILE
    if not password.exists():
        return None
    embedded = ClickHouse(f"http://127.0.0.1:{port}", OPERATOR, password.read_text().strip())
    return embedded if embedded.ping() else None


@contextmanager
def rows_of(data: Path, url: str, port: int) -> Iterator[ClickHouse]:
    """The site's own ClickHouse, the embedded engine that is running, or one that is started for this."""
    from central.embedded.embedding import embed

    there = running(data, url, port)
    if there is not None:
        yield there
        return
    process, store, _ = embed(data, "127.0.0.1", 0)
    try:
        store.prepare()
        yield store
    finally:
        process.close()
