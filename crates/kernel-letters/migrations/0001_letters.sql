-- A letter: who it is for and what it says, sealed. The words go when their time is over; that it was sent stays.
CREATE TABLE letters_letter (
    id TEXT PRIMARY KEY,
    at BIGINT NOT NULL,
    -- None for a letter to a bare address.
    account TEXT,
    -- Shown on the site to its account.
    inbox BOOLEAN NOT NULL,
    -- Template or text, sealed; none when forgotten.
    content TEXT,
    -- None: the reader's own language.
    language TEXT,
    -- Empty for the city itself.
    service TEXT NOT NULL,
    reference TEXT NOT NULL,
    -- Of the service's own templates; empty and 0 for the city's.
    template TEXT NOT NULL,
    version BIGINT NOT NULL,
    -- Ways out have been chosen.
    dispatched BOOLEAN NOT NULL,
    forget_at BIGINT NOT NULL,
    read_at BIGINT
);
CREATE INDEX letters_letter_inbox ON letters_letter (account, id);
CREATE INDEX letters_letter_service ON letters_letter (service, id);
CREATE INDEX letters_letter_forget ON letters_letter (forget_at);

-- One way of one letter to its reader.
CREATE TABLE letters_delivery (
    id TEXT PRIMARY KEY,
    letter TEXT NOT NULL REFERENCES letters_letter (id),
    at BIGINT NOT NULL,
    channel TEXT NOT NULL,
    language TEXT NOT NULL,
    -- Sealed; none when forgotten.
    address TEXT,
    -- Keyed hash: whether letters come back from there.
    address_hash TEXT NOT NULL,
    state TEXT NOT NULL,
    -- Why it is in that state: one of a few words, never the server's own.
    reason TEXT NOT NULL,
    tries BIGINT NOT NULL,
    next_at BIGINT NOT NULL,
    -- Whoever hands it over does so until then.
    taken_until BIGINT NOT NULL,
    sent_at BIGINT,
    finished_at BIGINT
);
CREATE INDEX letters_delivery_letter ON letters_delivery (letter);
CREATE INDEX letters_delivery_state ON letters_delivery (state, at);

-- Parts of a short message, by the gateway's own name: receipts come back for each.
CREATE TABLE letters_part (
    remote TEXT PRIMARY KEY,
    delivery TEXT NOT NULL REFERENCES letters_delivery (id),
    delivered BOOLEAN NOT NULL
);
CREATE INDEX letters_part_delivery ON letters_part (delivery);

-- Addresses that letters came back from; nothing is sent there until the owner confirms the address anew.
CREATE TABLE letters_returned (
    address_hash TEXT PRIMARY KEY,
    at BIGINT NOT NULL,
    delivery TEXT NOT NULL,
    reason TEXT NOT NULL
);

-- How a person wants letters; no row: as the account says.
CREATE TABLE letters_preference (
    account TEXT PRIMARY KEY,
    language TEXT NOT NULL,
    channel TEXT NOT NULL,
    -- Notices of the browser may show the subject.
    push_subject BOOLEAN NOT NULL
);

-- Browsers that show notices to an account.
CREATE TABLE letters_subscription (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL,
    at BIGINT NOT NULL,
    -- Endpoint and keys, sealed: whoever has them can reach the person.
    address TEXT NOT NULL,
    address_hash TEXT NOT NULL UNIQUE,
    -- What the browser calls itself, so that a person can tell them apart.
    agent TEXT NOT NULL
);
CREATE INDEX letters_subscription_account ON letters_subscription (account);
