-- Curves of integrated models: points and what they hold for stand together in the body.
CREATE TABLE model_curves (
    id VARCHAR PRIMARY KEY, well USMALLINT NOT NULL, valid_at TIMESTAMP NOT NULL, model VARCHAR, version VARCHAR, scenario VARCHAR,
    author VARCHAR, curve VARCHAR, note VARCHAR, body VARCHAR
);
