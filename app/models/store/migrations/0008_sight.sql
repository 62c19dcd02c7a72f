-- How many rules had what they look at when a well was last diagnosed, and what the others lacked (JSON list).
CREATE TABLE sights (well USMALLINT PRIMARY KEY, looked USMALLINT NOT NULL, rules USMALLINT NOT NULL, missing VARCHAR NOT NULL);
