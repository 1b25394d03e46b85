-- Who did what to what, when: only ever appended.
CREATE TABLE record_audit (
    id TEXT PRIMARY KEY,
    at BIGINT NOT NULL,
    act TEXT NOT NULL,
    who TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL
);
CREATE INDEX record_audit_subject ON record_audit (subject, at);

-- Facts said by acts and not yet heard by all.
CREATE TABLE record_fact (
    id TEXT PRIMARY KEY,
    at BIGINT NOT NULL,
    name TEXT NOT NULL,
    body TEXT NOT NULL,
    heard BOOLEAN NOT NULL
);
CREATE INDEX record_fact_waiting ON record_fact (heard, id);

-- What happens later. A worker takes a job by a lease; a lease that runs out frees it.
CREATE TABLE record_job (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    run_at BIGINT NOT NULL,
    taken_until BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    last_error TEXT
);
CREATE INDEX record_job_due ON record_job (run_at, taken_until);
