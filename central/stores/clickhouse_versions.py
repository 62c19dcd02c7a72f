"""ClickHouse's schema in numbered steps, as Alembic has the relational one: each is done once, and may be
done again where it was broken off. On one server or ON CLUSTER: there each table is a replicated one on
every shard, and one that spreads over the shards by well, so that all of a well lies together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from central.stores.clickhouse_schema import SCHEMA

_GOOD = "quality = 0 AND deleted = 0"
_KINDS = ("minute", "hour")
_ON_THE_DISK = "SETTINGS fsync_after_insert = 1, fsync_part_directory = 1"
"""What is made of readings is noted as done: a power cut must not take it."""
LOCAL = "_of_shard"
_TABLE = re.compile(r"CREATE TABLE IF NOT EXISTS wellside\.(\w+)")
_ENGINE = re.compile(r"ENGINE = (\w*MergeTree)(?:\(([^)]*)\))?")
_ALTER = re.compile(r"ALTER TABLE wellside\.(\w+)")
_CLUSTER_NAME = re.compile(r"[A-Za-z0-9_.-]{1,64}")


def rolled(kind: str, step: str, wells: str = "", spans: str = "") -> str:
    """What fills the minutes out of the readings, or the hours out of the minutes: as they stand now, so
    that a corrected, marked or deleted value is counted as what it is. What has nothing left has n = 0.
    """
    where = " AND ".join(filter(None, (wells, spans))) or "1"
    if kind == "minute":
        return f"""INSERT INTO wellside.readings_minute SETTINGS max_partitions_per_insert_block = 0
            SELECT well_id, sensor_type, toStartOfMinute(timestamp) AS minute, minIf(value, {_GOOD}) AS low,
            maxIf(value, {_GOOD}) AS high, sumIf(toFloat64(value), {_GOOD}) AS total, countIf({_GOOD}) AS n,
            {step}
            FROM wellside.sensor_readings FINAL WHERE {where} GROUP BY well_id, sensor_type, minute"""
    return f"""INSERT INTO wellside.readings_hour SETTINGS max_partitions_per_insert_block = 0
        SELECT well_id, sensor_type, toStartOfHour(minute) AS hour, minIf(low, m.n > 0), maxIf(high, m.n > 0),
        sum(total), sum(m.n), {step}
        FROM wellside.readings_minute AS m FINAL WHERE {where} GROUP BY well_id, sensor_type, hour"""


def _tier(kind: str) -> str:
    return f"""CREATE TABLE IF NOT EXISTS wellside.readings_{kind} (
        well_id UInt32 CODEC(ZSTD), sensor_type UInt8 CODEC(ZSTD), {kind} DateTime('UTC') CODEC(DoubleDelta,
        ZSTD), low Float32 CODEC(ZSTD), high Float32 CODEC(ZSTD), total Float64 CODEC(ZSTD), n UInt32
        CODEC(ZSTD), batch UInt64 CODEC(ZSTD)
    ) ENGINE = ReplacingMergeTree(batch) PARTITION BY toYYYYMM({kind}) ORDER BY (well_id, sensor_type, {kind})
    {_ON_THE_DISK}"""


def _view(kind: str) -> str:
    return f"""CREATE VIEW IF NOT EXISTS wellside.{kind}s AS SELECT well_id, sensor_type, {kind}, low, high,
        total / n AS mean, toUInt64(n) AS n FROM wellside.readings_{kind} FINAL WHERE n > 0"""


_EXACT = (
    *map(_tier, _KINDS),
    f"""CREATE TABLE IF NOT EXISTS wellside.rolled_up (
        name LowCardinality(String), announced_at DateTime64(6, 'UTC')
    ) ENGINE = ReplacingMergeTree(announced_at) ORDER BY name {_ON_THE_DISK}""",
    # The sums of what came counted a corrected value beside what it corrects.
    "DROP VIEW IF EXISTS wellside.readings_1h_fill",
    "DROP VIEW IF EXISTS wellside.hours",
    "DROP TABLE IF EXISTS wellside.readings_1h",
    *map(_view, _KINDS),
)

_BOARDS = (
    f"""CREATE TABLE IF NOT EXISTS wellside.board_wells (
        well_id UInt32, field String, pad String, name String, lift String, batch UInt64
    ) ENGINE = ReplacingMergeTree(batch) ORDER BY (well_id) {_ON_THE_DISK}""",
    f"""CREATE TABLE IF NOT EXISTS wellside.board_results (
        well_id UInt32, result_id String, valid_at DateTime64(6, 'UTC'), model String, version String,
        scenario String, quantity String, value Float64, unit String, deleted UInt8, batch UInt64
    ) ENGINE = ReplacingMergeTree(batch) ORDER BY (well_id, result_id) {_ON_THE_DISK}""",
)

_NIGHTS = (
    f"""CREATE TABLE IF NOT EXISTS wellside.made_wells (
        well_id UInt32, made_at DateTime64(6, 'UTC'), model String, body String CODEC(ZSTD), batch UInt64
    ) ENGINE = ReplacingMergeTree(batch) ORDER BY (well_id) {_ON_THE_DISK}""",
    f"""CREATE TABLE IF NOT EXISTS wellside.made_series (
        well_id UInt32, made_at DateTime64(6, 'UTC'), quantity LowCardinality(String),
        timestamp DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD), value Float64 CODEC(ZSTD),
        low Nullable(Float64) CODEC(ZSTD), high Nullable(Float64) CODEC(ZSTD),
        model LowCardinality(String), batch UInt64
    ) ENGINE = ReplacingMergeTree(batch) PARTITION BY toYYYYMM(made_at)
    ORDER BY (well_id, quantity, made_at, timestamp) {_ON_THE_DISK}""",
)

VERSIONS: tuple[tuple[int, str, tuple[str, ...]], ...] = (
    (1, "as it was first", SCHEMA),
    (2, "minutes and hours that are exact after corrections", _EXACT),
    (3, "names of wells and what models said, for boards", _BOARDS),
    (4, "what was made of wells in the night", _NIGHTS),
)
_KNOWN = f"""CREATE TABLE IF NOT EXISTS wellside.schema_versions (
    version UInt32, name String, done_at DateTime DEFAULT now()
) ENGINE = ReplacingMergeTree ORDER BY version {_ON_THE_DISK}"""
_DATABASE = SCHEMA[0]


@dataclass(frozen=True)
class Layout:
    """`cluster`: its name among the server's; empty: one server."""

    cluster: str = ""

    def __post_init__(self) -> None:
        if self.cluster and not _CLUSTER_NAME.fullmatch(self.cluster):
            raise ValueError(self.cluster)

    def statements(self, statement: str) -> Iterator[str]:
        """What makes of it the same on every server of the cluster."""
        if not self.cluster:
            yield statement
        elif table := _TABLE.match(statement.lstrip()):
            yield from self._table(statement, table[1])
        elif "MATERIALIZED VIEW" in statement:
            return  # a cluster has only the exact tiers
        elif statement.lstrip().startswith("INSERT"):
            yield statement
        else:
            yield self._elsewhere(statement)

    def _table(self, statement: str, name: str) -> Iterator[str]:
        everywhere = f"ON CLUSTER '{self.cluster}'"
        made = f"CREATE TABLE IF NOT EXISTS wellside.{name}{LOCAL} {everywhere}"
        kept = _TABLE.sub(made, statement, count=1)
        kept = kept.replace("non_replicated_deduplication_window", "replicated_deduplication_window")
        yield _ENGINE.sub(lambda found: _replicated(name, found[1], found[2] or ""), kept, count=1)
        # By well; by its own key what may come to another well.
        by = "cityHash64(record_id)" if "ORDER BY (record_id)" in statement else _by_well(statement)
        yield (
            f"CREATE TABLE IF NOT EXISTS wellside.{name} {everywhere} AS wellside.{name}{LOCAL} "
            f"ENGINE = Distributed('{self.cluster}', 'wellside', '{name}{LOCAL}', {by})"
        )

    def _elsewhere(self, statement: str) -> str:
        everywhere = f"ON CLUSTER '{self.cluster}'"
        if _ALTER.match(statement):
            return _ALTER.sub(lambda found: f"ALTER TABLE wellside.{found[1]}{LOCAL} {everywhere}", statement)
        if statement.startswith("CREATE VIEW"):
            return statement.replace(" AS SELECT", f" {everywhere} AS SELECT", 1)
        return f"{statement} {everywhere}"


def _by_well(statement: str) -> str:
    return "well_id" if "well_id" in statement else "0"


def _replicated(table: str, engine: str, arguments: str) -> str:
    place = f"'/clickhouse/tables/{{shard}}/wellside/{table}', '{{replica}}'"
    return f"ENGINE = Replicated{engine}({', '.join(filter(None, (place, arguments)))})"


def bring_up(
    command: Callable[[str], object], query: Callable[[str], list[tuple[Any, ...]]], layout: Layout
) -> int:
    """To the last version. Two centres may do it at once: every step can be done again. Returns how many were
    done.
    """
    for statement in (_DATABASE, _KNOWN):
        for one in layout.statements(statement):
            command(one)
    done = {int(row[0]) for row in query("SELECT version FROM wellside.schema_versions")}
    ahead = [step for step in VERSIONS if step[0] not in done]
    for number, name, statements in ahead:
        for statement in statements:
            for one in layout.statements(statement):
                command(one)
        command(f"INSERT INTO wellside.schema_versions (version, name) VALUES ({number}, '{name}')")
    return len(ahead)


TIERS = {
    "readings": ("sensor_readings", "timestamp"),
    "minutes": ("readings_minute", "minute"),
    "hours": ("readings_hour", "hour"),
}


def kept_for(layout: Layout, days: Mapping[str, int]) -> Iterator[str]:
    """How long each of TIERS is kept; one that is not named is for ever."""
    for tier, (table, moment) in TIERS.items():
        if days.get(tier):
            ttl = f"toDateTime({moment}) + INTERVAL {days[tier]} DAY"
            yield from layout.statements(f"ALTER TABLE wellside.{table} MODIFY TTL {ttl}")


OF_WELLS = (
    *(table for table, _ in TIERS.values()),
    "dynamograms",
    "flow_rates",
    "ingest_log",
    "board_wells",
    "board_results",
    "made_wells",
    "made_series",
)
"""Tables whose rows are of a well, by its number, and that readers are shown."""


def rights_of(
    layout: Layout, account: str, wells: tuple[int, ...], *, queries_a_minute: int = 600
) -> Iterator[str]:
    """One account sees its wells and no more, and asks no more than so often. Raises ValueError for a name
    that is none.
    """
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,62}", account):
        raise ValueError(account)
    everywhere = f" ON CLUSTER '{layout.cluster}'" if layout.cluster else ""
    seen = f"well_id IN ({', '.join(map(str, wells))})" if wells else "0"
    for table in OF_WELLS:
        for name in (table, f"{table}{LOCAL}") if layout.cluster else (table,):
            yield (
                f"CREATE ROW POLICY OR REPLACE {account}_{name}{everywhere} ON wellside.{name} FOR SELECT "
                f"USING {seen} TO {account}"
            )
            yield f"GRANT{everywhere} SELECT ON wellside.{name} TO {account}"
    yield (
        f"CREATE QUOTA OR REPLACE {account}_quota{everywhere} FOR INTERVAL 1 minute "
        f"MAX queries = {queries_a_minute}, result_rows = 100000000 TO {account}"
    )
