-- CaseBill repeats the kind and the openness of its case, as CasePayment does.
CREATE TRIGGER cases_copy_to_bill BEFORE INSERT OR UPDATE ON cases_casebill
    FOR EACH ROW EXECUTE FUNCTION cases_copy_to_payment();

CREATE FUNCTION cases_spread_openness_to_bills() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE cases_casebill SET case_open = NEW.state <> 'closed' WHERE case_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER cases_spread_openness_to_bills AFTER UPDATE OF state ON cases_case FOR EACH ROW
    WHEN ((OLD.state = 'closed') <> (NEW.state = 'closed')) EXECUTE FUNCTION cases_spread_openness_to_bills();

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'walletdesk_app') THEN
        REVOKE DELETE, TRUNCATE ON cases_casebill FROM walletdesk_app;
    END IF;
END $$;
