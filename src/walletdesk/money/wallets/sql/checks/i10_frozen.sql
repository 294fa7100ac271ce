-- I10: a frozen wallet has no outgoing leg after the freeze committed. When that was is read from the journal and not from a
-- clock, which can be put back: along one account the lines rise in the order in which they took effect, and the last of
-- them is read behind the lock that every posting takes.
SELECT 'journal_line ' || l.id,
       '钱包 ' || f.wallet_id || ' 冻结之后还有钱出去', 'money left the wallet ' || f.wallet_id || ' after it was frozen'
FROM wallets_walletfreeze f
JOIN wallets_wallet w ON w.id = f.wallet_id
JOIN journal_line l ON l.debit_id = w.ledger_account
WHERE f.mode IN ('debit', 'full') AND l.id > f.after_line AND (f.until_line IS NULL OR l.id <= f.until_line)
