-- A test whose duration nobody said has none.
ALTER TABLE flow_tests ALTER COLUMN duration_s DROP NOT NULL;
-- What an import said of a known well whose field or pad nobody had said: field_name or pad, blank again when undone.
ALTER TABLE import_wells ADD COLUMN filled VARCHAR;
