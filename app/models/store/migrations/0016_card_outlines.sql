CREATE TABLE card_outlines (card VARCHAR NOT NULL, made_by VARCHAR NOT NULL, outline FLOAT[48] NOT NULL);
