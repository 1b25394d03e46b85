-- The chain over the audit trail: which entry stands where, and the hash that ties it to all before it.
CREATE TABLE record_seal (
    seq BIGINT PRIMARY KEY,
    entry TEXT NOT NULL UNIQUE,
    hash TEXT NOT NULL
);

-- Entries that committed and are not sealed yet; nth keeps the order of those of one moment.
CREATE TABLE record_unsealed (
    entry TEXT PRIMARY KEY,
    nth BIGINT NOT NULL
);
INSERT INTO record_unsealed (entry, nth) SELECT id, 0 FROM record_audit;

-- The trail is read by subject and by who, newest first.
DROP INDEX record_audit_subject;
CREATE INDEX record_audit_subject ON record_audit (subject, id);
CREATE INDEX record_audit_who ON record_audit (who, id);
