-- I10: a frozen wallet has no outgoing leg after the freeze committed. The freeze's moment is taken behind the lock that
-- every posting takes; a posting's own moment is when it began, so one that waited for the lifting of a freeze may carry
-- a moment shortly before it: the last second of a lifted freeze is left out.
SELECT 'journal_line ' || l.id,
       '钱包 ' || f.wallet_id || ' 冻结之后还有钱出去', 'money left the wallet ' || f.wallet_id || ' after it was frozen'
FROM wallets_walletfreeze f
JOIN wallets_wallet w ON w.id = f.wallet_id
JOIN journal_line l ON l.debit_id = w.ledger_account
JOIN journal_entry e ON e.id = l.entry_id
WHERE f.mode IN ('debit', 'full') AND e.posted_at > f.frozen_at
  AND (f.lifted_at IS NULL OR e.posted_at < f.lifted_at - interval '1 second')
