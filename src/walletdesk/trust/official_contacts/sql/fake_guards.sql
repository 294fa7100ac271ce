-- A known fake is only ended, once; what was listed stays as it was listed.
CREATE FUNCTION official_contacts_fake_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.ended_at IS NULL
       AND (NEW.id, NEW.channel, NEW.value, NEW.note_zh, NEW.note_en, NEW.listed_at, NEW.listed_by)
           IS NOT DISTINCT FROM
           (OLD.id, OLD.channel, OLD.value, OLD.note_zh, OLD.note_en, OLD.listed_at, OLD.listed_by) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'directory: a known fake is only ended, once' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER fake_ends BEFORE UPDATE OR DELETE ON official_contacts_known_fake
    FOR EACH ROW EXECUTE FUNCTION official_contacts_fake_ends();

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'walletdesk_app') THEN
        REVOKE DELETE, TRUNCATE ON official_contacts_known_fake FROM walletdesk_app;
    END IF;
END $$;
