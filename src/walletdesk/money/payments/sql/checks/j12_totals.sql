-- J12: what a customer's activity adds up to is the posted balance of the wallet, to the cent.
WITH told AS (
    SELECT customer_id, asset_code, sum(amount_minor) AS total FROM payments_activity WHERE counts
    GROUP BY customer_id, asset_code
)
SELECT 'wallet ' || w.id,
       format('账单合计 %s，账本余额 %s', coalesce(t.total, 0), a.credits_posted - a.debits_posted),
       format('its activity adds up to %s, the books say %s', coalesce(t.total, 0), a.credits_posted - a.debits_posted)
FROM wallets_wallet w JOIN ledger_account a ON a.id = w.ledger_account
LEFT JOIN told t ON t.customer_id = w.customer_id AND t.asset_code = w.asset_code
WHERE coalesce(t.total, 0) <> a.credits_posted - a.debits_posted
