-- Where it stands, what it takes from the grid, what its controller cried.
CREATE TABLE locations (
    id VARCHAR PRIMARY KEY, well USMALLINT NOT NULL, located_at TIMESTAMP NOT NULL, latitude_deg DOUBLE,
    longitude_deg DOUBLE, x_m DOUBLE, y_m DOUBLE, altitude_m DOUBLE, coordinate_system VARCHAR, note VARCHAR
);
CREATE TABLE energy_uses (
    id VARCHAR PRIMARY KEY, well USMALLINT NOT NULL, used_at TIMESTAMP NOT NULL, energy_period VARCHAR, energy_j DOUBLE,
    tariff_per_j DOUBLE, energy_cost DOUBLE, note VARCHAR
);
CREATE TABLE alarms (
    id VARCHAR PRIMARY KEY, well USMALLINT NOT NULL, raised_at TIMESTAMP NOT NULL, cleared_at TIMESTAMP, alarm_tag VARCHAR,
    priority VARCHAR, alarm_state VARCHAR, message VARCHAR
);
-- Workovers that are planned, and what they cost. Those that do not say were done.
ALTER TABLE workovers ADD COLUMN state VARCHAR;
ALTER TABLE workovers ADD COLUMN downtime_s DOUBLE;
ALTER TABLE workovers ADD COLUMN cost DOUBLE;
ALTER TABLE workovers ADD COLUMN lost_oil_kg DOUBLE;
