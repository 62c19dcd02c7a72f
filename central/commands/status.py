"""`central status`: how a centre fares, on one screen, by its stores alone: it need not run."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import sqlalchemy as sa
import typer

from app.core.clock import iso, utc_now
from central.commands.backups import ClickHouseUrl, Port, running
from central.commands.common import HOME, Database, Folder, database_of, tell
from central.config import USUAL_CLICKHOUSE_PORT

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from central.stores.clickhouse import ClickHouse

WIDTH = 18
STANDS_S, LETTERS_WAIT, BACKUP_OLD = 300.0, timedelta(days=7), timedelta(days=2)
"""As the alerts have it (deploy/observability/alerts)."""


@dataclass
class Seen:
    """In the order in which it is told."""

    database: str
    wells: int = 0
    devices: int = 0
    newest_change: int = 0
    outbox_rows: int = 0
    outbox_waits_s: int = 0
    dead_letters: int = 0
    dead_wait_s: int = 0
    at_work: list[str] = field(default_factory=list)
    clickhouse: str = "does not answer"
    newest_rows: str | None = None
    months_to_fill: int = 0
    """Of which minutes and hours are still to be made."""
    backup: str = ""
    """Empty where no folder was named."""
    backup_age_s: int | None = None

    @property
    def needs(self) -> list[str]:
        """Runbooks that are due."""
        age = self.backup_age_s
        due = {
            "CentreNotReady": self.clickhouse != "answers",
            "OutboxStands": self.outbox_waits_s > STANDS_S,
            "DeadLettersWait": self.dead_wait_s > LETTERS_WAIT.total_seconds(),
            "BackupOld": bool(self.backup) and (age is None or age > BACKUP_OLD.total_seconds()),
        }
        return [name for name, is_so in due.items() if is_so]


def status(
    data: Folder = HOME,
    database: Database = "",
    clickhouse: ClickHouseUrl = "",
    clickhouse_port: Port = USUAL_CLICKHOUSE_PORT,
    backups: Annotated[
        Path | None, typer.Option(envvar="WELLSIDE_BACKUP_TO", help="Folder of the backups.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One line of JSON.")] = False,
) -> None:
    """What waits, dead letters, devices, who is at work, the newest backup, and which runbook is due."""
    from central.stores.engine import reading

    now = utc_now()
    with database_of(data, database) as engine, reading(engine) as connection:
        seen = Seen(engine.dialect.name)
        _kept(seen, connection, now)
    _rows(seen, running(data, clickhouse, clickhouse_port))
    if backups is not None:
        _backup(seen, backups, now)
    told = {**vars(seen), "needs": seen.needs}
    if as_json:
        tell(**told)
        return
    for name, value in told.items():
        shown = ", ".join(map(str, value)) if isinstance(value, list) else value
        print(f"{name.replace('_', ' '):<{WIDTH}}{'—' if shown in (None, '') else shown}")


def _kept(seen: Seen, connection: Connection, now: datetime) -> None:
    from central.stores import changes, dead_letters, devices
    from central.stores.tables import LEASES, OUTBOX, WELLS

    count, since = connection.execute(sa.select(sa.func.count(), sa.func.min(OUTBOX.c.added_at))).one()
    blocks = dead_letters.blocks(connection)
    oldest = min((block.first_at for block in blocks), default=None)
    holders = connection.execute(sa.select(LEASES.c.name, LEASES.c.holder))
    seen.wells = int(connection.execute(sa.select(sa.func.count()).select_from(WELLS)).scalar_one())
    seen.devices = sum(revoked is None for _, revoked in devices.every(connection))
    seen.newest_change = changes.newest(connection)
    seen.outbox_rows = int(count)
    seen.outbox_waits_s = round((now - since).total_seconds()) if since is not None else 0
    seen.dead_letters = sum(block.letters for block in blocks)
    seen.dead_wait_s = round((now - oldest).total_seconds()) if oldest is not None else 0
    seen.at_work = [f"{name} by {holder}" for name, holder in holders]


def _rows(seen: Seen, store: ClickHouse | None) -> None:
    from central.filling import left

    if store is None or not store.ping():
        return
    seen.clickhouse = "answers"
    [(last, count)] = store.query("SELECT max(announced_at), count() FROM wellside.ingest_log")
    seen.newest_rows = iso(last) if count else None
    seen.months_to_fill = len(left(store))


def _backup(seen: Seen, folder: Path, now: datetime) -> None:
    from central.backing_up import newest

    last = newest(folder)
    seen.backup = "none" if last is None else iso(last)
    seen.backup_age_s = None if last is None else round((now - last).total_seconds())
