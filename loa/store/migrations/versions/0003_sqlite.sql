CREATE TABLE audit (
    id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    person_id TEXT NOT NULL,
    person_name TEXT NOT NULL,
    deed TEXT NOT NULL,
    target TEXT DEFAULT '' NOT NULL,
    content_hash TEXT DEFAULT '' NOT NULL,
    origin TEXT NOT NULL,
    words TEXT NOT NULL,
    previous TEXT NOT NULL,
    digest TEXT NOT NULL,
    row_sum INTEGER GENERATED ALWAYS AS (loa_row_sum(id, at, person_id, person_name, deed, target, content_hash, origin, words, previous, digest)) STORED,
    PRIMARY KEY (id),
    UNIQUE (digest)
)
 STRICT;

CREATE TABLE looked (
    delivery_key TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    person_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    row_sum INTEGER GENERATED ALWAYS AS (loa_row_sum(delivery_key, content_hash, person_id, at)) STORED,
    PRIMARY KEY (delivery_key, content_hash, person_id)
)
 STRICT;

CREATE TABLE pin (
    person_id TEXT NOT NULL,
    sealed TEXT NOT NULL,
    failures INTEGER DEFAULT '0' NOT NULL,
    locked_until INTEGER,
    changed_at INTEGER NOT NULL,
    row_sum INTEGER GENERATED ALWAYS AS (loa_row_sum(person_id, sealed, failures, locked_until, changed_at)) STORED,
    PRIMARY KEY (person_id)
)
 STRICT;

CREATE TABLE remark (
    id INTEGER NOT NULL,
    delivery_key TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    asset_sha256 TEXT DEFAULT '' NOT NULL,
    x INTEGER DEFAULT '0' NOT NULL,
    y INTEGER DEFAULT '0' NOT NULL,
    person_id TEXT NOT NULL,
    person_name TEXT NOT NULL,
    words TEXT NOT NULL,
    at INTEGER NOT NULL,
    settled_at INTEGER,
    settled_by TEXT DEFAULT '' NOT NULL,
    row_sum INTEGER GENERATED ALWAYS AS (loa_row_sum(id, delivery_key, content_hash, asset_sha256, x, y, person_id, person_name, words, at, settled_at, settled_by)) STORED,
    PRIMARY KEY (id)
)
 STRICT;

CREATE INDEX ix_remark_delivery_key ON remark (delivery_key);

CREATE TABLE version (
    delivery_key TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    package TEXT NOT NULL,
    at INTEGER NOT NULL,
    row_sum INTEGER GENERATED ALWAYS AS (loa_row_sum(delivery_key, content_hash, package, at)) STORED,
    PRIMARY KEY (delivery_key, content_hash)
)
 STRICT;
