-- Recordings and choices are the history of what callers heard: nobody rewrites or removes them; only the first hearing of a take is noted.
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'walletdesk_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON prompts_prompttake, prompts_promptchoice FROM walletdesk_app;
        GRANT UPDATE (heard_at) ON prompts_prompttake TO walletdesk_app;
    END IF;
END $$;
