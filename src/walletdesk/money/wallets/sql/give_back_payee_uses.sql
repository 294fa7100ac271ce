-- What came back on the day on which it was counted. The counters of these wallets are locked by sql/lock_counters.sql.
UPDATE wallets_payeeuse u
SET used_minor = greatest(0, u.used_minor - b.minor)
FROM (
    SELECT n.wallet_id, n.payee_id, n.day, sum(n.minor)::bigint AS minor
    FROM unnest(%s::uuid[], %s::uuid[], %s::date[], %s::bigint[]) AS n (wallet_id, payee_id, day, minor)
    GROUP BY n.wallet_id, n.payee_id, n.day
) AS b
WHERE (u.wallet_id, u.payee_id, u.day) = (b.wallet_id, b.payee_id, b.day)
