CREATE TABLE new_account (
    id TEXT NOT NULL,
    paused_until INTEGER,
    code TEXT NOT NULL,
    detail TEXT NOT NULL,
    row_sum INTEGER GENERATED ALWAYS AS (loa_row_sum(id, paused_until, code, detail)) STORED,
    PRIMARY KEY (id)
)
 STRICT;

INSERT INTO new_account (id, paused_until, code, detail)
SELECT id, paused_until, code, detail FROM account;

DROP TABLE account;

ALTER TABLE new_account RENAME TO account;

CREATE TABLE alert (
    "key" TEXT NOT NULL,
    kind TEXT NOT NULL,
    code TEXT NOT NULL,
    params TEXT NOT NULL,
    since INTEGER NOT NULL,
    told_at INTEGER,
    tries INTEGER DEFAULT '0' NOT NULL,
    next_try INTEGER,
    ended_at INTEGER,
    row_sum INTEGER GENERATED ALWAYS AS (loa_row_sum(key, kind, code, params, since, told_at, tries, next_try, ended_at)) STORED,
    PRIMARY KEY ("key")
)
 STRICT;

CREATE TABLE new_approval (
    id INTEGER NOT NULL,
    delivery_key TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    reviewer_id TEXT NOT NULL,
    reviewer_name TEXT NOT NULL,
    decision TEXT NOT NULL,
    at INTEGER NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    row_sum INTEGER GENERATED ALWAYS AS (loa_row_sum(id, delivery_key, content_hash, reviewer_id, reviewer_name, decision, at, note)) STORED,
    PRIMARY KEY (id)
)
 STRICT;

INSERT INTO new_approval (id, delivery_key, content_hash, reviewer_id, reviewer_name, decision, at, note)
SELECT id, delivery_key, content_hash, reviewer_id, reviewer_name, decision, at, note FROM approval;

DROP TABLE approval;

ALTER TABLE new_approval RENAME TO approval;

CREATE INDEX ix_approval_delivery_key ON approval (delivery_key);

CREATE TABLE new_delivery (
    id INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    campaign_id TEXT NOT NULL,
    item_id TEXT NOT NULL,
    unit_code TEXT NOT NULL,
    channel TEXT NOT NULL,
    account_id TEXT NOT NULL,
    due INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    when_late TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT DEFAULT '' NOT NULL,
    reason_params TEXT NOT NULL,
    content_hash TEXT DEFAULT '' NOT NULL,
    package TEXT DEFAULT '' NOT NULL,
    approved_package TEXT DEFAULT '' NOT NULL,
    labels TEXT NOT NULL,
    row_sum INTEGER GENERATED ALWAYS AS (loa_row_sum(id, key, campaign_id, item_id, unit_code, channel, account_id, due, expires, when_late, state, reason, reason_params, content_hash, package, approved_package, labels)) STORED,
    PRIMARY KEY (id),
    UNIQUE ("key")
)
 STRICT;

INSERT INTO new_delivery (id, "key", campaign_id, item_id, unit_code, channel, account_id, due, expires, when_late, state, reason, reason_params, content_hash, package, approved_package, labels)
SELECT id, "key", campaign_id, item_id, unit_code, channel, account_id, due, expires, when_late, state, reason, reason_params, content_hash, package, approved_package, labels FROM delivery;

DROP TABLE delivery;

ALTER TABLE new_delivery RENAME TO delivery;

CREATE INDEX delivery_by_campaign ON delivery (campaign_id);

CREATE INDEX delivery_open_due ON delivery (state, due);

CREATE TABLE new_health (
    account_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    level TEXT NOT NULL,
    code TEXT NOT NULL,
    params TEXT NOT NULL,
    row_sum INTEGER GENERATED ALWAYS AS (loa_row_sum(account_id, seq, at, level, code, params)) STORED,
    PRIMARY KEY (account_id, seq)
)
 STRICT;

INSERT INTO new_health (account_id, seq, at, level, code, params)
SELECT account_id, seq, at, level, code, params FROM health;

DROP TABLE health;

ALTER TABLE new_health RENAME TO health;

CREATE TABLE leader (
    name TEXT NOT NULL,
    term INTEGER NOT NULL,
    worker_id TEXT DEFAULT '' NOT NULL,
    beats INTEGER DEFAULT '0' NOT NULL,
    at INTEGER NOT NULL,
    row_sum INTEGER GENERATED ALWAYS AS (loa_row_sum(name, term, worker_id, beats, at)) STORED,
    PRIMARY KEY (name)
)
 STRICT;

CREATE TABLE new_note (
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    row_sum INTEGER GENERATED ALWAYS AS (loa_row_sum(name, value)) STORED,
    PRIMARY KEY (name)
);

INSERT INTO new_note (name, value)
SELECT name, value FROM note;

DROP TABLE note;

ALTER TABLE new_note RENAME TO note;

CREATE TABLE new_pace (
    bucket TEXT NOT NULL,
    free_at INTEGER NOT NULL,
    row_sum INTEGER GENERATED ALWAYS AS (loa_row_sum(bucket, free_at)) STORED,
    PRIMARY KEY (bucket)
)
 STRICT;

INSERT INTO new_pace (bucket, free_at)
SELECT account_id, free_at FROM pace;

DROP TABLE pace;

ALTER TABLE new_pace RENAME TO pace;

CREATE TABLE new_people_list (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    imported_at INTEGER NOT NULL,
    imported_by TEXT NOT NULL,
    source TEXT NOT NULL,
    source_sha256 TEXT NOT NULL,
    consent TEXT DEFAULT '' NOT NULL,
    legal_basis TEXT DEFAULT '' NOT NULL,
    rows_read INTEGER NOT NULL,
    doubled INTEGER NOT NULL,
    purged_at INTEGER,
    row_sum INTEGER GENERATED ALWAYS AS (loa_row_sum(id, name, imported_at, imported_by, source, source_sha256, consent, legal_basis, rows_read, doubled, purged_at)) STORED,
    UNIQUE (name)
)
 STRICT;

INSERT INTO new_people_list (id, name, imported_at, imported_by, source, source_sha256, consent, legal_basis, rows_read, doubled, purged_at)
SELECT id, name, imported_at, imported_by, source, source_sha256, consent, legal_basis, rows_read, doubled, purged_at FROM people_list;

DELETE FROM sqlite_sequence WHERE name = 'new_people_list';

INSERT INTO sqlite_sequence (name, seq)
SELECT 'new_people_list', seq FROM sqlite_sequence WHERE name = 'people_list';

DROP TABLE people_list;

ALTER TABLE new_people_list RENAME TO people_list;

CREATE TABLE new_suppression (
    mark BLOB NOT NULL,
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    source TEXT NOT NULL,
    row_sum INTEGER GENERATED ALWAYS AS (loa_row_sum(mark, kind, at, source)) STORED,
    PRIMARY KEY (mark, kind)
)
 WITHOUT ROWID,
 STRICT;

INSERT INTO new_suppression (mark, kind, at, source)
SELECT mark, kind, at, source FROM suppression;

DROP TABLE suppression;

ALTER TABLE new_suppression RENAME TO suppression;

CREATE TABLE new_token (
    account_id TEXT NOT NULL,
    sealed BLOB NOT NULL,
    in_doubt INTEGER DEFAULT '0' NOT NULL,
    changed_at INTEGER NOT NULL,
    row_sum INTEGER GENERATED ALWAYS AS (loa_row_sum(account_id, sealed, in_doubt, changed_at)) STORED,
    PRIMARY KEY (account_id)
)
 STRICT;

INSERT INTO new_token (account_id, sealed, in_doubt, changed_at)
SELECT account_id, sealed, in_doubt, changed_at FROM token;

DROP TABLE token;

ALTER TABLE new_token RENAME TO token;

CREATE TABLE new_worker (
    id TEXT NOT NULL,
    beats INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    host TEXT NOT NULL,
    pid INTEGER NOT NULL,
    kind TEXT DEFAULT 'clock' NOT NULL,
    gone INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (id)
)
 STRICT;

INSERT INTO new_worker (id, beats, seen_at, host, pid)
SELECT id, beats, seen_at, host, pid FROM worker;

DROP TABLE worker;

ALTER TABLE new_worker RENAME TO worker;

CREATE TABLE new_batch (
    id INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    delivery_id INTEGER NOT NULL,
    account_id TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    first_seq INTEGER NOT NULL,
    last_seq INTEGER NOT NULL,
    size INTEGER NOT NULL,
    parts INTEGER NOT NULL,
    state TEXT NOT NULL,
    attempt INTEGER DEFAULT '0' NOT NULL,
    crashes INTEGER DEFAULT '0' NOT NULL,
    look_ups INTEGER DEFAULT '0' NOT NULL,
    owner TEXT DEFAULT '' NOT NULL,
    first_sent_at INTEGER,
    sent_at INTEGER,
    next_try INTEGER,
    done_at INTEGER,
    platform_id TEXT DEFAULT '' NOT NULL,
    code TEXT DEFAULT '' NOT NULL,
    detail TEXT DEFAULT '' NOT NULL,
    hint TEXT NOT NULL,
    ask_at INTEGER,
    asked INTEGER DEFAULT '0' NOT NULL,
    told_delivered INTEGER DEFAULT '0' NOT NULL,
    told_failed INTEGER DEFAULT '0' NOT NULL,
    row_sum INTEGER GENERATED ALWAYS AS (loa_row_sum(id, key, delivery_id, account_id, content_hash, first_seq, last_seq, size, parts, state, attempt, crashes, look_ups, owner, first_sent_at, sent_at, next_try, done_at, platform_id, code, detail, hint, ask_at, asked, told_delivered, told_failed)) STORED,
    PRIMARY KEY (id),
    UNIQUE ("key"),
    FOREIGN KEY(delivery_id) REFERENCES delivery (id)
)
 STRICT;

INSERT INTO new_batch (id, "key", delivery_id, account_id, content_hash, first_seq, last_seq, size, parts, state, attempt, crashes, look_ups, owner, first_sent_at, sent_at, next_try, done_at, platform_id, code, detail, hint, ask_at, asked, told_delivered, told_failed)
SELECT id, "key", delivery_id, account_id, content_hash, first_seq, last_seq, size, parts, state, attempt, crashes, look_ups, owner, first_sent_at, sent_at, next_try, done_at, platform_id, code, detail, hint, ask_at, asked, told_delivered, told_failed FROM batch;

DROP TABLE batch;

ALTER TABLE new_batch RENAME TO batch;

CREATE INDEX batch_by_delivery ON batch (delivery_id, state);

CREATE INDEX batch_by_platform_id ON batch (account_id, platform_id);

CREATE INDEX batch_by_state ON batch (state, next_try);

CREATE INDEX batch_to_ask ON batch (ask_at);

CREATE TABLE new_insight (
    delivery_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    value INTEGER NOT NULL,
    at INTEGER NOT NULL,
    row_sum INTEGER GENERATED ALWAYS AS (loa_row_sum(delivery_id, name, value, at)) STORED,
    PRIMARY KEY (delivery_id, name),
    FOREIGN KEY(delivery_id) REFERENCES delivery (id)
)
 STRICT;

INSERT INTO new_insight (delivery_id, name, value, at)
SELECT delivery_id, name, value, at FROM insight;

DROP TABLE insight;

ALTER TABLE new_insight RENAME TO insight;

CREATE TABLE new_people_unit (
    list_id INTEGER NOT NULL,
    unit_code TEXT NOT NULL,
    members INTEGER NOT NULL,
    digest TEXT NOT NULL,
    row_sum INTEGER GENERATED ALWAYS AS (loa_row_sum(list_id, unit_code, members, digest)) STORED,
    PRIMARY KEY (list_id, unit_code),
    FOREIGN KEY(list_id) REFERENCES people_list (id)
)
 STRICT;

INSERT INTO new_people_unit (list_id, unit_code, members, digest)
SELECT list_id, unit_code, members, digest FROM people_unit;

DROP TABLE people_unit;

ALTER TABLE new_people_unit RENAME TO people_unit;

CREATE TABLE new_sending (
    id INTEGER NOT NULL,
    delivery_id INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    idem TEXT NOT NULL,
    account_id TEXT NOT NULL,
    due INTEGER NOT NULL,
    state TEXT NOT NULL,
    attempt INTEGER DEFAULT '0' NOT NULL,
    crashes INTEGER DEFAULT '0' NOT NULL,
    look_ups INTEGER DEFAULT '0' NOT NULL,
    owner TEXT DEFAULT '' NOT NULL,
    sent_at INTEGER,
    next_try INTEGER,
    done_at INTEGER,
    platform_id TEXT DEFAULT '' NOT NULL,
    url TEXT DEFAULT '' NOT NULL,
    code TEXT DEFAULT '' NOT NULL,
    detail TEXT DEFAULT '' NOT NULL,
    hint TEXT NOT NULL,
    row_sum INTEGER GENERATED ALWAYS AS (loa_row_sum(id, delivery_id, seq, idem, account_id, due, state, attempt, crashes, look_ups, owner, sent_at, next_try, done_at, platform_id, url, code, detail, hint)) STORED,
    PRIMARY KEY (id),
    UNIQUE (delivery_id, seq),
    FOREIGN KEY(delivery_id) REFERENCES delivery (id),
    UNIQUE (idem)
)
 STRICT;

INSERT INTO new_sending (id, delivery_id, seq, idem, account_id, due, state, attempt, crashes, look_ups, owner, sent_at, next_try, done_at, platform_id, url, code, detail, hint)
SELECT id, delivery_id, seq, idem, account_id, due, state, attempt, crashes, look_ups, owner, sent_at, next_try, done_at, platform_id, url, code, detail, hint FROM sending;

DROP TABLE sending;

ALTER TABLE new_sending RENAME TO sending;

CREATE INDEX sending_by_state ON sending (state, next_try);

CREATE INDEX sending_line ON sending (account_id, due, delivery_id, seq, next_try) WHERE state IN ('due', 'retry_later');

CREATE TABLE new_attempt (
    id INTEGER NOT NULL,
    sending_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    content_hash TEXT NOT NULL,
    sent_at INTEGER NOT NULL,
    answered_at INTEGER,
    ending TEXT DEFAULT '' NOT NULL,
    code TEXT DEFAULT '' NOT NULL,
    detail TEXT DEFAULT '' NOT NULL,
    row_sum INTEGER GENERATED ALWAYS AS (loa_row_sum(id, sending_id, number, content_hash, sent_at, answered_at, ending, code, detail)) STORED,
    PRIMARY KEY (id),
    FOREIGN KEY(sending_id) REFERENCES sending (id)
)
 STRICT;

INSERT INTO new_attempt (id, sending_id, number, content_hash, sent_at, answered_at, ending, code, detail)
SELECT id, sending_id, number, content_hash, sent_at, answered_at, ending, code, detail FROM attempt;

DROP TABLE attempt;

ALTER TABLE new_attempt RENAME TO attempt;

CREATE INDEX ix_attempt_sending_id ON attempt (sending_id);

CREATE TABLE new_event (
    id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    delivery_id INTEGER,
    sending_id INTEGER,
    "before" TEXT DEFAULT '' NOT NULL,
    "after" TEXT DEFAULT '' NOT NULL,
    cause TEXT DEFAULT '' NOT NULL,
    params TEXT NOT NULL,
    row_sum INTEGER GENERATED ALWAYS AS (loa_row_sum(id, at, actor, delivery_id, sending_id, before, after, cause, params)) STORED,
    PRIMARY KEY (id),
    FOREIGN KEY(delivery_id) REFERENCES delivery (id),
    FOREIGN KEY(sending_id) REFERENCES sending (id)
)
 STRICT;

INSERT INTO new_event (id, at, actor, delivery_id, sending_id, "before", "after", cause, params)
SELECT id, at, actor, delivery_id, sending_id, "before", "after", cause, params FROM event;

DROP TABLE event;

ALTER TABLE new_event RENAME TO event;

CREATE INDEX ix_event_delivery_id ON event (delivery_id);
