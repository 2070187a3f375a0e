CREATE TABLE entry (
    id BIGSERIAL NOT NULL,
    plan_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    target TEXT NOT NULL,
    unit_code TEXT DEFAULT '' NOT NULL,
    day TEXT NOT NULL,
    count BIGINT DEFAULT '0' NOT NULL,
    amount BIGINT DEFAULT '0' NOT NULL,
    value TEXT DEFAULT '' NOT NULL,
    words TEXT NOT NULL,
    person_id TEXT NOT NULL,
    person_name TEXT NOT NULL,
    at BIGINT NOT NULL,
    source TEXT NOT NULL,
    withdrawn_at BIGINT,
    withdrawn_by TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (source)
);

CREATE INDEX ix_entry_plan_id ON entry (plan_id);

CREATE TABLE feedback (
    id BIGSERIAL NOT NULL,
    source TEXT NOT NULL,
    plan_id TEXT DEFAULT '' NOT NULL,
    day TEXT NOT NULL,
    topic TEXT NOT NULL,
    unit_code TEXT DEFAULT '' NOT NULL,
    question TEXT NOT NULL,
    answer TEXT DEFAULT '' NOT NULL,
    state TEXT NOT NULL,
    is_public INTEGER DEFAULT '0' NOT NULL,
    words TEXT NOT NULL,
    person_id TEXT NOT NULL,
    person_name TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (source)
);

CREATE INDEX ix_feedback_plan_id ON feedback (plan_id);
