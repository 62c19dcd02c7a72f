-- Least privilege in ClickHouse (23.3 or newer). Run as an administrator; replace the passwords.
-- Only the ingest service writes. What laptops ask the centre is asked with wellside_read; an account of a laptop itself is off by default.

CREATE USER IF NOT EXISTS wellside_ingest IDENTIFIED WITH sha256_password BY 'change-me';
GRANT SELECT, INSERT, CREATE DATABASE, CREATE TABLE, CREATE VIEW, DROP TABLE, DROP VIEW, ALTER TABLE, BACKUP ON wellside.* TO wellside_ingest;
-- On a cluster, also: GRANT CLUSTER, REMOTE ON *.* TO wellside_ingest;

CREATE SETTINGS PROFILE IF NOT EXISTS wellside_reader SETTINGS readonly = 2, max_execution_time = 120, max_result_rows = 50000000,
    max_memory_usage = 4000000000, max_concurrent_queries_for_user = 4;
CREATE ROLE IF NOT EXISTS wellside_laptop SETTINGS PROFILE 'wellside_reader';
GRANT SELECT ON wellside.sensor_readings TO wellside_laptop;
GRANT SELECT ON wellside.dynamograms TO wellside_laptop;
GRANT SELECT ON wellside.flow_rates TO wellside_laptop;
GRANT SELECT ON wellside.ingest_log TO wellside_laptop;
GRANT SELECT ON wellside.readings_minute TO wellside_laptop;
GRANT SELECT ON wellside.readings_hour TO wellside_laptop;

CREATE USER IF NOT EXISTS wellside_read IDENTIFIED WITH sha256_password BY 'change-me' SETTINGS PROFILE 'wellside_reader';
GRANT SELECT ON wellside.sensor_readings TO wellside_read;
GRANT SELECT ON wellside.dynamograms TO wellside_read;
GRANT SELECT ON wellside.flow_rates TO wellside_read;
GRANT SELECT ON wellside.ingest_log TO wellside_read;
GRANT SELECT ON wellside.readings_minute TO wellside_read;
GRANT SELECT ON wellside.readings_hour TO wellside_read;
GRANT SELECT ON wellside.minutes TO wellside_read;
GRANT SELECT ON wellside.hours TO wellside_read;

-- Boards of Grafana: an account that only reads; which fields it sees is said by `central clickhouse rights`.
CREATE USER IF NOT EXISTS wellside_board IDENTIFIED WITH sha256_password BY 'change-me' SETTINGS PROFILE 'wellside_reader';

-- For each account of a laptop and its wells (the numbers stand in Oracle's WELLS):
-- CREATE USER ivanov IDENTIFIED WITH sha256_password BY '…'; GRANT wellside_laptop TO ivanov;
-- CREATE ROW POLICY ivanov_readings ON wellside.sensor_readings FOR SELECT USING well_id IN (1, 2, 3) TO ivanov;
-- and likewise on dynamograms, flow_rates, ingest_log, readings_minute and readings_hour (`central clickhouse rights` writes all of them, and a quota). A table without a policy for an account shows it everything.
