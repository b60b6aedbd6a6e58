-- Users, their sessions and their failed sign-ins. In a schema of its own: only the role web reaches it, not even pages'
-- reader or the auditor, and the role web reaches nothing else. Login names are kept as a keyed digest, names sealed, so a
-- copy of the database holds no personal data in the clear.
CREATE SCHEMA web;

CREATE TABLE web.users (
    user_id uuid PRIMARY KEY,
    login bytea NOT NULL UNIQUE,
    password text,
    profile bytea NOT NULL,
    role text NOT NULL,
    district text CHECK (district ~ '^\d{3}-\d{3}$'),
    person_id uuid UNIQUE,
    created_at timestamptz NOT NULL,
    password_at timestamptz,
    disabled_at timestamptz
);

CREATE TABLE web.sessions (
    id bytea PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES web.users ON DELETE CASCADE,
    began_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL
);

CREATE INDEX sessions_of_user ON web.sessions (user_id);
CREATE INDEX sessions_by_age ON web.sessions (seen_at);

CREATE UNLOGGED TABLE web.throttle (
    bucket bytea PRIMARY KEY,
    failures integer NOT NULL,
    since timestamptz NOT NULL
);

CREATE INDEX throttle_by_age ON web.throttle (since);

REVOKE ALL ON SCHEMA web FROM PUBLIC;
GRANT USAGE ON SCHEMA web TO lectern_web;
GRANT SELECT, INSERT, UPDATE, DELETE ON web.users, web.sessions, web.throttle TO lectern_web;
