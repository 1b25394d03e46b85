-- A coded sheet that somebody scored here: unlisted, reachable by its address only, forgotten on a fixed day.
CREATE TABLE survey_scorecard (
    id TEXT PRIMARY KEY,
    instrument TEXT NOT NULL,
    version TEXT NOT NULL,
    -- What the sheet is about, in the visitor's words or as the report names the site; may be empty.
    name TEXT NOT NULL,
    -- criterion,value,state in CSV.
    sheet TEXT NOT NULL,
    -- Per criterion what the report says and shows, in JSON; none when a plain sheet was scored.
    evidence TEXT,
    kept_at BIGINT NOT NULL,
    forget_at BIGINT NOT NULL
);
