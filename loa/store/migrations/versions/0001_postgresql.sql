CREATE TABLE account (
    id TEXT NOT NULL,
    paused_until BIGINT,
    code TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE approval (
    id BIGSERIAL NOT NULL,
    delivery_key TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    reviewer_id TEXT NOT NULL,
    reviewer_name TEXT NOT NULL,
    decision TEXT NOT NULL,
    at BIGINT NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (id)
);

CREATE INDEX ix_approval_delivery_key ON approval (delivery_key);

CREATE TABLE delivery (
    id BIGSERIAL NOT NULL,
    key TEXT NOT NULL,
    campaign_id TEXT NOT NULL,
    item_id TEXT NOT NULL,
    unit_code TEXT NOT NULL,
    channel TEXT NOT NULL,
    account_id TEXT NOT NULL,
    due BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    when_late TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT DEFAULT '' NOT NULL,
    reason_params TEXT NOT NULL,
    content_hash TEXT DEFAULT '' NOT NULL,
    package TEXT DEFAULT '' NOT NULL,
    approved_package TEXT DEFAULT '' NOT NULL,
    labels TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (key)
);

CREATE INDEX delivery_by_campaign ON delivery (campaign_id);

CREATE INDEX delivery_open_due ON delivery (state, due);

CREATE TABLE health (
    account_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    at BIGINT NOT NULL,
    level TEXT NOT NULL,
    code TEXT NOT NULL,
    params TEXT NOT NULL,
    PRIMARY KEY (account_id, seq)
);

CREATE TABLE inbox (
    id BIGSERIAL NOT NULL,
    account_id TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    at BIGINT NOT NULL,
    next_try BIGINT,
    repeats INTEGER DEFAULT '0' NOT NULL,
    sealed BYTEA NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (fingerprint)
);

CREATE INDEX inbox_waiting ON inbox (next_try) WHERE next_try IS NOT NULL;

CREATE TABLE note (
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (name)
);

CREATE TABLE pace (
    account_id TEXT NOT NULL,
    free_at BIGINT NOT NULL,
    PRIMARY KEY (account_id)
);

CREATE TABLE people_list (
    id BIGSERIAL NOT NULL,
    name TEXT NOT NULL,
    imported_at BIGINT NOT NULL,
    imported_by TEXT NOT NULL,
    source TEXT NOT NULL,
    source_sha256 TEXT NOT NULL,
    consent TEXT DEFAULT '' NOT NULL,
    legal_basis TEXT DEFAULT '' NOT NULL,
    rows_read BIGINT NOT NULL,
    doubled BIGINT NOT NULL,
    purged_at BIGINT,
    PRIMARY KEY (id),
    UNIQUE (name)
);

CREATE TABLE reply (
    id BIGSERIAL NOT NULL,
    account_id TEXT NOT NULL,
    mark BYTEA NOT NULL,
    sealed BYTEA NOT NULL,
    at BIGINT NOT NULL,
    state TEXT NOT NULL,
    attempt INTEGER DEFAULT '0' NOT NULL,
    next_try BIGINT,
    code TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (id)
);

CREATE INDEX reply_by_mark ON reply (mark, at);

CREATE INDEX reply_waiting ON reply (next_try) WHERE next_try IS NOT NULL;

CREATE TABLE suppression (
    mark BYTEA NOT NULL,
    kind TEXT NOT NULL,
    at BIGINT NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (mark, kind)
);

CREATE TABLE token (
    account_id TEXT NOT NULL,
    sealed BYTEA NOT NULL,
    in_doubt INTEGER DEFAULT '0' NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (account_id)
);

CREATE TABLE worker (
    id TEXT NOT NULL,
    beats BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    host TEXT NOT NULL,
    pid BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE batch (
    id BIGSERIAL NOT NULL,
    key TEXT NOT NULL,
    delivery_id BIGINT NOT NULL,
    account_id TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    first_seq BIGINT NOT NULL,
    last_seq BIGINT NOT NULL,
    size INTEGER NOT NULL,
    parts INTEGER NOT NULL,
    state TEXT NOT NULL,
    attempt INTEGER DEFAULT '0' NOT NULL,
    crashes INTEGER DEFAULT '0' NOT NULL,
    look_ups INTEGER DEFAULT '0' NOT NULL,
    owner TEXT DEFAULT '' NOT NULL,
    first_sent_at BIGINT,
    sent_at BIGINT,
    next_try BIGINT,
    done_at BIGINT,
    platform_id TEXT DEFAULT '' NOT NULL,
    code TEXT DEFAULT '' NOT NULL,
    detail TEXT DEFAULT '' NOT NULL,
    hint TEXT NOT NULL,
    ask_at BIGINT,
    asked INTEGER DEFAULT '0' NOT NULL,
    told_delivered INTEGER DEFAULT '0' NOT NULL,
    told_failed INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (key),
    FOREIGN KEY(delivery_id) REFERENCES delivery (id)
);

CREATE INDEX batch_by_delivery ON batch (delivery_id, state);

CREATE INDEX batch_by_platform_id ON batch (account_id, platform_id);

CREATE INDEX batch_by_state ON batch (state, next_try);

CREATE INDEX batch_to_ask ON batch (ask_at);

CREATE TABLE contact (
    mark BYTEA NOT NULL,
    at BIGINT NOT NULL,
    delivery_id BIGINT NOT NULL,
    PRIMARY KEY (mark, at, delivery_id),
    FOREIGN KEY(delivery_id) REFERENCES delivery (id)
);

CREATE TABLE doubtful_number (
    list_id BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    row BIGINT NOT NULL,
    sealed BYTEA NOT NULL,
    unit_code TEXT DEFAULT '' NOT NULL,
    code TEXT NOT NULL,
    PRIMARY KEY (list_id, seq),
    FOREIGN KEY(list_id) REFERENCES people_list (id)
);

CREATE TABLE insight (
    delivery_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    value BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (delivery_id, name),
    FOREIGN KEY(delivery_id) REFERENCES delivery (id)
);

CREATE TABLE people_unit (
    list_id BIGINT NOT NULL,
    unit_code TEXT NOT NULL,
    members BIGINT NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (list_id, unit_code),
    FOREIGN KEY(list_id) REFERENCES people_list (id)
);

CREATE TABLE person (
    list_id BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    mark BYTEA NOT NULL,
    sealed BYTEA NOT NULL,
    unit_code TEXT DEFAULT '' NOT NULL,
    carrier TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (list_id, seq),
    FOREIGN KEY(list_id) REFERENCES people_list (id)
);

CREATE UNIQUE INDEX person_by_mark ON person (mark, list_id);

CREATE TABLE recipient (
    delivery_id BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    mark BYTEA NOT NULL,
    sealed BYTEA NOT NULL,
    carrier TEXT DEFAULT '' NOT NULL,
    wave INTEGER DEFAULT '1' NOT NULL,
    state TEXT NOT NULL,
    next_try BIGINT,
    batch_id BIGINT,
    code TEXT DEFAULT '' NOT NULL,
    fate SMALLINT DEFAULT '0' NOT NULL,
    fate_parts TEXT DEFAULT '' NOT NULL,
    fate_at BIGINT,
    PRIMARY KEY (delivery_id, seq),
    FOREIGN KEY(delivery_id) REFERENCES delivery (id)
);

CREATE INDEX recipient_held ON recipient (delivery_id, seq) WHERE state = 'held';

CREATE INDEX recipient_waiting ON recipient (delivery_id, wave, next_try, seq) WHERE state = 'due';

CREATE TABLE sending (
    id BIGSERIAL NOT NULL,
    delivery_id BIGINT NOT NULL,
    seq INTEGER NOT NULL,
    idem TEXT NOT NULL,
    account_id TEXT NOT NULL,
    due BIGINT NOT NULL,
    state TEXT NOT NULL,
    attempt INTEGER DEFAULT '0' NOT NULL,
    crashes INTEGER DEFAULT '0' NOT NULL,
    look_ups INTEGER DEFAULT '0' NOT NULL,
    owner TEXT DEFAULT '' NOT NULL,
    sent_at BIGINT,
    next_try BIGINT,
    done_at BIGINT,
    platform_id TEXT DEFAULT '' NOT NULL,
    url TEXT DEFAULT '' NOT NULL,
    code TEXT DEFAULT '' NOT NULL,
    detail TEXT DEFAULT '' NOT NULL,
    hint TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (delivery_id, seq),
    FOREIGN KEY(delivery_id) REFERENCES delivery (id),
    UNIQUE (idem)
);

CREATE INDEX sending_by_state ON sending (state, next_try);

CREATE TABLE attempt (
    id BIGSERIAL NOT NULL,
    sending_id BIGINT NOT NULL,
    number INTEGER NOT NULL,
    content_hash TEXT NOT NULL,
    sent_at BIGINT NOT NULL,
    answered_at BIGINT,
    ending TEXT DEFAULT '' NOT NULL,
    code TEXT DEFAULT '' NOT NULL,
    detail TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(sending_id) REFERENCES sending (id)
);

CREATE INDEX ix_attempt_sending_id ON attempt (sending_id);

CREATE TABLE event (
    id BIGSERIAL NOT NULL,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    delivery_id BIGINT,
    sending_id BIGINT,
    before TEXT DEFAULT '' NOT NULL,
    after TEXT DEFAULT '' NOT NULL,
    cause TEXT DEFAULT '' NOT NULL,
    params TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(delivery_id) REFERENCES delivery (id),
    FOREIGN KEY(sending_id) REFERENCES sending (id)
);

CREATE INDEX ix_event_delivery_id ON event (delivery_id);
