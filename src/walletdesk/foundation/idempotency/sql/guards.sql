-- Claim a batch of keys. Nothing comes back when all of them are fresh, which is the daily case; otherwise one row for each
-- claim, in order: fresh, replay, other_body or in_flight.
--
-- The unique index decides. An INSERT that meets a twin's uncommitted row waits for that transaction: at most 150 ms, then
-- the twin is "in flight". Most twins finish within that time, and the waiting one can answer with a replay. Keys are
-- inserted in one order by everybody, so batches wait for each other and never in a circle. Advisory locks would not wait
-- at all, but a batch of thousands would fill the server's lock table.
--
-- Not every wait is a wait for a twin: a crowd queues for the right to make the table longer, too. Who waits for a twin is
-- told its place, "(page,item)", in whatever language the server speaks; who waits for anything else tries again, up to 5 s.
CREATE FUNCTION claim_keys(callers text[], routes text[], keys text[], fingerprints text[])
RETURNS TABLE (place bigint, state text, first_status smallint, first_body text)
LANGUAGE plpgsql SET lock_timeout = '150ms' AS $$
#variable_conflict use_column
DECLARE
    moment CONSTANT timestamptz := walletdesk_now();
    fresh bigint[] := '{}';
    new_id bigint;
    one record;
    waited_for text;
    no_longer_than CONSTANT timestamptz := clock_timestamp() + interval '5 s';
BEGIN
    BEGIN
        WITH asked AS (
            SELECT DISTINCT ON (caller, route, key) caller, route, key, fingerprint
            FROM unnest(callers, routes, keys, fingerprints) WITH ORDINALITY AS a (caller, route, key, fingerprint, place)
            ORDER BY caller, route, key, place
        ), put AS (
            INSERT INTO idempotency_key (caller, route, key, fingerprint, body, created_at)
            SELECT caller, route, key, fingerprint, '', moment FROM asked ORDER BY caller, route, key
            ON CONFLICT DO NOTHING RETURNING id
        )
        SELECT coalesce(array_agg(id), '{}') INTO fresh FROM put;
    EXCEPTION WHEN lock_not_available THEN
        -- Rare: somebody holds one of the keys. One by one, each with little patience, so that the neighbours are served.
        fresh := '{}';
        PERFORM set_config('lock_timeout', '10ms', true);
        FOR one IN
            SELECT DISTINCT ON (caller, route, key) caller, route, key, fingerprint
            FROM unnest(callers, routes, keys, fingerprints) WITH ORDINALITY AS a (caller, route, key, fingerprint, place)
            ORDER BY caller, route, key, place
        LOOP
            LOOP
                BEGIN
                    INSERT INTO idempotency_key (caller, route, key, fingerprint, body, created_at)
                    VALUES (one.caller, one.route, one.key, one.fingerprint, '', moment)
                    ON CONFLICT DO NOTHING RETURNING id INTO new_id;
                    IF FOUND THEN
                        fresh := fresh || new_id;
                    END IF;
                    EXIT;
                EXCEPTION WHEN lock_not_available THEN
                    GET STACKED DIAGNOSTICS waited_for = PG_EXCEPTION_CONTEXT;
                    EXIT WHEN waited_for ~ '\(\d+,\d+\)';  -- a twin's row, which will not be visible below: in flight
                    IF clock_timestamp() > no_longer_than THEN
                        RAISE;
                    END IF;
                END;
            END LOOP;
        END LOOP;
    END;
    IF cardinality(fresh) = cardinality(keys) THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT a.place,
           CASE WHEN k.id IS NULL THEN 'in_flight'
                WHEN k.fingerprint <> a.fingerprint THEN 'other_body'
                WHEN k.status IS NOT NULL THEN 'replay'
                WHEN k.id = ANY (fresh)
                     AND row_number() OVER (PARTITION BY k.id ORDER BY a.place) = 1 THEN 'fresh'
                ELSE 'in_flight'
           END,
           k.status, k.body
    FROM unnest(callers, routes, keys, fingerprints) WITH ORDINALITY AS a (caller, route, key, fingerprint, place)
    LEFT JOIN idempotency_key AS k USING (caller, route, key)
    ORDER BY a.place;
END $$;

-- A first answer is the answer for ever.
CREATE FUNCTION keep_first_answer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the first answer to key % stays as it is', OLD.key USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER keep_first_answer BEFORE UPDATE ON idempotency_key
    FOR EACH ROW WHEN (OLD.status IS NOT NULL) EXECUTE FUNCTION keep_first_answer();

-- A key without an answer would block its caller for a week: whoever claims it stores an answer or releases it.
CREATE FUNCTION claimed_key_is_answered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM idempotency_key WHERE id = NEW.id AND status IS NULL) THEN
        RAISE EXCEPTION 'key % of % was claimed, but neither answered nor released before commit', NEW.key, NEW.route
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER claimed_key_is_answered AFTER INSERT ON idempotency_key
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.status IS NULL) EXECUTE FUNCTION claimed_key_is_answered();

-- Four fifths of each page stay free, so that the answer, four times as long, is written beside its claim and no index grows (HOT).
ALTER TABLE idempotency_key SET (fillfactor = 20);
