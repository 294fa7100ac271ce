-- I3: a stored balance equals the sum of its lines.
WITH moved AS (
    SELECT account, sum(debit) AS debits, sum(credit) AS credits
    FROM (SELECT debit_id AS account, amount AS debit, 0 AS credit FROM journal_line
          UNION ALL SELECT credit_id, 0, amount FROM journal_line) sides
    GROUP BY account
)
SELECT 'ledger_account ' || a.id,
       format('账上借 %s 贷 %s，分录合计借 %s 贷 %s', a.debits_posted, a.credits_posted, coalesce(m.debits, 0), coalesce(m.credits, 0)),
       format('it stores debits %s and credits %s; its lines say %s and %s', a.debits_posted, a.credits_posted,
              coalesce(m.debits, 0), coalesce(m.credits, 0))
FROM ledger_account a LEFT JOIN moved m ON m.account = a.id
WHERE a.debits_posted <> coalesce(m.debits, 0) OR a.credits_posted <> coalesce(m.credits, 0)
ORDER BY a.id
