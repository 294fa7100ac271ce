-- What came in stays as it came in; the bytes may be let go of, never rewritten.
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'walletdesk_app') THEN
        REVOKE UPDATE, TRUNCATE ON files_content FROM walletdesk_app;
        REVOKE UPDATE, TRUNCATE ON files_stored_file FROM walletdesk_app;
        GRANT UPDATE (state) ON files_stored_file TO walletdesk_app;
    END IF;
END $$;
