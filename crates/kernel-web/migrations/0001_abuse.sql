-- How often somebody tried something until a moment; whom and what only as a keyed hash.
CREATE TABLE web_attempt (
    id TEXT NOT NULL,
    ends BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    PRIMARY KEY (id, ends)
);
CREATE INDEX web_attempt_ends ON web_attempt (ends);

-- Proofs of work that an act was paid with, kept until they would be too old anyway.
CREATE TABLE web_proof (
    id TEXT PRIMARY KEY,
    act TEXT NOT NULL,
    ends BIGINT NOT NULL
);
CREATE INDEX web_proof_ends ON web_proof (ends);
