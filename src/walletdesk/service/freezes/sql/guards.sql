-- A freeze is only ever ended, once.
CREATE FUNCTION freezes_only_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.lifted_at IS NULL
       AND (NEW.id, NEW.customer_id, NEW.ordered_by, NEW.channel, NEW.mode, NEW.reason, NEW.decision_id, NEW.case_id,
            NEW.actor, NEW.frozen_at)
           IS NOT DISTINCT FROM (OLD.id, OLD.customer_id, OLD.ordered_by, OLD.channel, OLD.mode, OLD.reason,
                                 OLD.decision_id, OLD.case_id, OLD.actor, OLD.frozen_at) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'freezes: a freeze is only ended, once' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER freezes_only_end BEFORE UPDATE OR DELETE ON freezes_accountfreeze
    FOR EACH ROW EXECUTE FUNCTION freezes_only_end();
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'walletdesk_app') THEN
        REVOKE DELETE, TRUNCATE ON freezes_accountfreeze FROM walletdesk_app;
    END IF;
END $$;
