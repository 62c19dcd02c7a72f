-- Rod strings, pumping units, surveys, fluids, reservoirs and wellhead pressures, each with its date: what a figure of a card is
-- computed with. `body` is the packed column of the kind.
CREATE TABLE rod_strings (
    id VARCHAR PRIMARY KEY, well USMALLINT NOT NULL, run_at TIMESTAMP NOT NULL, pulled_at TIMESTAMP, body VARCHAR NOT NULL
);
CREATE TABLE pumping_units (
    id VARCHAR PRIMARY KEY, well USMALLINT NOT NULL, set_at TIMESTAMP NOT NULL, removed_at TIMESTAMP, body VARCHAR NOT NULL
);
CREATE TABLE surveys (id VARCHAR PRIMARY KEY, well USMALLINT NOT NULL, surveyed_at TIMESTAMP NOT NULL, body VARCHAR NOT NULL);
CREATE TABLE fluids (id VARCHAR PRIMARY KEY, well USMALLINT NOT NULL, valid_at TIMESTAMP NOT NULL, body VARCHAR NOT NULL);
CREATE TABLE reservoirs (id VARCHAR PRIMARY KEY, well USMALLINT NOT NULL, valid_at TIMESTAMP NOT NULL, body VARCHAR NOT NULL);
CREATE TABLE head_pressures (id VARCHAR PRIMARY KEY, well USMALLINT NOT NULL, taken_at TIMESTAMP NOT NULL, body VARCHAR NOT NULL);
-- How long the pump runs a day: what a rate is compared with its displacement by.
ALTER TABLE flow_tests ADD COLUMN runtime_s DOUBLE;
