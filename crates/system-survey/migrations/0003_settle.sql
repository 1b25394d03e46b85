-- A city replies once to a criterion; it edits or withdraws that until it is answered.
CREATE UNIQUE INDEX survey_reply_criterion ON survey_reply (city, criterion);

-- Cities that were shown the way to their sheet.
CREATE TABLE survey_invitation (
    city TEXT PRIMARY KEY REFERENCES survey_round_city (id),
    -- letter or paper.
    way TEXT NOT NULL,
    invited_by TEXT NOT NULL,
    -- Rises with each new slip: what an older one opened is closed.
    invited_at BIGINT NOT NULL,
    -- When the city first opened its sheet.
    opened_at BIGINT
);

-- The question did not arrive.
ALTER TABLE survey_probe ADD COLUMN returned_at BIGINT;
-- Why somebody set the times by hand; from then on nothing else sets them.
ALTER TABLE survey_probe ADD COLUMN correction TEXT;
