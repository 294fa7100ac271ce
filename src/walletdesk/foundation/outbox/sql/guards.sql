-- A fact that was told stays as it was told; the application may add facts and let go of old ones, never rewrite one.
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'walletdesk_app') THEN
        REVOKE UPDATE, TRUNCATE ON outbox_event FROM walletdesk_app;
    END IF;
END $$;
