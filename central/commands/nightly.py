"""`central nightly`: forecasts, health and findings of every well, made at the centre."""

from __future__ import annotations

from typing import Annotated

import typer

from app.core.clock import utc_now
from central.commands.backups import ClickHouseUrl, Port, rows_of
from central.commands.common import HOME, Database, Folder, database_of, tell
from central.config import USUAL_CLICKHOUSE_PORT

USUAL_DAYS = 800


def nightly(
    days: Annotated[
        int, typer.Option(min=90, max=3650, help="Readings of so many days are looked at.")
    ] = USUAL_DAYS,
    data: Folder = HOME,
    database: Database = "",
    clickhouse: ClickHouseUrl = "",
    clickhouse_port: Port = USUAL_CLICKHOUSE_PORT,
) -> None:
    """Judge and forecast every well by the program's own functions and the champion, for stores and laptops;
    once a night, by the clock. What was broken off goes on; a well that cannot be made is told and left out.
    """
    from central.nightly.night import run
    from central.stores import epochs

    with database_of(data, database) as engine, rows_of(data, clickhouse, clickhouse_port) as store:
        epochs.begin(engine, utc_now())
        outcome = run(data, engine, store, utc_now, days)
        for well, why in outcome.set_aside.items():
            tell(set_aside=well, why=why)
        tell(**outcome.told())
