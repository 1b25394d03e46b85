-- What an evaluator noted about a criterion before there is an answer; the answer takes it over.
CREATE TABLE survey_jotting (
    assignment TEXT NOT NULL REFERENCES survey_assignment (id),
    criterion TEXT NOT NULL,
    note TEXT NOT NULL,
    flagged BOOLEAN NOT NULL,
    -- As in survey_code.
    cited TEXT NOT NULL,
    -- Rises with each change; the answer counts on from it.
    version BIGINT NOT NULL,
    noted_at BIGINT NOT NULL,
    PRIMARY KEY (assignment, criterion)
);
