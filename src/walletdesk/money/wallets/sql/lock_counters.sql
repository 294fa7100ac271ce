-- The counters of these wallets, locked in the order of their ids: two batches that share wallets can wait, never deadlock.
SELECT wallet_id, day, month, year, day_used, month_used, year_used, lifetime_used, incoming_minor, has_own_limits,
       has_payee_limits
FROM wallets_limitcounter
WHERE wallet_id = ANY(%s::uuid[])
ORDER BY wallet_id
FOR NO KEY UPDATE
