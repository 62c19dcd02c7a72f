-- The cache. Times are UTC. Readings are kept in (well, sensor, ts) order: zone maps then skip what a query does not need.
CREATE TABLE wells (
    id USMALLINT PRIMARY KEY, field VARCHAR NOT NULL, pad VARCHAR NOT NULL, name VARCHAR NOT NULL,
    lift VARCHAR NOT NULL, state VARCHAR NOT NULL, aliases VARCHAR NOT NULL DEFAULT '', depth_m DOUBLE
);
CREATE TABLE installations (
    id VARCHAR PRIMARY KEY, well USMALLINT NOT NULL, run_at TIMESTAMP NOT NULL, pulled_at TIMESTAMP, equipment VARCHAR NOT NULL
);
CREATE TABLE readings (
    well USMALLINT NOT NULL, sensor UTINYINT NOT NULL, ts TIMESTAMP NOT NULL, value FLOAT NOT NULL, quality UTINYINT NOT NULL
);
CREATE TABLE series (
    well USMALLINT NOT NULL, sensor UTINYINT NOT NULL, first_ts TIMESTAMP NOT NULL, last_ts TIMESTAMP NOT NULL,
    n UBIGINT NOT NULL, dense BOOLEAN NOT NULL, PRIMARY KEY (well, sensor)
);
CREATE TABLE rollup_1h (
    well USMALLINT NOT NULL, sensor UTINYINT NOT NULL, ts TIMESTAMP NOT NULL,
    low FLOAT, high FLOAT, mean FLOAT, good UINTEGER NOT NULL, bad UINTEGER NOT NULL, marks UTINYINT NOT NULL
);
CREATE TABLE rollup_1m (
    well USMALLINT NOT NULL, sensor UTINYINT NOT NULL, ts TIMESTAMP NOT NULL,
    low FLOAT, high FLOAT, mean FLOAT, good UINTEGER NOT NULL, bad UINTEGER NOT NULL, marks UTINYINT NOT NULL
);
CREATE TABLE cards (
    id VARCHAR PRIMARY KEY, well USMALLINT NOT NULL, taken_at TIMESTAMP NOT NULL, strokes_per_minute DOUBLE NOT NULL,
    position_m FLOAT[] NOT NULL, load_n FLOAT[] NOT NULL, sha256 VARCHAR NOT NULL, figures VARCHAR NOT NULL DEFAULT '{}',
    import_id VARCHAR
);
CREATE TABLE flow_tests (
    id VARCHAR PRIMARY KEY, well USMALLINT NOT NULL, taken_at TIMESTAMP NOT NULL, duration_s DOUBLE NOT NULL,
    liquid_m3_per_s DOUBLE NOT NULL, oil_kg_per_s DOUBLE, water_cut DOUBLE, gas_m3_per_s DOUBLE, line_pressure_pa DOUBLE,
    valid BOOLEAN NOT NULL
);
CREATE TABLE events (
    id VARCHAR PRIMARY KEY, well USMALLINT NOT NULL, happened_at TIMESTAMP NOT NULL, until TIMESTAMP, kind VARCHAR NOT NULL, note VARCHAR NOT NULL
);
CREATE TABLE lab_results (
    id VARCHAR PRIMARY KEY, well USMALLINT NOT NULL, sampled_at TIMESTAMP NOT NULL, parameter VARCHAR NOT NULL,
    value DOUBLE, unit VARCHAR NOT NULL, qualifier VARCHAR NOT NULL, method VARCHAR NOT NULL
);
CREATE TABLE notes (
    id VARCHAR PRIMARY KEY, well USMALLINT NOT NULL, noted_at TIMESTAMP NOT NULL, sensor UTINYINT, text VARCHAR NOT NULL, author VARCHAR NOT NULL
);
CREATE TABLE findings (
    id VARCHAR PRIMARY KEY, well USMALLINT NOT NULL, code VARCHAR NOT NULL, severity VARCHAR NOT NULL, confidence DOUBLE NOT NULL,
    from_at TIMESTAMP NOT NULL, to_at TIMESTAMP NOT NULL, body VARCHAR NOT NULL,
    decision VARCHAR NOT NULL DEFAULT '', reason VARCHAR NOT NULL DEFAULT '', decided_by VARCHAR NOT NULL DEFAULT '',
    seen BOOLEAN NOT NULL DEFAULT false
);
CREATE TABLE imports (
    id VARCHAR PRIMARY KEY, imported_at TIMESTAMP NOT NULL, file_name VARCHAR NOT NULL, sha256 VARCHAR NOT NULL, kind VARCHAR NOT NULL,
    rows_added UBIGINT NOT NULL, rows_changed UBIGINT NOT NULL, rows_same UBIGINT NOT NULL, undone BOOLEAN NOT NULL DEFAULT false
);
-- What an import of readings put in or replaced: enough to take it back.
CREATE TABLE import_rows (
    import_id VARCHAR NOT NULL, well USMALLINT NOT NULL, sensor UTINYINT NOT NULL, ts TIMESTAMP NOT NULL,
    old_value FLOAT, old_quality UTINYINT
);
