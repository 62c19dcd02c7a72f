-- What stands in a document that is kept, so that it is found by a serial number of a pump.
CREATE TABLE document_texts (sha256 VARCHAR PRIMARY KEY, words VARCHAR NOT NULL);
