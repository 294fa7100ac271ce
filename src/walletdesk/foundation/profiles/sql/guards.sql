-- A figure that held once has held: the application adds rows, it never rewrites them.
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'walletdesk_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON profiles_profile FROM walletdesk_app;
    END IF;
END $$;
