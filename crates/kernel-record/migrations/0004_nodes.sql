-- Several nodes share the work: who holds a job, what may wait only once, what comes back by itself.
ALTER TABLE record_job ADD COLUMN taken_by TEXT;
ALTER TABLE record_job ADD COLUMN dedupe TEXT;
ALTER TABLE record_job ADD COLUMN again BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE record_job ADD COLUMN every_seconds BIGINT;
CREATE UNIQUE INDEX record_job_dedupe ON record_job (dedupe);

-- Facts of one moment keep the order in which they were said.
ALTER TABLE record_fact ADD COLUMN nth BIGINT NOT NULL DEFAULT 0;
DROP INDEX record_fact_waiting;
CREATE INDEX record_fact_waiting ON record_fact (heard, at, nth, id);

-- What only one node does at a time.
CREATE TABLE record_lease (
    name TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    until BIGINT NOT NULL
);
