-- A story: words with views of the map between them, in one or two languages.
CREATE TABLE map_story (
    name TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    shown BOOLEAN NOT NULL,
    account TEXT NOT NULL,
    at BIGINT NOT NULL
);
