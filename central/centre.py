"""Everything that one centre consists of, opened together and closed together."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.engine import Engine

from app.core.clock import EPOCH, Clock, utc_now
from app.core.errors import KnownError
from central.api.limits import AtOnce, RateLimit, SeenLately
from central.config import STORE_FILE, Config
from central.embedded.embedding import embed
from central.embedded.process import EngineProcess
from central.kept import name_of_the_centre
from central.logs import log, reason_of
from central.metrics import Metrics
from central.people import People, people_of
from central.refused import Refusals
from central.relay import Relay
from central.restoring import settle
from central.rolling_up import RollUps
from central.stores import batches, epochs
from central.stores.clickhouse import ClickHouse
from central.stores.engine import open_engine
from central.stores.migrating import migrate
from central.worker import Worker

REQUESTS_AT_ONCE, READS_AT_ONCE, LONG_AT_ONCE = 8, 4, 2
"""Of one device. A laptop fetches one part while it asks for the next."""
GOOD_FOR_A_BAD_TOKEN = 20
"""An address may bring one unknown token for so many requests of a device."""


@dataclass
class Centre:
    config: Config
    engine: Engine
    clickhouse: ClickHouse
    relay: Relay
    metrics: Metrics
    rates: RateLimit
    read_store: ClickHouse
    """The same rows by an account that only reads."""
    reads: AtOnce
    bad_tokens: RateLimit
    """By the address that they came from."""
    embedded: EngineProcess | None = None
    people: People | None = None
    """Where IT named a provider of identities."""
    clock: Clock = utc_now
    roll_ups: RollUps | None = None
    at_work: AtOnce = field(default_factory=lambda: AtOnce(REQUESTS_AT_ONCE))
    long_work: AtOnce = field(default_factory=lambda: AtOnce(LONG_AT_ONCE))
    """Files that are read and parcels: each may take a thread for minutes."""
    refusals: Refusals = field(init=False)
    readiness: SeenLately = field(default_factory=SeenLately)
    """What was lacking when it was looked at last."""
    workers: list[Worker] = field(default_factory=list)
    """Of the relay and of what is followed: `/ready` says when one of them is not there."""
    stopping: bool = False
    """It was told to stop, and still answers."""
    forgot_at: datetime = EPOCH
    """When the dead letters that are too old were looked for last."""

    def __post_init__(self) -> None:
        self.refusals = Refusals(self.engine, self.clock)

    def close(self) -> None:
        self.relay.close()
        if self.roll_ups is not None:
            self.roll_ups.close()
        if self.embedded is not None:
            self.embedded.close()
        self.engine.dispose()


def open_centre(config: Config, clock: Clock = utc_now) -> Centre:
    """Migrates, prepares ClickHouse, starts the relay. Raises KnownError (folder_not_writable,
    clickhouse_down, store_*, centre_needs_tls, centre_half_restored,
    centre_store_gone).
    """
    try:
        config.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise KnownError("folder_not_writable", folder=str(config.folder), reason=str(error)) from error
    if not config.database_url:
        settle(config.folder)
    people = people_of(config.oidc_issuer, config.oidc_client, config.oidc_ca, clock)
    engine = open_engine(
        config.database_url or f"sqlite:///{config.folder / STORE_FILE}", together=config.writers_together
    )
    migrate(engine)
    epochs.begin(engine, clock())
    embedded = None
    if config.clickhouse_url:
        clickhouse = ClickHouse(
            config.clickhouse_url,
            config.clickhouse_user,
            config.clickhouse_password,
            config.clickhouse_cluster,
        )
        # Without an account of its own for reading, the one that writes asks the same named statements.
        user, password = (
            (config.clickhouse_read_user, config.clickhouse_read_password)
            if config.clickhouse_read_user
            else (config.clickhouse_user, config.clickhouse_password)
        )
        read_store = ClickHouse(config.clickhouse_url, user, password, config.clickhouse_cluster)
    else:
        embedded, clickhouse, read_store = embed(config.folder, "127.0.0.1", config.clickhouse_port)
    clickhouse.days = {
        "readings": config.readings_days,
        "minutes": config.minutes_days,
        "hours": config.hours_days,
    }
    clickhouse.prepare()
    clickhouse.given_batch = batches.given_by(engine)
    metrics = Metrics()
    metrics.dead_limit.set(config.dead_megabytes << 20)

    def told(error: KnownError) -> None:
        metrics.relay_failures.labels(error.code).inc()
        log("relay", code=error.code, reason=reason_of(error))

    holder = name_of_the_centre(config.folder)
    relay = Relay(engine, clickhouse, told, holder, metrics)
    roll_ups = RollUps(engine, clickhouse, holder)
    relay.start()
    roll_ups.start()
    return Centre(
        config,
        engine,
        clickhouse,
        relay,
        metrics,
        RateLimit(config.requests_per_minute),
        read_store,
        AtOnce(READS_AT_ONCE),
        RateLimit(max(1, config.requests_per_minute // GOOD_FOR_A_BAD_TOKEN)),
        embedded,
        people,
        clock,
        workers=[relay.worker, roll_ups.worker],
        roll_ups=roll_ups,
    )
