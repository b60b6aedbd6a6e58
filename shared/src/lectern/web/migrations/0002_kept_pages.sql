-- Pages that refuse a form, for the half hour in which somebody may come back to them with Back. Sealed; nothing is lost
-- with them that was saved.
CREATE UNLOGGED TABLE web.kept_pages (
    id bytea PRIMARY KEY,
    sealed bytea NOT NULL,
    kept_at timestamptz NOT NULL
);

CREATE INDEX kept_pages_by_age ON web.kept_pages (kept_at);

GRANT SELECT, INSERT, DELETE ON web.kept_pages TO lectern_web;
