-- What these wallets paid these payees, each in the day that its row names. Their counters are locked by sql/lock_counters.sql.
SELECT u.wallet_id, u.payee_id, u.day, u.used_minor
FROM unnest(%s::uuid[], %s::uuid[]) AS w (wallet_id, payee_id)
JOIN wallets_payeeuse u ON u.wallet_id = w.wallet_id AND u.payee_id = w.payee_id
