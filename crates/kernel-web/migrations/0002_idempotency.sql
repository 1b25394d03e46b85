-- What a program asked for once, by its own key, and what was answered: asked again, it is answered again and not done
-- again. Scope and key are hashed, the answer is sealed.
CREATE TABLE web_idempotency (
    id TEXT PRIMARY KEY,
    request TEXT NOT NULL,
    running_until BIGINT NOT NULL,
    status BIGINT,
    answer TEXT,
    ends_at BIGINT NOT NULL
);
CREATE INDEX web_idempotency_ends ON web_idempotency (ends_at);
