-- The memory of a payer is read from an index alone (sql/recall.sql), which needs pages that were vacuumed: after so many new
-- rows, however long the table is, or the last weeks of an old house would never be among them.
ALTER TABLE risk_decision SET (autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 20000);

-- Decisions are added and stay. A mark is only ended, once. A rule version is only published, once, after which it stands.
CREATE TRIGGER risk_append_only BEFORE UPDATE OR DELETE ON risk_decision
    FOR EACH ROW EXECUTE FUNCTION risk_append_only();

CREATE FUNCTION risk_mark_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.ended_at IS NULL
       AND (NEW.id, NEW.subject_id, NEW.kind, NEW.until, NEW.reason, NEW.made_by, NEW.made_at)
           IS NOT DISTINCT FROM (OLD.id, OLD.subject_id, OLD.kind, OLD.until, OLD.reason, OLD.made_by, OLD.made_at) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'risk: a mark is only ended, once' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER risk_mark_ends BEFORE UPDATE OR DELETE ON risk_mark FOR EACH ROW EXECUTE FUNCTION risk_mark_ends();

CREATE FUNCTION risk_rules_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.published_at IS NULL
       AND (NEW.number, NEW.rules, NEW.note, NEW.made_by, NEW.made_at)
           IS NOT DISTINCT FROM (OLD.number, OLD.rules, OLD.note, OLD.made_by, OLD.made_at) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'risk: a rule version never changes' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER risk_rules_stay BEFORE UPDATE OR DELETE ON risk_rule_version
    FOR EACH ROW EXECUTE FUNCTION risk_rules_stay();

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'walletdesk_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON risk_decision FROM walletdesk_app;
        REVOKE DELETE, TRUNCATE ON risk_mark, risk_rule_version FROM walletdesk_app;
    END IF;
END $$;
