ALTER TABLE pace RENAME COLUMN account_id TO bucket;

CREATE TABLE alert (
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    code TEXT NOT NULL,
    params TEXT NOT NULL,
    since BIGINT NOT NULL,
    told_at BIGINT,
    tries INTEGER DEFAULT '0' NOT NULL,
    next_try BIGINT,
    ended_at BIGINT,
    PRIMARY KEY (key)
);

CREATE TABLE leader (
    name TEXT NOT NULL,
    term BIGINT NOT NULL,
    worker_id TEXT DEFAULT '' NOT NULL,
    beats BIGINT DEFAULT '0' NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (name)
);

ALTER TABLE worker ADD COLUMN kind TEXT DEFAULT 'clock' NOT NULL;

ALTER TABLE worker ADD COLUMN gone INTEGER DEFAULT '0' NOT NULL;

CREATE INDEX sending_line ON sending (account_id, due, delivery_id, seq, next_try) WHERE state IN ('due', 'retry_later');
