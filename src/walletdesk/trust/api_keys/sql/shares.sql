-- One count of how often somebody may ask, for all processes of the house: a bucket of tokens each, of which a process takes a
-- share and spends it without asking. A share counts as taken until its process says what it still has of it, or until its time is
-- over: then it is worth nothing there and counts for nothing here. So what is in the bucket and what is out in shares is never
-- more than the quota. Nothing of it survives a crash of PostgreSQL (UNLOGGED): a limit may begin anew, a payment may not wait.
CREATE UNLOGGED TABLE api_quota (
    name text NOT NULL,
    who text NOT NULL,
    tokens double precision NOT NULL,
    filled_at timestamptz NOT NULL,
    shares jsonb NOT NULL DEFAULT '{}',
    PRIMARY KEY (name, who)
) WITH (fillfactor = 50);

-- For each who: what this process still has of its share, and how much more it wants. Answers what it got and what is left. The
-- machine's clock counts here, not the house's: a simulated day is no reason to ask more often.
CREATE FUNCTION take_shares(
    process text, of_name text, quota integer, seconds integer, lease interval, whos text[], kept integer[], wanted integer[]
) RETURNS TABLE (asked text, got integer, still double precision) LANGUAGE plpgsql AS $$
DECLARE
    one record;
    bucket record;
    moment timestamptz;
    others double precision;
BEGIN
    FOR one IN SELECT a.who, a.kept, a.wanted FROM unnest(whos, kept, wanted) AS a (who, kept, wanted) ORDER BY a.who LOOP
        INSERT INTO api_quota (name, who, tokens, filled_at) VALUES (of_name, one.who, quota, clock_timestamp())
        ON CONFLICT DO NOTHING;
        SELECT q.tokens, q.filled_at, q.shares INTO bucket FROM api_quota q
        WHERE q.name = of_name AND q.who = one.who FOR UPDATE;
        moment := clock_timestamp();
        SELECT coalesce(jsonb_object_agg(key, value), '{}'),
               coalesce(sum((value ->> 0)::double precision) FILTER (WHERE key <> process), 0)
        INTO bucket.shares, others
        FROM jsonb_each(bucket.shares) WHERE (value ->> 1)::double precision > extract(epoch FROM moment);
        still := least(bucket.tokens + extract(epoch FROM moment - bucket.filled_at) * quota / seconds,
                       quota - others - one.kept);
        still := greatest(0, still);
        got := least(one.wanted, floor(still));
        still := still - got;
        UPDATE api_quota q SET tokens = still, filled_at = moment, shares = bucket.shares || jsonb_build_object(
            process, jsonb_build_array(one.kept + got, extract(epoch FROM moment + lease)))
        WHERE q.name = of_name AND q.who = one.who;
        asked := one.who;
        RETURN NEXT;
    END LOOP;
END $$;
