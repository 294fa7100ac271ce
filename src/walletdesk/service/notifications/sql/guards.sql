-- The log of what was sent: a line is never taken out, what it is about never changes, and what is over stays over.
CREATE FUNCTION notifications_message_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'message: a line of the log is not taken out' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF (NEW.channel, NEW.address, NEW.kind, NEW.about, NEW.created_at)
        IS DISTINCT FROM (OLD.channel, OLD.address, OLD.kind, OLD.about, OLD.created_at) THEN
        RAISE EXCEPTION 'message: what it is about does not change' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.state IN ('delivered', 'lost', 'refused', 'unknown', 'expired') AND NEW.state <> OLD.state
        OR OLD.state = 'sent' AND NEW.state NOT IN ('sent', 'delivered', 'lost') THEN
        RAISE EXCEPTION 'message: % does not become %', OLD.state, NEW.state
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER message_guard BEFORE UPDATE OR DELETE ON notifications_message
    FOR EACH ROW EXECUTE FUNCTION notifications_message_guard();

-- A subscription that ended stays ended: the browser makes a new one.
CREATE FUNCTION notifications_subscription_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at THEN
        RAISE EXCEPTION 'subscription: what has ended stays' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER subscription_guard BEFORE UPDATE OR DELETE ON notifications_pushsubscription
    FOR EACH ROW EXECUTE FUNCTION notifications_subscription_guard();

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'walletdesk_app') THEN
        REVOKE DELETE, TRUNCATE ON notifications_message, notifications_pushsubscription FROM walletdesk_app;
    END IF;
END $$;
