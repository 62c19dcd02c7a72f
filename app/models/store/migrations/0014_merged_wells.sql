-- Which well another one turned out to be. `body` is the packed column.
CREATE TABLE well_merges (id VARCHAR PRIMARY KEY, well USMALLINT NOT NULL, merged_at TIMESTAMP NOT NULL, body VARCHAR NOT NULL);
-- What follows from those records: the well that people see, and its rows of readings that are another well's.
CREATE TABLE merged_wells (well USMALLINT PRIMARY KEY, into_well USMALLINT NOT NULL);
CREATE TABLE merged_rows (well USMALLINT NOT NULL, sensor UTINYINT NOT NULL, ts TIMESTAMP NOT NULL);
