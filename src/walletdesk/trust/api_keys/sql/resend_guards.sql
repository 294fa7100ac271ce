-- A ticket to send a request again is used once and otherwise never changes; it goes with the requests, after thirty days.
CREATE FUNCTION api_resend_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.used_at IS NULL AND NEW.used_at IS NOT NULL
       AND (NEW.id, NEW.request_id, NEW.key_id, NEW.ticket_hash, NEW.method, NEW.path, NEW.query, NEW.body_hash,
            NEW.made_by, NEW.made_at, NEW.good_until)
           IS NOT DISTINCT FROM
           (OLD.id, OLD.request_id, OLD.key_id, OLD.ticket_hash, OLD.method, OLD.path, OLD.query, OLD.body_hash,
            OLD.made_by, OLD.made_at, OLD.good_until) THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' AND OLD.made_at < walletdesk_now() - interval '30 days' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'api_keys: a ticket is used once' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER api_resend_once BEFORE UPDATE OR DELETE ON api_resend
    FOR EACH ROW EXECUTE FUNCTION api_resend_once();

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'walletdesk_app') THEN
        REVOKE TRUNCATE ON api_resend FROM walletdesk_app;
    END IF;
END $$;
