"""`central clickhouse …`: rights and quotas of accounts that read ClickHouse themselves, by the fields of a
site.
"""

from __future__ import annotations

from typing import Annotated

import typer

from app.core.errors import KnownError
from central.commands.common import HOME, Database, Folder, database_of

app = typer.Typer(no_args_is_help=True, help="Accounts of ClickHouse: which fields they see.")


@app.command("rights")
def clickhouse_rights(
    account: Annotated[str, typer.Argument(help="Of ClickHouse, as CREATE USER made it.")],
    field: Annotated[list[str], typer.Option("--field", help="That it sees; may be given again.")],
    cluster: Annotated[str, typer.Option(envvar="WELLSIDE_CLICKHOUSE_CLUSTER")] = "",
    queries_a_minute: Annotated[int, typer.Option(min=1)] = 600,
    data: Folder = HOME,
    database: Database = "",
) -> None:
    """Print the statements by which an account sees the wells of these fields and no others: an
    administrator of ClickHouse runs them, again after a well was added or moved. Raises KnownError
    (value_wrong).
    """
    from app.models.limits import clean_name
    from central.stores import wells
    from central.stores.clickhouse_versions import Layout, rights_of
    from central.stores.engine import reading

    fields = tuple(map(clean_name, field))
    with database_of(data, database) as engine, reading(engine) as connection:
        numbers = tuple(sorted(wells.numbers(connection, fields)))
    try:
        for statement in rights_of(Layout(cluster), account, numbers, queries_a_minute=queries_a_minute):
            print(f"{statement};")
    except ValueError as error:
        raise KnownError("value_wrong", field="account", value=str(error)[:60]) from error
