-- Limits and what people did about alarms; what was found of each limit by the readings there are.
CREATE TABLE alarm_limits (
    id VARCHAR PRIMARY KEY, well USMALLINT NOT NULL, holds_from TIMESTAMP NOT NULL, scope VARCHAR, scope_of VARCHAR, pen VARCHAR,
    pen_name VARCHAR, level VARCHAR, says VARCHAR, limit_value DOUBLE, limit_unit VARCHAR, dead_band DOUBLE, on_delay_s DOUBLE,
    off_delay_s DOUBLE, when_stopped BOOLEAN, alarm_priority VARCHAR, note VARCHAR
);
CREATE TABLE alarm_acts (
    id VARCHAR PRIMARY KEY, well USMALLINT NOT NULL, acted_at TIMESTAMP NOT NULL, shelved_until TIMESTAMP, act VARCHAR, pen VARCHAR,
    level VARCHAR, raised_at TIMESTAMP, comment VARCHAR, who VARCHAR
);
-- One row an alarm: when it began, was raised (not yet, while a stopped pump suppresses it) and ended, and by what; the furthest
-- value; how long nothing was known of it meanwhile.
CREATE TABLE alarm_episodes (
    well USMALLINT NOT NULL, pen VARCHAR NOT NULL, level VARCHAR NOT NULL, began_at TIMESTAMP NOT NULL, raised_at TIMESTAMP,
    ended_at TIMESTAMP, ended_by VARCHAR NOT NULL, furthest DOUBLE NOT NULL, threshold DOUBLE NOT NULL, unknown_s DOUBLE NOT NULL
);
-- One row a limit: whose it is, until when its readings are known, how it stands, what the next readings go on from.
CREATE TABLE alarm_watches (
    well USMALLINT NOT NULL, pen VARCHAR NOT NULL, level VARCHAR NOT NULL, pen_name VARCHAR NOT NULL, priority VARCHAR NOT NULL,
    origin VARCHAR NOT NULL, record VARCHAR NOT NULL, quantity VARCHAR NOT NULL, threshold DOUBLE, last_value DOUBLE,
    known_until TIMESTAMP, gap_s DOUBLE NOT NULL, suppressed BOOLEAN NOT NULL, trouble VARCHAR NOT NULL, carried VARCHAR NOT NULL,
    PRIMARY KEY (well, pen, level)
);
-- What a well's alarms were found by: from when the next readings go on, and a name of all that was looked at before.
CREATE TABLE alarm_marks (well USMALLINT PRIMARY KEY, goes_on_from TIMESTAMP, looked_at VARCHAR NOT NULL, looked_until TIMESTAMP);
