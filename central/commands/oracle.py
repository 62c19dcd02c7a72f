"""`central oracle …`: what a DBA runs."""

from __future__ import annotations

from typing import Annotated

import typer

from app.core.errors import KnownError

app = typer.Typer(no_args_is_help=True, help="Oracle: scripts for its administrators.")


@app.callback()
def _only() -> None:
    """A group, though it has one command."""


@app.command("script")
def oracle_script(
    owner: Annotated[str, typer.Option(help="Schema of the centre.")] = "WELLSIDE",
    space: Annotated[str, typer.Option(help="Tablespace to be made.")] = "WELLSIDE_DATA",
) -> None:
    """Print what makes room and parts the growing tables by month: a DBA reads it and runs it, after
    `migrate` and while no centre writes. Raises KnownError (value_wrong).
    """
    from central.stores.oracle_dba import script

    try:
        for statement in script(owner.upper(), space.upper()):
            print(f"{statement};")
    except ValueError as error:
        raise KnownError("value_wrong", field="owner, space", value=str(error)[:60]) from error
