-- I1: per asset the sum of all balances is 0, in one snapshot.
SELECT 'ledger_asset ' || asset,
       format('所有余额之和是 %s，应为 0', sum(credits_posted - debits_posted)),
       format('the sum of all balances is %s instead of 0', sum(credits_posted - debits_posted))
FROM ledger_account GROUP BY asset HAVING sum(credits_posted - debits_posted) <> 0 ORDER BY asset
