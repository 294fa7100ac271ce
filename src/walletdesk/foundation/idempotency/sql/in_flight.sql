-- The route under which somebody's uncommitted transaction holds the key, or nothing. What is not committed cannot be read, but
-- the unique index knows it: to put the same row there would wait for that transaction. Each route is tried with little patience
-- and taken back at once, so that whoever claims the key meanwhile hardly waits and never for long enough to be told "in flight".
CREATE FUNCTION key_in_flight(of_caller text, of_routes text[], of_key text) RETURNS text
LANGUAGE plpgsql SET lock_timeout = '20ms' AS $$
DECLARE
    one text;
    waited_for text;
BEGIN
    FOREACH one IN ARRAY of_routes LOOP
        BEGIN
            INSERT INTO idempotency_key (caller, route, key, fingerprint, body, created_at)
            VALUES (of_caller, one, of_key, '', '', walletdesk_now()) ON CONFLICT DO NOTHING;
            RAISE EXCEPTION 'taken back' USING ERRCODE = 'WD001';
        EXCEPTION
            WHEN lock_not_available THEN
                GET STACKED DIAGNOSTICS waited_for = PG_EXCEPTION_CONTEXT;
                IF waited_for ~ '\(\d+,\d+\)' THEN
                    RETURN one;  -- a twin's row; another wait is for the table to grow (see claim_keys), and says nothing
                END IF;
            WHEN SQLSTATE 'WD001' THEN NULL;
        END;
    END LOOP;
    RETURN NULL;
END $$;
