-- What a well is called and how it is run, in versions like any record. `body` is the packed column.
CREATE TABLE well_passports (id VARCHAR PRIMARY KEY, well USMALLINT NOT NULL, valid_at TIMESTAMP NOT NULL, body VARCHAR NOT NULL);
