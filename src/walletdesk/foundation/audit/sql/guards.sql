-- What is sealed: the row as one JSON list in the form in which PostgreSQL prints jsonb, the moment in UTC to the
-- microsecond. The hash is SHA-256 (hex) of the previous hash, a line feed, and that list, in UTF-8.
CREATE FUNCTION audit_seal(previous text, act audit_act) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(previous || E'\n' || jsonb_build_array(
        act.id, to_char(act.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), act.actor, act.verb, act.subject,
        act.reason, act.case_id, act.customer_id, act.detail)::text, 'UTF8')), 'hex')
$$;

INSERT INTO audit_chain_head (only_row, last_id, last_hash) VALUES (true, 0, repeat('0', 64));

-- One act after the other: the lock is held until the writer commits, so the chain has the order of commits.
-- It runs with its owner's right, because the application may read the head and nothing more.
CREATE FUNCTION seal_act() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('walletdesk.audit'));
    SELECT last_id + 1, last_hash INTO NEW.id, NEW.previous_hash FROM audit_chain_head;
    NEW.at := walletdesk_now();
    NEW.hash := audit_seal(NEW.previous_hash, NEW);
    UPDATE audit_chain_head SET last_id = NEW.id, last_hash = NEW.hash;
    RETURN NEW;
END $$;
CREATE TRIGGER seal_act BEFORE INSERT ON audit_act FOR EACH ROW EXECUTE FUNCTION seal_act();

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'walletdesk_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON audit_act FROM walletdesk_app;
        REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON audit_chain_head FROM walletdesk_app;
    END IF;
END $$;
