-- Data keys of personal data, wrapped by a key-encryption key that is not in here. Only the users of services may
-- connect to this database; row security decides which keys each of them sees.

CREATE TABLE data_key (
    id uuid PRIMARY KEY,
    subject text NOT NULL,
    audience text NOT NULL CHECK (audience IN ('contact', 'district', 'state')),
    kek text NOT NULL,
    wrapped bytea,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    erased_at timestamptz,
    CHECK ((wrapped IS NULL) = (erased_at IS NOT NULL))
);

-- One living key for each subject and audience; an erased one stays as a mark, without its key.
CREATE UNIQUE INDEX data_key_living ON data_key (subject, audience) WHERE erased_at IS NULL;
CREATE INDEX data_key_subject ON data_key (subject);

-- lectern.contracts.sealed.GRANTS once more, for the database to hold; a test compares the two.
CREATE FUNCTION granted(wanted text) RETURNS boolean
    LANGUAGE sql STABLE SET search_path = pg_catalog
    RETURN EXISTS (
        SELECT FROM (VALUES
            ('contact', 'lectern_keys_applications'),
            ('contact', 'lectern_keys_district_worklog'),
            ('contact', 'lectern_keys_review'),
            ('contact', 'lectern_keys_notifications'),
            ('district', 'lectern_keys_applications'),
            ('district', 'lectern_keys_district_worklog'),
            ('district', 'lectern_keys_review'),
            ('state', 'lectern_keys_applications'),
            ('state', 'lectern_keys_review')
        ) AS grants (audience, login)
        WHERE grants.audience = wanted AND pg_has_role(session_user, to_regrole(grants.login), 'MEMBER')
    );

ALTER TABLE data_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE data_key FORCE ROW LEVEL SECURITY;
CREATE POLICY granted ON data_key USING (granted(audience)) WITH CHECK (granted(audience));
GRANT SELECT, INSERT, UPDATE (kek, wrapped, erased_at) ON data_key TO PUBLIC;

-- What was erased stays erased, and a key never changes under the values it sealed (but it may be wrapped anew).
CREATE FUNCTION data_key_keeps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.erased_at IS NOT NULL
        OR (NEW.id, NEW.subject, NEW.audience, NEW.created_at)
            IS DISTINCT FROM (OLD.id, OLD.subject, OLD.audience, OLD.created_at)
    THEN
        RAISE EXCEPTION 'a data key is only erased or wrapped anew' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER data_key_keeps BEFORE UPDATE ON data_key FOR EACH ROW EXECUTE FUNCTION data_key_keeps();
