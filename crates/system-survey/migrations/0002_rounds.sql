-- A round: cities judged with one instrument by people who do not see each other's codes.
CREATE TABLE survey_round (
    id TEXT PRIMARY KEY,
    -- Its permanent address: /survey/rounds/{slug}.
    slug TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    instrument TEXT NOT NULL,
    version TEXT NOT NULL,
    -- preparing, coding, replying, closed, published.
    stage TEXT NOT NULL,
    -- Evaluators see the machine's value before they have coded; published with the round.
    machine_shown BOOLEAN NOT NULL,
    -- Two totals further apart than so many thousandths of their mean call a third reader.
    threshold BIGINT NOT NULL,
    reply_days BIGINT NOT NULL,
    -- Pages asked for at most in each city.
    budget BIGINT NOT NULL,
    capture_paused BOOLEAN NOT NULL,
    opened_by TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    coding_at BIGINT,
    replies_until BIGINT,
    closed_at BIGINT,
    published_at BIGINT
);

CREATE TABLE survey_round_city (
    id TEXT PRIMARY KEY,
    round TEXT NOT NULL REFERENCES survey_round (id),
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    -- ISO 3166-1 alpha-2.
    country TEXT NOT NULL,
    -- africa, asia, europe, north_america, south_america, oceania.
    region TEXT NOT NULL,
    oecd BOOLEAN NOT NULL,
    -- BCP 47 tags, the city's own language first, with commas between.
    languages TEXT NOT NULL,
    address TEXT NOT NULL,
    latitude DOUBLE PRECISION,
    longitude DOUBLE PRECISION,
    -- Where the city is written to, sealed; empty when unknown.
    contact TEXT NOT NULL,
    -- waiting, capturing, assessed, failed.
    capture TEXT NOT NULL,
    -- What the worker does just now, or why it failed.
    capture_note TEXT NOT NULL,
    pages_known BIGINT NOT NULL,
    pages_read BIGINT NOT NULL,
    capture_tries BIGINT NOT NULL,
    capture_began BIGINT,
    capture_ended BIGINT,
    -- SHA-256 of the archive in hexadecimal.
    evidence_digest TEXT,
    evidence_bytes BIGINT,
    UNIQUE (round, slug)
);

-- What the machine found in a city's archive: the report of an audit, as JSON.
CREATE TABLE survey_report (
    city TEXT PRIMARY KEY REFERENCES survey_round_city (id),
    report TEXT NOT NULL,
    assessed_at BIGINT NOT NULL
);

CREATE TABLE survey_evaluator (
    round TEXT NOT NULL REFERENCES survey_round (id),
    account TEXT NOT NULL,
    -- As in survey_round_city.
    languages TEXT NOT NULL,
    added_at BIGINT NOT NULL,
    PRIMARY KEY (round, account)
);

-- Who reads which city. The third seat is taken when the first two differ too much.
CREATE TABLE survey_assignment (
    id TEXT PRIMARY KEY,
    round TEXT NOT NULL REFERENCES survey_round (id),
    city TEXT NOT NULL REFERENCES survey_round_city (id),
    account TEXT NOT NULL,
    -- first, second, third.
    seat TEXT NOT NULL,
    given_at BIGINT NOT NULL,
    -- The evaluator has handed the city in.
    done_at BIGINT,
    UNIQUE (city, seat),
    UNIQUE (city, account)
);
CREATE INDEX survey_assignment_account ON survey_assignment (account);

CREATE TABLE survey_code (
    assignment TEXT NOT NULL REFERENCES survey_assignment (id),
    criterion TEXT NOT NULL,
    -- found, absent, not_found, not_this_city, not_assessable.
    state TEXT NOT NULL,
    value BIGINT,
    note TEXT NOT NULL,
    flagged BOOLEAN NOT NULL,
    -- Addresses of archived pages that the evaluator points to, a JSON list.
    cited TEXT NOT NULL,
    -- The last answer given before the machine's was seen: what agreement is measured on.
    blind_state TEXT NOT NULL,
    blind_value BIGINT,
    machine_seen_at BIGINT,
    -- Rises with each change, so that a page that was offline finds out.
    version BIGINT NOT NULL,
    coded_at BIGINT NOT NULL,
    PRIMARY KEY (assignment, criterion)
);

-- What an adjudicator decided where evaluators differ, or after a city's reply. The newest one that is not replaced holds.
CREATE TABLE survey_settlement (
    id TEXT PRIMARY KEY,
    city TEXT NOT NULL REFERENCES survey_round_city (id),
    criterion TEXT NOT NULL,
    state TEXT NOT NULL,
    value BIGINT,
    reason TEXT NOT NULL,
    settled_by TEXT NOT NULL,
    settled_at BIGINT NOT NULL,
    replaced_at BIGINT
);
CREATE INDEX survey_settlement_city ON survey_settlement (city, criterion);

-- What a city says about its own sheet. Published with the round.
CREATE TABLE survey_reply (
    id TEXT PRIMARY KEY,
    city TEXT NOT NULL REFERENCES survey_round_city (id),
    criterion TEXT NOT NULL,
    words TEXT NOT NULL,
    -- An address that shows it; may be empty.
    evidence TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    -- kept or changed, once decided.
    outcome TEXT,
    answer TEXT,
    answered_by TEXT,
    answered_at BIGINT
);
CREATE INDEX survey_reply_city ON survey_reply (city);

-- A question that a person sent to a city from the round's mailbox, and when it was answered.
CREATE TABLE survey_probe (
    id TEXT PRIMARY KEY,
    city TEXT NOT NULL REFERENCES survey_round_city (id),
    criterion TEXT NOT NULL,
    -- mail or form.
    way TEXT NOT NULL,
    subject TEXT NOT NULL,
    -- Stands in the subject, so that an answer is found by it.
    mark TEXT NOT NULL UNIQUE,
    sent_by TEXT NOT NULL,
    sent_at BIGINT NOT NULL,
    -- Acknowledged by a machine, answered by a person.
    acknowledged_at BIGINT,
    answered_at BIGINT
);
CREATE INDEX survey_probe_city ON survey_probe (city);

-- What was published, once and for all, as JSON; pages and files are drawn from it.
CREATE TABLE survey_publication (
    round TEXT PRIMARY KEY REFERENCES survey_round (id),
    results TEXT NOT NULL,
    published_at BIGINT NOT NULL
);
