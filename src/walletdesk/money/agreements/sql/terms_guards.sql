-- What a customer accepted, and when, stays as it was.
CREATE TRIGGER terms_accepted_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON agreements_termsacceptance
    FOR EACH STATEMENT EXECUTE FUNCTION agreements_stays();

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'walletdesk_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON agreements_termsacceptance FROM walletdesk_app;
    END IF;
END $$;
