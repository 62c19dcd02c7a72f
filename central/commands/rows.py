"""`central rows …`: what is in ClickHouse, compared with the system of record, made anew, copied."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from app.core.clock import parse_time, utc_now
from app.core.errors import KnownError
from central.commands.backups import ClickHouseUrl, Port, rows_of
from central.commands.common import HOME, Database, Folder, audited, database_of, tell
from central.config import USUAL_CLICKHOUSE_PORT

app = typer.Typer(no_args_is_help=True, help="Rows of ClickHouse: compare, make hours anew, copy.")
MOST_TOLD = 50
Kept = Annotated[
    int,
    typer.Option(
        "--readings-days", envvar="WELLSIDE_READINGS_DAYS", min=0, help="As `start` has it; 0: for ever."
    ),
]


@app.command("compare")
def rows_compare(
    since: Annotated[str, typer.Option(help="From this moment on; everything without it.")] = "",
    readings_days: Kept = 0,
    data: Folder = HOME,
    database: Database = "",
    clickhouse: ClickHouseUrl = "",
    clickhouse_port: Port = USUAL_CLICKHOUSE_PORT,
) -> None:
    """Counts and sums of flow tests by well and of readings by month, in both stores: a line for each that
    differs when asked twice, up to the last full hour. Raises KnownError (rows_differ) where some do and
    nothing waits.
    """
    from central.comparing import compare

    begin = max(_moment(since), _kept_from(readings_days))
    with database_of(data, database) as engine, rows_of(data, clickhouse, clickhouse_port) as store:
        seen = compare(engine, store, begin, utc_now())
    for one in seen.differing[:MOST_TOLD]:
        tell(of=one.of, where=one.where, kept=one.kept, clickhouse=one.there)
    tell(
        wells=seen.wells,
        months=seen.months,
        differing=len(seen.differing),
        waiting=seen.waiting,
        filling=seen.filling,
    )
    if seen.differing and not seen.waiting:
        raise KnownError("rows_differ", count=len(seen.differing))


@app.command("rebuild")
def rows_rebuild(
    well: Annotated[list[int], typer.Option("--well", help="Its number (`well list`); may be given again.")],
    since: Annotated[str, typer.Option("--from", help="A moment.")],
    until: Annotated[str, typer.Option("--until", help="A moment.")],
    readings_days: Kept = 0,
    data: Folder = HOME,
    database: Database = "",
    clickhouse: ClickHouseUrl = "",
    clickhouse_port: Port = USUAL_CLICKHOUSE_PORT,
) -> None:
    """Make minutes and hours anew out of the readings as they stand. What is older than readings are kept
    stays as it is.
    """
    from central.rolling_up import roll_up
    from central.stores.batches import given_by

    span = (_moment(since), _moment(until))
    with database_of(data, database) as engine, rows_of(data, clickhouse, clickhouse_port) as store:
        store.days = {**store.days, "readings": readings_days}
        store.given_batch = given_by(engine)
        with audited(engine, "hours made anew", wells=well, since=since, until=until):
            pass
        tell(statements=roll_up(store, [(number, span) for number in well]))


@app.command("backup")
def rows_backup(
    disk: Annotated[str, typer.Option("--disk", help="For backups, as ClickHouse's configuration names it.")],
    data: Folder = HOME,
    database: Database = "",
    clickhouse: ClickHouseUrl = "",
    clickhouse_port: Port = USUAL_CLICKHOUSE_PORT,
) -> None:
    """Let ClickHouse copy its rows onto a disk of its own; the relational store is copied before, by its own
    tools. Raises KnownError (value_wrong).
    """
    if not re.fullmatch(r"[A-Za-z0-9_]{1,64}", disk):
        raise KnownError("value_wrong", field="disk", value=disk[:60])
    name = f"wellside-{utc_now():%Y-%m-%dT%H%M%SZ}"
    with database_of(data, database) as engine, rows_of(data, clickhouse, clickhouse_port) as store:
        store.command(f"BACKUP DATABASE wellside TO Disk('{disk}', '{name}')")
        with audited(engine, "rows copied", disk=disk, name=name):
            pass
    tell(disk=disk, name=name)


def _moment(text: str) -> datetime:
    """Raises KnownError (value_wrong)."""
    if not text:
        return datetime(1970, 1, 2, tzinfo=UTC)
    try:
        return parse_time(text)
    except ValueError as error:
        raise KnownError("value_wrong", field="from, until", value=text[:40]) from error


def _kept_from(days: int) -> datetime:
    """The first whole month of which all readings are there still."""
    if not days:
        return _moment("")
    last_gone = utc_now() - timedelta(days=days)
    return (last_gone.replace(day=1) + timedelta(days=32)).replace(
        day=1, hour=0, minute=0, second=0, microsecond=0
    )
