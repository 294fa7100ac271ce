-- The counters as they are after this transaction's uses. The rows are locked by sql/lock_counters.sql.
UPDATE wallets_limitcounter c
SET day = n.day, month = n.month, year = n.year, day_used = n.day_used::bigint[], month_used = n.month_used::bigint[],
    year_used = n.year_used::bigint[], lifetime_used = n.lifetime_used::bigint[], incoming_minor = n.incoming_minor
FROM unnest(%s::uuid[], %s::date[], %s::date[], %s::date[], %s::text[], %s::text[], %s::text[], %s::text[], %s::bigint[])
    AS n (wallet_id, day, month, year, day_used, month_used, year_used, lifetime_used, incoming_minor)
WHERE c.wallet_id = n.wallet_id
