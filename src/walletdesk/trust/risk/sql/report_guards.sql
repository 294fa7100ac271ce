-- A report is only closed, once; what was said stays as it was said.
CREATE FUNCTION risk_report_closes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.closed_at IS NULL
       AND (NEW.id, NEW.payer_id, NEW.payee_id, NEW.about, NEW.kind, NEW.words, NEW.reference, NEW.made_at)
           IS NOT DISTINCT FROM
           (OLD.id, OLD.payer_id, OLD.payee_id, OLD.about, OLD.kind, OLD.words, OLD.reference, OLD.made_at) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'risk: a report is only closed, once' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER risk_report_closes BEFORE UPDATE OR DELETE ON risk_payee_report
    FOR EACH ROW EXECUTE FUNCTION risk_report_closes();

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'walletdesk_app') THEN
        REVOKE DELETE, TRUNCATE ON risk_payee_report FROM walletdesk_app;
    END IF;
END $$;
