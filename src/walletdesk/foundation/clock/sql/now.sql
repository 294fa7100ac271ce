-- Asked several times in every payment: while nobody simulates anything it is one comparison, no statement and no change of role.
CREATE OR REPLACE FUNCTION walletdesk_now() RETURNS timestamptz LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF coalesce(current_setting('walletdesk.now', true), '') = '' THEN
        RETURN clock_timestamp();
    END IF;
    RETURN public.walletdesk_simulated_now();
END $$;

-- The moment that somebody set, if the owner of the database lets it count; else the clock's.
CREATE OR REPLACE FUNCTION walletdesk_simulated_now() RETURNS timestamptz
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT allowed FROM public.clock_simulation) THEN
        RETURN current_setting('walletdesk.now')::timestamptz;
    END IF;
    RETURN clock_timestamp();
END $$;
