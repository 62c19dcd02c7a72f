-- What the centre made of a well in its last night: the newest only, as it came.
CREATE TABLE made_at_centre (well USMALLINT PRIMARY KEY, made_at TIMESTAMP NOT NULL, body VARCHAR NOT NULL);
