"""`central publish`: names of wells and what models said, for the boards of Grafana."""

from __future__ import annotations

from central.commands.backups import ClickHouseUrl, Port, rows_of
from central.commands.common import HOME, Database, Folder, database_of, tell
from central.config import USUAL_CLICKHOUSE_PORT


def publish(
    data: Folder = HOME,
    database: Database = "",
    clickhouse: ClickHouseUrl = "",
    clickhouse_port: Port = USUAL_CLICKHOUSE_PORT,
) -> None:
    """Bring names of wells and what models said into ClickHouse, for boards; to be repeated by the clock."""
    from central.publishing import publish as published
    from central.stores.batches import given_by

    with database_of(data, database) as engine, rows_of(data, clickhouse, clickhouse_port) as store:
        store.given_batch = given_by(engine)
        tell(**published(engine, store))
