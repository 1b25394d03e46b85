-- A person, or an organisation that somebody acts for. Only confirmed addresses lead to one.
CREATE TABLE identity_account (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    state TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    closed_at BIGINT,
    -- Keyed hash of the identifier that proved who this is: one account a person.
    person_key TEXT UNIQUE,
    verified_at BIGINT,
    verified_how TEXT,
    -- The person asked to be forgotten on that day.
    leaving_at BIGINT
);
CREATE INDEX identity_account_made ON identity_account (made_at, id);

CREATE TABLE identity_address (
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    account TEXT NOT NULL REFERENCES identity_account (id),
    confirmed_at BIGINT NOT NULL,
    PRIMARY KEY (kind, value)
);
CREATE INDEX identity_address_account ON identity_address (account);

CREATE TABLE identity_password (
    account TEXT PRIMARY KEY REFERENCES identity_account (id),
    hash TEXT NOT NULL,
    changed_at BIGINT NOT NULL
);

CREATE TABLE identity_passkey (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES identity_account (id),
    credential TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX identity_passkey_account ON identity_passkey (account);

-- An authenticator app. The last step that was used is never accepted again.
CREATE TABLE identity_totp (
    account TEXT PRIMARY KEY REFERENCES identity_account (id),
    sealed TEXT NOT NULL,
    confirmed_at BIGINT NOT NULL,
    last_step BIGINT NOT NULL
);

CREATE TABLE identity_recovery_code (
    account TEXT NOT NULL REFERENCES identity_account (id),
    hash TEXT NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (account, hash)
);

-- Wrong codes at the second step: too many close it for a while.
CREATE TABLE identity_guess (
    account TEXT PRIMARY KEY REFERENCES identity_account (id),
    wrong BIGINT NOT NULL,
    since BIGINT NOT NULL
);

-- The same person at another provider (OpenID Connect).
CREATE TABLE identity_federated (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    account TEXT NOT NULL REFERENCES identity_account (id),
    provider TEXT NOT NULL,
    assurance TEXT NOT NULL,
    linked_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL,
    PRIMARY KEY (issuer, subject)
);
CREATE INDEX identity_federated_account ON identity_federated (account);

CREATE TABLE identity_session (
    id TEXT PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL REFERENCES identity_account (id),
    made_at BIGINT NOT NULL,
    -- When the person last proved who they are; asked again before what matters.
    proved_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    way TEXT NOT NULL,
    assurance TEXT NOT NULL,
    second_factor BOOLEAN NOT NULL,
    device TEXT NOT NULL,
    -- A delegation: this session acts for somebody else.
    acting TEXT,
    ended_at BIGINT
);
CREATE INDEX identity_session_account ON identity_session (account, ends_at);
CREATE INDEX identity_session_ends ON identity_session (ends_at);

CREATE TABLE identity_department (
    id TEXT PRIMARY KEY,
    name_en TEXT NOT NULL,
    name_ko TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    closed_at BIGINT
);

CREATE TABLE identity_grant (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES identity_account (id),
    role TEXT NOT NULL,
    department TEXT REFERENCES identity_department (id),
    given_by TEXT NOT NULL,
    given_at BIGINT NOT NULL,
    ended_by TEXT,
    ended_at BIGINT
);
CREATE INDEX identity_grant_account ON identity_grant (account, ended_at);

CREATE TABLE identity_token (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES identity_account (id),
    name TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    scopes TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    used_at BIGINT,
    ended_at BIGINT
);
CREATE INDEX identity_token_account ON identity_token (account);

-- What was begun and must be finished with a code, a link or another ceremony: registration, recovery, a new address,
-- a passkey, a sign-in elsewhere. Another node may finish it.
CREATE TABLE identity_ceremony (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    account TEXT,
    secret_hash TEXT NOT NULL,
    state TEXT NOT NULL,
    tries BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL
);
CREATE INDEX identity_ceremony_ends ON identity_ceremony (ends_at);

-- Somebody acts for somebody else; both see it, both can end it. A request is addressed to a mail address, known or
-- not: the side that was asked is filled in when it agrees.
CREATE TABLE identity_delegation (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    principal TEXT REFERENCES identity_account (id),
    agent TEXT REFERENCES identity_account (id),
    asked_by TEXT NOT NULL,
    -- Keyed hash of the address that was asked, and the address sealed for the asker's own list.
    asked_key TEXT NOT NULL,
    asked_sealed TEXT NOT NULL,
    note TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    answered_at BIGINT,
    ends_at BIGINT NOT NULL,
    ended_by TEXT,
    ended_at BIGINT
);
CREATE INDEX identity_delegation_principal ON identity_delegation (principal, state);
CREATE INDEX identity_delegation_agent ON identity_delegation (agent, state);
CREATE INDEX identity_delegation_asked ON identity_delegation (asked_key, state);

-- What was done in somebody's name.
CREATE TABLE identity_acted (
    id TEXT PRIMARY KEY,
    delegation TEXT NOT NULL REFERENCES identity_delegation (id),
    principal TEXT NOT NULL REFERENCES identity_account (id),
    agent TEXT NOT NULL REFERENCES identity_account (id),
    act TEXT NOT NULL,
    subject TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX identity_acted_principal ON identity_acted (principal, at);

-- Asking to be known as a resident: `clerk` decides, or a code comes by `post`, or another provider says so (`oidc`).
CREATE TABLE identity_residence (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES identity_account (id),
    way TEXT NOT NULL,
    -- `waiting`, `printed`, `granted`, `refused`, `withdrawn`, `ended`.
    state TEXT NOT NULL,
    -- Name, address and identifier; empty as soon as they are not needed.
    sealed TEXT NOT NULL,
    -- Uploaded papers by their ids in the room of files, as JSON.
    papers TEXT NOT NULL,
    -- Of the code in the letter, once it is printed.
    code_hash TEXT,
    tries BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    decided_by TEXT,
    decided_at BIGINT,
    reason TEXT NOT NULL
);
CREATE INDEX identity_residence_state ON identity_residence (state, made_at);
CREATE INDEX identity_residence_account ON identity_residence (account, made_at);

-- Who did something that the city remembers for a time: an account, or a guest with a reference and a PIN.
CREATE TABLE identity_guest (
    reference TEXT PRIMARY KEY,
    -- Empty once it is an account's.
    pin_hash TEXT NOT NULL,
    subject TEXT NOT NULL,
    href TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    account TEXT REFERENCES identity_account (id),
    joined_at BIGINT
);
CREATE INDEX identity_guest_subject ON identity_guest (subject);
CREATE INDEX identity_guest_account ON identity_guest (account);
CREATE INDEX identity_guest_ends ON identity_guest (ends_at);

-- Staff looked at somebody's record; the person sees it, with the role and department of that moment.
CREATE TABLE identity_access (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES identity_account (id),
    viewer TEXT NOT NULL REFERENCES identity_account (id),
    role TEXT NOT NULL,
    department TEXT REFERENCES identity_department (id),
    what TEXT NOT NULL,
    reason TEXT NOT NULL,
    at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL
);
CREATE INDEX identity_access_account ON identity_access (account, at);
CREATE INDEX identity_access_viewer ON identity_access (viewer, account, ends_at);
