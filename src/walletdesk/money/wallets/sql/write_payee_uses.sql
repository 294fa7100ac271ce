-- What they have paid them after this transaction's uses. Their counters are locked by sql/lock_counters.sql.
INSERT INTO wallets_payeeuse (wallet_id, payee_id, day, used_minor)
SELECT n.wallet_id, n.payee_id, n.day, n.used_minor
FROM unnest(%s::uuid[], %s::uuid[], %s::date[], %s::bigint[]) AS n (wallet_id, payee_id, day, used_minor)
ON CONFLICT (wallet_id, payee_id) DO UPDATE SET day = excluded.day, used_minor = excluded.used_minor
