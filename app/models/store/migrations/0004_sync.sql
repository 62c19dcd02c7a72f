-- What the centre said: its own numbers for wells, each record as it stands there, and how far each source was read.
ALTER TABLE wells ADD COLUMN uid VARCHAR;
CREATE TABLE central_wells (number UINTEGER PRIMARY KEY, well USMALLINT NOT NULL);
CREATE TABLE central_records (
    id VARCHAR PRIMARY KEY, kind VARCHAR NOT NULL, well USMALLINT NOT NULL, version UINTEGER NOT NULL, change_no UBIGINT NOT NULL,
    deleted BOOLEAN NOT NULL, body VARCHAR NOT NULL
);
CREATE TABLE watermarks (source VARCHAR NOT NULL, part VARCHAR NOT NULL, mark VARCHAR NOT NULL, PRIMARY KEY (source, part));
CREATE TABLE central_sums (
    well USMALLINT NOT NULL, month VARCHAR NOT NULL, there VARCHAR NOT NULL, here VARCHAR NOT NULL, PRIMARY KEY (well, month)
);
