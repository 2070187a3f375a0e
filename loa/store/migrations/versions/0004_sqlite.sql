CREATE TABLE entry (
    id INTEGER NOT NULL,
    plan_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    target TEXT NOT NULL,
    unit_code TEXT DEFAULT '' NOT NULL,
    day TEXT NOT NULL,
    count INTEGER DEFAULT '0' NOT NULL,
    amount INTEGER DEFAULT '0' NOT NULL,
    value TEXT DEFAULT '' NOT NULL,
    words TEXT NOT NULL,
    person_id TEXT NOT NULL,
    person_name TEXT NOT NULL,
    at INTEGER NOT NULL,
    source TEXT NOT NULL,
    withdrawn_at INTEGER,
    withdrawn_by TEXT DEFAULT '' NOT NULL,
    row_sum INTEGER GENERATED ALWAYS AS (loa_row_sum(id, plan_id, kind, target, unit_code, day, count, amount, value, words, person_id, person_name, at, source, withdrawn_at, withdrawn_by)) STORED,
    PRIMARY KEY (id),
    UNIQUE (source)
)
 STRICT;

CREATE INDEX ix_entry_plan_id ON entry (plan_id);

CREATE TABLE feedback (
    id INTEGER NOT NULL,
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
    at INTEGER NOT NULL,
    row_sum INTEGER GENERATED ALWAYS AS (loa_row_sum(id, source, plan_id, day, topic, unit_code, question, answer, state, is_public, words, person_id, person_name, at)) STORED,
    PRIMARY KEY (id),
    UNIQUE (source)
)
 STRICT;

CREATE INDEX ix_feedback_plan_id ON feedback (plan_id);
