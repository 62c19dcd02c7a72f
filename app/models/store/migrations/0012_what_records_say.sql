-- What each of the centre's records says, in figures that are compared with the centre's own. They come with the records: all are read once more.
CREATE TABLE record_digests (id VARCHAR PRIMARY KEY, digest UINTEGER NOT NULL);
DELETE FROM watermarks WHERE source = 'records' AND part = 'change_no';
