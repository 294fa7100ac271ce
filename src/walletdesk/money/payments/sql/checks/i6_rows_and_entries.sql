-- I6: what was acknowledged exists in the books, and nothing stands there that nobody asked for. Each payment, top-up,
-- transfer and refund has its entry with the same sum between the right accounts, and each such entry that touches a
-- wallet has its row.
WITH asked AS (
    SELECT 'payment' AS kind, p.entry_id, p.receipt_number AS name, w.ledger_account AS debit, m.ledger_account AS credit,
           p.amount_minor AS amount
    FROM payments_payment p JOIN wallets_wallet w ON w.id = p.wallet_id JOIN merchants_merchant m ON m.id = p.merchant_id
    UNION ALL
    SELECT 'refund', r.entry_id, r.number, m.ledger_account, w.ledger_account, r.amount_minor
    FROM payments_paymentrefund r JOIN payments_payment p ON p.id = r.payment_id
    JOIN wallets_wallet w ON w.id = p.wallet_id JOIN merchants_merchant m ON m.id = p.merchant_id
    UNION ALL
    SELECT 'transfer', t.entry_id, t.number, f.ledger_account, o.ledger_account, t.amount_minor
    FROM payments_persontransfer t
    JOIN wallets_wallet f ON f.customer_id = t.from_customer_id AND f.asset_code = t.asset_code
    JOIN wallets_wallet o ON o.customer_id = t.to_customer_id AND o.asset_code = t.asset_code
    UNION ALL
    SELECT 'top_up', u.entry_id, u.number, NULL, w.ledger_account, u.amount_minor
    FROM payments_topup u JOIN wallets_wallet w ON w.id = u.wallet_id WHERE u.state = 'done'
)
SELECT a.kind || ' ' || a.name, '已答应的这一笔在账本里没有，或数目不同', 'acknowledged, and not in the books with this sum'
FROM asked a
WHERE NOT EXISTS (
    SELECT FROM journal_entry e JOIN journal_line l ON l.entry_id = e.id
    WHERE e.id = a.entry_id AND e.kind = a.kind AND l.amount = a.amount AND l.credit_id = a.credit
      AND (a.debit IS NULL OR l.debit_id = a.debit))
UNION ALL
SELECT 'journal_entry ' || e.id, '账本里有一笔没有人要求的 ' || e.kind, 'an entry of kind ' || e.kind || ' that nobody asked for'
FROM journal_entry e
WHERE e.kind IN ('payment', 'refund', 'transfer', 'top_up')
  AND EXISTS (SELECT FROM journal_line l JOIN wallets_wallet w ON w.ledger_account IN (l.debit_id, l.credit_id)
              WHERE l.entry_id = e.id)
  AND NOT EXISTS (SELECT FROM asked a WHERE a.entry_id = e.id AND a.kind = e.kind)
