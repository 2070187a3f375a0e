CREATE TABLE audit (
    id BIGSERIAL NOT NULL,
    at BIGINT NOT NULL,
    person_id TEXT NOT NULL,
    person_name TEXT NOT NULL,
    deed TEXT NOT NULL,
    target TEXT DEFAULT '' NOT NULL,
    content_hash TEXT DEFAULT '' NOT NULL,
    origin TEXT NOT NULL,
    words TEXT NOT NULL,
    previous TEXT NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (digest)
);

CREATE TABLE looked (
    delivery_key TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    person_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (delivery_key, content_hash, person_id)
);

CREATE TABLE pin (
    person_id TEXT NOT NULL,
    sealed TEXT NOT NULL,
    failures INTEGER DEFAULT '0' NOT NULL,
    locked_until BIGINT,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (person_id)
);

CREATE TABLE remark (
    id BIGSERIAL NOT NULL,
    delivery_key TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    asset_sha256 TEXT DEFAULT '' NOT NULL,
    x INTEGER DEFAULT '0' NOT NULL,
    y INTEGER DEFAULT '0' NOT NULL,
    person_id TEXT NOT NULL,
    person_name TEXT NOT NULL,
    words TEXT NOT NULL,
    at BIGINT NOT NULL,
    settled_at BIGINT,
    settled_by TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (id)
);

CREATE INDEX ix_remark_delivery_key ON remark (delivery_key);

CREATE TABLE version (
    delivery_key TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    package TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (delivery_key, content_hash)
);
