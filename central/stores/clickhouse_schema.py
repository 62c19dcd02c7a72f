"""ClickHouse's tables as they were first (domain/wells.md): readings, cards, flow rates, what came in when,
and the hours. What came after stands in `clickhouse_versions`; nothing here is changed any more.

A re-sent block is known by its token (`non_replicated_deduplication_window`), a re-sent or corrected row by
its key: the newest batch replaces. `quality` and `deleted` travel with the row; nothing is deleted in place.
"""

_KEPT = ("sensor_readings", "replaced_readings", "dynamograms", "flow_rates", "ingest_log", "readings_1h")
"""What is inserted here leaves the outbox: a power cut must not take it, so an insert waits for the disk."""
_DEDUPLICATED = "SETTINGS non_replicated_deduplication_window = 10000"

SCHEMA: tuple[str, ...] = (
    "CREATE DATABASE IF NOT EXISTS wellside",
    f"""CREATE TABLE IF NOT EXISTS wellside.sensor_readings (
        well_id UInt32 CODEC(ZSTD), sensor_type UInt8 CODEC(ZSTD), timestamp DateTime64(6,
        'UTC') CODEC(DoubleDelta, ZSTD),
        value Float32 CODEC(Gorilla, ZSTD), quality UInt8 CODEC(ZSTD), deleted UInt8 CODEC(ZSTD),
        batch UInt64 CODEC(ZSTD), source String CODEC(ZSTD)
    ) ENGINE = ReplacingMergeTree(batch) PARTITION BY toYYYYMM(timestamp) ORDER BY (well_id, sensor_type,
    timestamp) {_DEDUPLICATED}""",
    f"""CREATE TABLE IF NOT EXISTS wellside.replaced_readings (
        source String, well_id UInt32, sensor_type UInt8, timestamp DateTime64(6, 'UTC') CODEC(DoubleDelta,
        ZSTD), value Float32, quality UInt8
    ) ENGINE = ReplacingMergeTree ORDER BY (source, well_id, sensor_type, timestamp) {_DEDUPLICATED}""",
    f"""CREATE TABLE IF NOT EXISTS wellside.dynamograms (
        well_id UInt32, taken_at DateTime64(6, 'UTC'), card_sha256 String, card_id String,
        strokes_per_minute Float64,
        position_m Array(Float32) CODEC(ZSTD), load_n Array(Float32) CODEC(ZSTD), deleted UInt8,
        batch UInt64, source String
    ) ENGINE = ReplacingMergeTree(batch) PARTITION BY toYear(taken_at) ORDER BY (well_id, taken_at,
    card_sha256) {_DEDUPLICATED}""",
    f"""CREATE TABLE IF NOT EXISTS wellside.flow_rates (
        well_id UInt32, timestamp DateTime64(6, 'UTC'), record_id String, liquid_m3_per_s Nullable(Float64),
        oil_kg_per_s Nullable(Float64),
        water_cut Nullable(Float64), gas_m3_per_s Nullable(Float64), valid UInt8, deleted UInt8, batch UInt64
    ) ENGINE = ReplacingMergeTree(batch) ORDER BY (record_id) {_DEDUPLICATED}""",
    """CREATE TABLE IF NOT EXISTS wellside.ingest_log (
        announced_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD), target LowCardinality(String),
        well_id UInt32,
        first_at DateTime64(6, 'UTC'), last_at DateTime64(6, 'UTC'), rows UInt64, batch UInt64, source String
    ) ENGINE = MergeTree PARTITION BY toYYYYMM(announced_at) ORDER BY (announced_at, well_id)""",
    """CREATE TABLE IF NOT EXISTS wellside.readings_1h (
        well_id UInt32, sensor_type UInt8, hour DateTime('UTC'), low SimpleAggregateFunction(min, Float32),
        high SimpleAggregateFunction(max, Float32), mean AggregateFunction(avg, Float32),
        moments AggregateFunction(uniq, DateTime64(6, 'UTC'))
    ) ENGINE = AggregatingMergeTree PARTITION BY toYYYYMM(hour) ORDER BY (well_id, sensor_type, hour)""",
    # Good samples as they came: a value corrected later stays in low, high and mean until the month is
    # rebuilt; moments are counted once.
    """CREATE MATERIALIZED VIEW IF NOT EXISTS wellside.readings_1h_fill TO wellside.readings_1h AS
        SELECT well_id, sensor_type, toStartOfHour(timestamp) AS hour, min(value) AS low, max(value) AS high,
        avgState(value) AS mean,
               uniqState(timestamp) AS moments
        FROM wellside.sensor_readings WHERE quality = 0 AND deleted = 0 GROUP BY well_id, sensor_type,
        hour""",
    """CREATE VIEW IF NOT EXISTS wellside.hours AS SELECT well_id, sensor_type, hour, min(low) AS low,
        max(high) AS high,
        avgMerge(mean) AS mean, uniqMerge(moments) AS n FROM wellside.readings_1h GROUP BY well_id,
        sensor_type, hour""",
    *(
        f"ALTER TABLE wellside.{table} MODIFY SETTING fsync_after_insert = 1, fsync_part_directory = 1"
        for table in _KEPT
    ),
)
