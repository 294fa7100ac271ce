-- What was agreed stays as it was: terms never change, an agreement is accepted once and by one payer, ends once, and is
-- never used after its end. Whoever wants other caps agrees anew.
CREATE FUNCTION agreements_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % never change: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER agreement_terms_stay BEFORE UPDATE OF id, merchant_id, key_id, title, asset_code, max_single_minor, max_day_minor,
    proposed_at, proposal_ends_at, valid_until ON agreements_agreement
    FOR EACH STATEMENT EXECUTE FUNCTION agreements_stays();
CREATE TRIGGER agreement_never_goes BEFORE DELETE OR TRUNCATE ON agreements_agreement
    FOR EACH STATEMENT EXECUTE FUNCTION agreements_stays();
CREATE TRIGGER agreement_is_accepted_once BEFORE UPDATE OF customer_id, accepted_at ON agreements_agreement
    FOR EACH ROW WHEN (OLD.accepted_at IS NOT NULL) EXECUTE FUNCTION agreements_stays();
CREATE TRIGGER agreement_ends_once BEFORE UPDATE ON agreements_agreement
    FOR EACH ROW WHEN (OLD.ended_at IS NOT NULL) EXECUTE FUNCTION agreements_stays();
-- Counted in the transaction of each payment: updated within its page.
ALTER TABLE agreements_agreement SET (fillfactor = 70);

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'walletdesk_app') THEN
        REVOKE DELETE, TRUNCATE ON agreements_agreement FROM walletdesk_app;
    END IF;
END $$;
