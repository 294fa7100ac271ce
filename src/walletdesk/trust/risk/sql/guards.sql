-- What was seen and what was flagged stays as it was written. The memory is emptied from the far end by its owner only.
CREATE FUNCTION risk_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'risk: rows are only added' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER risk_append_only BEFORE UPDATE ON risk_seentransfer
    FOR EACH ROW EXECUTE FUNCTION risk_append_only();
CREATE TRIGGER risk_append_only BEFORE UPDATE OR DELETE ON risk_riskflag
    FOR EACH ROW EXECUTE FUNCTION risk_append_only();

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'walletdesk_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON risk_seentransfer, risk_riskflag FROM walletdesk_app;
    END IF;
END $$;
