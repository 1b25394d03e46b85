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
    verified_how TEXT
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

-- Somebody acts for somebody else; both see it, both can end it.
CREATE TABLE identity_delegation (
    id TEXT PRIMARY KEY,
    principal TEXT NOT NULL REFERENCES identity_account (id),
    agent TEXT NOT NULL REFERENCES identity_account (id),
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    answered_at BIGINT,
    ends_at BIGINT NOT NULL,
    ended_by TEXT,
    ended_at BIGINT,
    note TEXT NOT NULL
);
CREATE INDEX identity_delegation_principal ON identity_delegation (principal, state);
CREATE INDEX identity_delegation_agent ON identity_delegation (agent, state);

-- Asking to be known as a resident, by a clerk or by a code sent by post. What is personal is sealed.
CREATE TABLE identity_residence (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES identity_account (id),
    way TEXT NOT NULL,
    state TEXT NOT NULL,
    sealed TEXT NOT NULL,
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

-- What somebody did without an account, found again by reference and PIN and later joined to an account.
CREATE TABLE identity_guest (
    reference TEXT PRIMARY KEY,
    pin_hash TEXT NOT NULL,
    subject TEXT NOT NULL,
    href TEXT NOT NULL,
    tries BIGINT NOT NULL,
    locked_until BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    account TEXT REFERENCES identity_account (id),
    joined_at BIGINT
);
CREATE INDEX identity_guest_account ON identity_guest (account);
CREATE INDEX identity_guest_ends ON identity_guest (ends_at);

-- Staff looked at somebody's record; the person sees it.
CREATE TABLE identity_access (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES identity_account (id),
    viewer TEXT NOT NULL REFERENCES identity_account (id),
    what TEXT NOT NULL,
    reason TEXT NOT NULL,
    at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL
);
CREATE INDEX identity_access_account ON identity_access (account, at);
CREATE INDEX identity_access_viewer ON identity_access (viewer, account, ends_at);
