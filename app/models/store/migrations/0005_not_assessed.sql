-- Why the last diagnosis of a well could not be made: the code and the details of its sentence.
CREATE TABLE not_assessed (well USMALLINT PRIMARY KEY, code VARCHAR NOT NULL, details VARCHAR NOT NULL);
