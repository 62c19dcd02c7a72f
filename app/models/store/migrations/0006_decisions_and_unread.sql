-- Decisions on findings are records, with versions and conflicts; a finding is what the last diagnosis said.
CREATE TABLE finding_decisions (
    id VARCHAR PRIMARY KEY, well USMALLINT NOT NULL, from_at TIMESTAMP NOT NULL, to_at TIMESTAMP, code VARCHAR NOT NULL,
    decision VARCHAR NOT NULL, reason VARCHAR NOT NULL DEFAULT '', severity VARCHAR NOT NULL DEFAULT '', confidence DOUBLE,
    grounds VARCHAR NOT NULL DEFAULT ''
);
-- Those that were decided on come back from the journal, which the program reads once more (upcasters).
CREATE TABLE findings_kept AS SELECT id, well, code, severity, confidence, from_at, to_at, body, seen FROM findings WHERE decision = '';
DROP TABLE findings;
CREATE TABLE findings (
    id VARCHAR PRIMARY KEY, well USMALLINT NOT NULL, code VARCHAR NOT NULL, severity VARCHAR NOT NULL, confidence DOUBLE NOT NULL,
    from_at TIMESTAMP NOT NULL, to_at TIMESTAMP NOT NULL, body VARCHAR NOT NULL, seen BOOLEAN NOT NULL DEFAULT false
);
INSERT INTO findings SELECT * FROM findings_kept;
DROP TABLE findings_kept;
-- What the centre told and this program could not read, or not all of: `raw` is the change as it came, `reader` names the
-- program that tried. Another one tries again when it opens the cache.
CREATE TABLE unread (
    topic VARCHAR NOT NULL, key VARCHAR NOT NULL, change_no UBIGINT NOT NULL, reason VARCHAR NOT NULL, reader VARCHAR NOT NULL,
    raw VARCHAR NOT NULL, PRIMARY KEY (topic, key, change_no)
);
-- Programs before this one passed over what they could not read: the centre's stream is read once from its beginning.
DELETE FROM watermarks WHERE source = 'records';
