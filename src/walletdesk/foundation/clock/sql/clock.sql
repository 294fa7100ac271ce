-- The books' time. A simulated moment counts only while the owner of the database allows it (the demo's past, tests):
-- the application's role may set walletdesk.now, but cannot make anybody believe it.
CREATE TABLE clock_simulation (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    allowed  boolean NOT NULL
);
INSERT INTO clock_simulation (allowed) VALUES (false);

CREATE FUNCTION walletdesk_now() RETURNS timestamptz
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF coalesce(current_setting('walletdesk.now', true), '') <> ''
       AND (SELECT allowed FROM public.clock_simulation) THEN
        RETURN current_setting('walletdesk.now')::timestamptz;
    END IF;
    RETURN clock_timestamp();
END $$;
