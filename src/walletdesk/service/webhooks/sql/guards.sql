-- What was said stays said: an event and a try never change, a delivery keeps what it is about and never leaves its end.
-- Rows go only with their age (purge_events), never while they are owed.
CREATE FUNCTION webhooks_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: what was written down does not change', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER webhooks_event_stays BEFORE UPDATE ON webhooks_event
    FOR EACH ROW EXECUTE FUNCTION webhooks_never_changes();
CREATE TRIGGER webhooks_attempt_stays BEFORE UPDATE ON webhooks_attempt
    FOR EACH ROW EXECUTE FUNCTION webhooks_never_changes();

CREATE FUNCTION webhooks_delivery_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.state IN ('waiting', 'sending') THEN
            RAISE EXCEPTION 'delivery: what is owed is not taken out' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF (NEW.event_id, NEW.endpoint_id, NEW.matter_id, NEW.created_at, NEW.replay_of_id)
        IS DISTINCT FROM (OLD.event_id, OLD.endpoint_id, OLD.matter_id, OLD.created_at, OLD.replay_of_id) THEN
        RAISE EXCEPTION 'delivery: what it is about does not change' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.state IN ('delivered', 'given_up') AND NEW.state <> OLD.state OR NEW.tries < OLD.tries THEN
        RAISE EXCEPTION 'delivery: % does not become %', OLD.state, NEW.state
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER webhooks_delivery_guard BEFORE UPDATE OR DELETE ON webhooks_delivery
    FOR EACH ROW EXECUTE FUNCTION webhooks_delivery_guard();

-- A removed endpoint stays removed, and nobody's endpoint becomes another's.
CREATE FUNCTION webhooks_endpoint_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.removed_at IS NOT NULL AND NEW.removed_at IS DISTINCT FROM OLD.removed_at
        OR (NEW.owner_kind, NEW.owner_id, NEW.mode) IS DISTINCT FROM (OLD.owner_kind, OLD.owner_id, OLD.mode) THEN
        RAISE EXCEPTION 'endpoint: its owner and its end stay' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER webhooks_endpoint_guard BEFORE UPDATE OR DELETE ON webhooks_endpoint
    FOR EACH ROW EXECUTE FUNCTION webhooks_endpoint_guard();

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'walletdesk_app') THEN
        REVOKE UPDATE, TRUNCATE ON webhooks_event, webhooks_attempt FROM walletdesk_app;
        REVOKE TRUNCATE ON webhooks_delivery FROM walletdesk_app;
        REVOKE DELETE, TRUNCATE ON webhooks_endpoint FROM walletdesk_app;
    END IF;
END $$;
