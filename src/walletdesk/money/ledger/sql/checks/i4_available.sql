-- I4: available = posted balance − funds holds, never below 0 − agreed overdraft; and what an account shows as pending is
-- exactly the sum of its open holds, on the side on which it gives.
WITH held AS (SELECT account_id, sum(amount) AS amount FROM funds_hold WHERE open GROUP BY account_id)
SELECT 'ledger_account ' || a.id,
       CASE WHEN a.available < -a.overdraft THEN format('可用余额 %s 低于允许的 %s', a.available, -a.overdraft)
            ELSE format('冻结资金应为 %s，账上为 %s', a.held, a.pending) END,
       CASE WHEN a.available < -a.overdraft THEN format('available is %s, below the agreed %s', a.available, -a.overdraft)
            ELSE format('its open holds are %s, it stores %s', a.held, a.pending) END
FROM (SELECT a.id, a.overdraft, coalesce(h.amount, 0) AS held,
             CASE WHEN a.credit_normal THEN a.debits_pending ELSE a.credits_pending END AS pending,
             CASE WHEN a.credit_normal THEN a.credits_pending ELSE a.debits_pending END AS other_side,
             CASE WHEN a.credit_normal THEN a.credits_posted - a.debits_posted - a.debits_pending
                  ELSE a.debits_posted - a.credits_posted - a.credits_pending END AS available
      FROM ledger_account a LEFT JOIN held h ON h.account_id = a.id) a
WHERE a.available < -a.overdraft OR a.pending <> a.held OR a.other_side <> 0
ORDER BY a.id
