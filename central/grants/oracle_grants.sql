-- Least privilege in Oracle (12.2 or newer). Run as a DBA, with the owner's schema named WELLSIDE; replace the passwords.
-- The ingest service owns its tables and nothing else. Laptops read one view, and of that only their fields.

CREATE USER wellside IDENTIFIED BY "change-me" QUOTA UNLIMITED ON users;
GRANT CREATE SESSION, CREATE TABLE, CREATE VIEW TO wellside;

-- Which account sees which field. The owner fills it: INSERT INTO wellside.laptop_fields VALUES ('IVANOV', 'Северное');
CREATE TABLE wellside.laptop_fields (account VARCHAR2(128 CHAR) NOT NULL, field_name VARCHAR2(200 CHAR) NOT NULL, PRIMARY KEY (account, field_name));
CREATE OR REPLACE VIEW wellside.my_changes AS
    SELECT c.* FROM wellside.laptop_changes c WHERE c.field_name IN (SELECT f.field_name FROM wellside.laptop_fields f WHERE f.account = USER);

-- A profile with limits: a lost password makes no load.
CREATE PROFILE wellside_reader LIMIT SESSIONS_PER_USER 4 CPU_PER_CALL 6000 LOGICAL_READS_PER_CALL 1000000 IDLE_TIME 30
    FAILED_LOGIN_ATTEMPTS 10 PASSWORD_LIFE_TIME 180;
CREATE ROLE wellside_laptop;
GRANT CREATE SESSION TO wellside_laptop;
GRANT SELECT ON wellside.my_changes TO wellside_laptop;

-- For each account: CREATE USER ivanov IDENTIFIED BY "…" PROFILE wellside_reader; GRANT wellside_laptop TO ivanov;
-- and, so that the laptop finds the view by its usual name: CREATE SYNONYM ivanov.laptop_changes FOR wellside.my_changes;
