-- A layer: what it is called, who owns it, who may see what of it, and which edition is served.
CREATE TABLE map_layer (
    name TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    about TEXT NOT NULL,
    department TEXT NOT NULL,
    source TEXT NOT NULL,
    licence TEXT NOT NULL,
    schema TEXT NOT NULL,
    crs TEXT NOT NULL,
    readers TEXT NOT NULL,
    hidden TEXT NOT NULL,
    rows_shown TEXT NOT NULL,
    use_of TEXT NOT NULL,
    label TEXT NOT NULL,
    look TEXT NOT NULL,
    stage TEXT NOT NULL,
    edition TEXT NOT NULL,
    generation TEXT NOT NULL,
    folded BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    features BIGINT NOT NULL,
    data_at BIGINT NOT NULL,
    made_at BIGINT NOT NULL
);

-- Every accepted change of a feature, in order. Never rewritten: it is the layer's history.
CREATE TABLE map_change (
    layer TEXT NOT NULL REFERENCES map_layer (name),
    seq BIGINT NOT NULL,
    feature TEXT NOT NULL,
    version BIGINT NOT NULL,
    generation TEXT NOT NULL,
    act TEXT NOT NULL,
    geometry TEXT,
    properties TEXT,
    account TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (layer, seq)
);
CREATE UNIQUE INDEX map_change_of_feature ON map_change (layer, generation, feature, version);

-- A file on its way into a layer: read by a job, looked at by a person, then published or thrown away.
CREATE TABLE map_import (
    id TEXT PRIMARY KEY,
    layer TEXT NOT NULL,
    file TEXT NOT NULL,
    options TEXT NOT NULL,
    stage TEXT NOT NULL,
    done BIGINT NOT NULL,
    total BIGINT NOT NULL,
    report TEXT,
    edition TEXT NOT NULL,
    account TEXT NOT NULL,
    at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX map_import_of_layer ON map_import (layer, at);
