-- The counters as they are after this transaction's uses. The rows are locked by sql/lock_counters.sql.
UPDATE wallets_limitcounter c
SET day = n.day, month = n.month, year = n.year, day_used = n.day_used, month_used = n.month_used,
    year_used = n.year_used, lifetime_used = n.lifetime_used, incoming_minor = n.incoming_minor
FROM jsonb_populate_recordset(NULL::wallets_limitcounter, %(rows)s::jsonb) n
WHERE c.wallet_id = n.wallet_id
