-- Records that are entered or imported: every kind has id, well, its moment, its fields. Versions stay beside them.
ALTER TABLE flow_tests ADD COLUMN note VARCHAR;
ALTER TABLE lab_results ADD COLUMN sample VARCHAR;
ALTER TABLE lab_results ADD COLUMN point VARCHAR;
ALTER TABLE lab_results ADD COLUMN lab VARCHAR;
ALTER TABLE lab_results ADD COLUMN note VARCHAR;
CREATE TABLE fluid_levels (
    id VARCHAR PRIMARY KEY, well USMALLINT NOT NULL, taken_at TIMESTAMP NOT NULL, level VARCHAR NOT NULL, level_m DOUBLE NOT NULL,
    casing_pressure_pa DOUBLE, sound_speed_m_per_s DOUBLE, note VARCHAR
);
CREATE TABLE valve_tests (
    id VARCHAR PRIMARY KEY, well USMALLINT NOT NULL, taken_at TIMESTAMP NOT NULL, valve VARCHAR NOT NULL, load_start_n DOUBLE NOT NULL,
    load_end_n DOUBLE NOT NULL, duration_s DOUBLE NOT NULL, note VARCHAR
);
CREATE TABLE workovers (
    id VARCHAR PRIMARY KEY, well USMALLINT NOT NULL, started_at TIMESTAMP NOT NULL, ended_at TIMESTAMP, kind VARCHAR NOT NULL, reason VARCHAR,
    work VARCHAR, crew VARCHAR, equipment VARCHAR, result VARCHAR, note VARCHAR
);
CREATE TABLE documents (
    id VARCHAR PRIMARY KEY, well USMALLINT NOT NULL, dated_at TIMESTAMP NOT NULL, kind VARCHAR NOT NULL, title VARCHAR NOT NULL, note VARCHAR
);
CREATE TABLE production (
    id VARCHAR PRIMARY KEY, well USMALLINT NOT NULL, produced_at TIMESTAMP NOT NULL, period VARCHAR, purpose VARCHAR, on_stream_s DOUBLE,
    oil_m3 DOUBLE, oil_kg DOUBLE, water_m3 DOUBLE, liquid_m3 DOUBLE, gas_m3 DOUBLE, water_injected_m3 DOUBLE, gas_injected_m3 DOUBLE,
    downhole_pressure_pa DOUBLE, downhole_temperature_k DOUBLE, tubing_drop_pa DOUBLE, annulus_pressure_pa DOUBLE, choke_share DOUBLE,
    wellhead_pressure_pa DOUBLE, wellhead_temperature_k DOUBLE, choke_drop_pa DOUBLE
);
CREATE TABLE model_results (
    id VARCHAR PRIMARY KEY, well USMALLINT NOT NULL, valid_at TIMESTAMP NOT NULL, model VARCHAR NOT NULL, version VARCHAR, scenario VARCHAR,
    quantity VARCHAR NOT NULL, value DOUBLE NOT NULL, unit VARCHAR
);
-- The sensor of a note is kept by its name like every other text: records are written alike.
CREATE TABLE notes_by_name AS SELECT n.id, n.well, n.noted_at, s.key AS sensor, n.text, n.author FROM notes n LEFT JOIN (VALUES
        (1, 'intake_pressure'), (2, 'discharge_pressure'), (16, 'wellhead_pressure'), (17, 'annulus_pressure'), (18, 'line_pressure'), (3,
        'intake_temperature'), (4, 'motor_temperature'), (19, 'wellhead_temperature'), (5, 'motor_current'), (6, 'motor_current_a'), (7,
        'motor_current_b'), (8, 'motor_current_c'), (9, 'voltage'), (26, 'voltage_ab'), (27, 'voltage_bc'), (28, 'voltage_ca'), (10,
        'frequency'), (11, 'active_power'), (12, 'power_factor'), (13, 'load'), (14, 'insulation_resistance'), (15, 'vibration_x'), (29,
        'vibration_y'), (30, 'pumping_speed'), (20, 'liquid_rate'), (21, 'oil_rate'), (22, 'gas_rate'), (23, 'water_cut'), (24, 'choke'),
        (25, 'dynamic_level'), (31, 'static_level')
    ) s(number, key) ON s.number = n.sensor;
DROP TABLE notes;
CREATE TABLE notes (
    id VARCHAR PRIMARY KEY, well USMALLINT NOT NULL, noted_at TIMESTAMP NOT NULL, text VARCHAR NOT NULL, sensor VARCHAR, author VARCHAR
);
INSERT INTO notes BY NAME FROM notes_by_name;
DROP TABLE notes_by_name;
-- Every version of a record that a person entered or changed; the first one of an imported record when it is first changed.
CREATE TABLE record_versions (
    record VARCHAR NOT NULL, version UINTEGER NOT NULL, entry VARCHAR NOT NULL, saved_at TIMESTAMP NOT NULL, author VARCHAR NOT NULL,
    action VARCHAR NOT NULL, body VARCHAR NOT NULL, PRIMARY KEY (record, version)
);
CREATE TABLE attachments (record VARCHAR NOT NULL, sha256 VARCHAR NOT NULL, name VARCHAR NOT NULL, size UBIGINT NOT NULL, PRIMARY KEY (record, sha256));
-- What an import of records put in or replaced: enough to take it back.
CREATE TABLE import_records (import_id VARCHAR NOT NULL, kind VARCHAR NOT NULL, id VARCHAR NOT NULL, old VARCHAR);
CREATE TABLE import_wells (import_id VARCHAR NOT NULL, well USMALLINT NOT NULL, alias VARCHAR);
