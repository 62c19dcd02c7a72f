"""Everything that one centre consists of, opened together and closed together."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.engine import Engine

from app.core.clock import EPOCH, Clock, utc_now
from app.core.errors import KnownError
from central.api.limits import RateLimit
from central.config import Config
from central.embedded.accounts import reader_login
from central.embedded.front import Account, Front
from central.embedded.front import Engine as ChEngine
from central.logs import log
from central.metrics import Metrics
from central.relay import Relay
from central.stores.clickhouse import ClickHouse
from central.stores.engine import open_engine
from central.stores.migrating import migrate


@dataclass
class Centre:
    config: Config
    engine: Engine
    clickhouse: ClickHouse
    relay: Relay
    metrics: Metrics
    rates: RateLimit
    front: Front | None = None
    ch_engine: ChEngine | None = None
    clock: Clock = utc_now
    closing: list[object] = field(default_factory=list)
    forgot_at: datetime = EPOCH
    """When the dead letters that are too old were looked for last."""

    @property
    def reader_url(self) -> str:
        """Where laptops read readings: the site's own ClickHouse, or the embedded one."""
        return self.config.clickhouse_url or (
            f"http://{self.config.host}:{self.front.port}" if self.front else ""
        )

    def close(self) -> None:
        self.relay.close()
        if self.front is not None:
            self.front.shutdown()
            self.front.server_close()
        if self.ch_engine is not None:
            self.ch_engine.close()
        self.engine.dispose()


def open_centre(config: Config, clock: Clock = utc_now) -> Centre:
    """Migrates, prepares ClickHouse, starts the relay. Raises KnownError (folder_not_writable,
    clickhouse_down, store_*).
    """
    try:
        config.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise KnownError("folder_not_writable", folder=str(config.folder), reason=str(error)) from error
    engine = open_engine(config.database_url or f"sqlite:///{config.folder / 'centre.sqlite'}")
    migrate(engine)
    front = ch_engine = None
    if config.clickhouse_url:
        clickhouse = ClickHouse(config.clickhouse_url, config.clickhouse_user, config.clickhouse_password)
    else:
        password = secrets.token_urlsafe(24)  # of this process only
        ch_engine = ChEngine(config.folder / "clickhouse")
        reader = reader_login(engine)

        def login(user: str, given: str) -> Account | None:
            if user == "wellside_ingest" and secrets.compare_digest(given.encode(), password.encode()):
                return Account(read_only=False)
            return reader(user, given)

        front = Front(ch_engine, config.clickhouse_port, login, config.host)
        front.start()
        clickhouse = ClickHouse(f"http://{config.host}:{front.port}", "wellside_ingest", password)
    clickhouse.prepare()
    metrics = Metrics()
    metrics.dead_limit.set(config.dead_megabytes << 20)

    def told(error: KnownError) -> None:
        log("relay", code=error.code, reason=str(error.details.get("reason", ""))[:200])

    relay = Relay(engine, clickhouse, told)
    relay.start()
    return Centre(
        config,
        engine,
        clickhouse,
        relay,
        metrics,
        RateLimit(config.requests_per_minute),
        front,
        ch_engine,
        clock,
    )
