"""`central audit …`: who did what, and whether the trail is whole."""

from __future__ import annotations

from collections import deque
from typing import Annotated

import typer

from app.core.errors import KnownError
from central.commands.common import HOME, Database, Folder, database_of, tell

app = typer.Typer(no_args_is_help=True, help="Who did what: a trail that cannot be edited unseen.")


@app.command("show")
def audit_show(
    limit: Annotated[int, typer.Option(min=1, help="How many, the last ones.")] = 50,
    actor: Annotated[str, typer.Option(help="Only of whom: part of the name.")] = "",
    data: Folder = HOME,
    database: Database = "",
) -> None:
    """One row a line, oldest first."""
    from central.stores import audit
    from central.stores.engine import reading

    with database_of(data, database) as engine, reading(engine) as connection:
        last = deque((row for row in audit.rows(connection) if actor in row.actor), limit)
    for row in last:
        tell(**row.told())


@app.command("verify")
def audit_verify(
    noted: Annotated[
        str, typer.Option(help="NUMBER:HASH of an end that was noted elsewhere: of the log, a paper.")
    ] = "",
    data: Folder = HOME,
    database: Database = "",
) -> None:
    """Say whether a row was changed, taken out or moved, and which. Prints the end of the chain: note it."""
    from central.stores import audit
    from central.stores.audit import End
    from central.stores.engine import reading

    number, _, own = noted.partition(":")
    if noted and not (number.isdecimal() and len(own) == 64):
        raise typer.BadParameter("--noted NUMBER:HASH")
    with database_of(data, database) as engine, reading(engine) as connection:
        count, faults = audit.verify(connection, End(int(number), own) if noted else None)
        last = audit.end(connection)
    for fault in faults:
        tell(no=fault.no, fault=fault.what)
    if faults:
        raise KnownError("audit_broken", count=len(faults))
    tell(rows=count, end=f"{last.no}:{last.own}" if last else "")
