-- What is to be done, by whom, until when; what was found in pulled equipment.
CREATE TABLE tasks (
    id VARCHAR PRIMARY KEY, well USMALLINT NOT NULL, from_at TIMESTAMP NOT NULL, due_at TIMESTAMP, what VARCHAR, who VARCHAR,
    state VARCHAR, why VARCHAR, note VARCHAR, origin VARCHAR, rule VARCHAR, finding VARCHAR, done_at TIMESTAMP, done_by VARCHAR
);
CREATE TABLE teardowns (
    id VARCHAR PRIMARY KEY, well USMALLINT NOT NULL, torn_at TIMESTAMP NOT NULL, item VARCHAR, serial VARCHAR, failed_item VARCHAR,
    cause VARCHAR, condition VARCHAR, conclusion VARCHAR, blamed VARCHAR, commission VARCHAR, note VARCHAR
);
-- Events that are planned, and what they cost. Those that do not say have happened.
ALTER TABLE events ADD COLUMN state VARCHAR;
ALTER TABLE events ADD COLUMN cost DOUBLE;
ALTER TABLE events ADD COLUMN lost_oil_kg DOUBLE;
