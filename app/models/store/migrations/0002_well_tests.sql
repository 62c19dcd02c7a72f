-- Well tests as recorded (body: the stable JSON, SI); what was made of them is computed again when they are opened.
CREATE TABLE well_tests (
    id VARCHAR PRIMARY KEY, well USMALLINT NOT NULL, taken_at TIMESTAMP NOT NULL, kind VARCHAR NOT NULL, body VARCHAR NOT NULL, import_id VARCHAR
);
