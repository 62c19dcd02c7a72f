"""Who may read the embedded ClickHouse: devices with the scope "pull", each seeing the wells of its own
fields.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.engine import Engine

from central.embedded.front import Account
from central.stores import devices, wells
from central.stores.clickhouse_schema import READ_TABLES
from central.stores.engine import reading


def reader_login(engine: Engine) -> Callable[[str, str], Account | None]:
    """The password is the device's token; the user's name is not looked at."""

    def login(user: str, password: str) -> Account | None:
        with reading(engine) as connection:
            device = devices.by_token(connection, password)
            if device is None or "pull" not in device.scopes:
                return None
            numbers = [int(well.id) for well in wells.all_wells(connection, device.fields)]
        condition = f"well_id IN ({', '.join(map(str, numbers)) or 'NULL'})"
        return Account(read_only=True, filters={f"wellside.{table}": condition for table in READ_TABLES})

    return login
