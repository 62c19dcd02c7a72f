"""`central unsent take`: unsent work of a laptop that came on a stick."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.core.clock import utc_now
from central.commands.common import HOME, Database, Folder, audited, database_of, tell

app = typer.Typer(no_args_is_help=True, help="Unsent work of laptops, brought as a file.")


@app.callback()
def _only() -> None:
    """A group, though it has one command."""


@app.command("take")
def unsent_take(
    file: Annotated[Path, typer.Argument(help="As a laptop saved it.")],
    data: Folder = HOME,
    database: Database = "",
) -> None:
    """Take it as if the laptop had sent it: given twice, or sent too, each entry is there once."""
    from central.unsent import take

    with database_of(data, database) as engine:
        brought = take(engine, file, utc_now)
        told = {"device": brought.device.id, "name": brought.device.name, **brought.counts()}
        with audited(engine, "unsent work taken", **told):
            pass
    for receipt in brought.not_taken:
        tell(entry=receipt.id, status=receipt.status, code=receipt.code)
    tell(device=brought.device.name, made_at=brought.made_at, **brought.counts())
