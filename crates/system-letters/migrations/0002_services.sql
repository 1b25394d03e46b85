-- Programs of the city that send letters: each with its keys, templates and reply addresses.
CREATE TABLE letters_service (
    id TEXT PRIMARY KEY,
    at BIGINT NOT NULL,
    name TEXT NOT NULL,
    -- Which language of a template is taken when a request names none.
    language TEXT NOT NULL,
    -- Addresses that keys for the team may write to, one a line.
    team TEXT NOT NULL
);

CREATE TABLE letters_key (
    id TEXT PRIMARY KEY,
    service TEXT NOT NULL REFERENCES letters_service (id),
    at BIGINT NOT NULL,
    name TEXT NOT NULL,
    -- live, team or test.
    kind TEXT NOT NULL,
    -- Sealed: signatures are checked with it.
    secret TEXT NOT NULL,
    revoked_at BIGINT
);
CREATE INDEX letters_key_service ON letters_key (service);

CREATE TABLE letters_reply_to (
    id TEXT PRIMARY KEY,
    service TEXT NOT NULL REFERENCES letters_service (id),
    address TEXT NOT NULL
);
CREATE INDEX letters_reply_to_service ON letters_reply_to (service);

CREATE TABLE letters_template (
    id TEXT PRIMARY KEY,
    service TEXT NOT NULL REFERENCES letters_service (id),
    at BIGINT NOT NULL,
    -- email or sms.
    kind TEXT NOT NULL,
    -- The newest.
    version BIGINT NOT NULL,
    retired BOOLEAN NOT NULL
);
CREATE INDEX letters_template_service ON letters_template (service, id);

-- A version never changes: what was sent can be read again.
CREATE TABLE letters_template_version (
    template TEXT NOT NULL REFERENCES letters_template (id),
    version BIGINT NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    name TEXT NOT NULL,
    -- Subject and body by language, in JSON.
    texts TEXT NOT NULL,
    PRIMARY KEY (template, version)
);
