-- I2: each line has two different accounts of one asset and a positive amount, and belongs to an entry; each entry has
-- lines. No foreign key says so, therefore this does.
SELECT 'journal_line ' || l.id,
       CASE WHEN e.id IS NULL THEN '这一行不属于任何分录' WHEN d.id IS NULL OR c.id IS NULL THEN '这一行的账户不存在'
            WHEN d.asset <> c.asset THEN '这一行两边的货币不同' ELSE '这一行不成立' END,
       CASE WHEN e.id IS NULL THEN 'this line belongs to no entry'
            WHEN d.id IS NULL OR c.id IS NULL THEN 'this line names an account that does not exist'
            WHEN d.asset <> c.asset THEN 'this line has two assets' ELSE 'this line moves nothing' END
FROM journal_line l
LEFT JOIN journal_entry e ON e.id = l.entry_id
LEFT JOIN ledger_account d ON d.id = l.debit_id LEFT JOIN ledger_account c ON c.id = l.credit_id
WHERE e.id IS NULL OR d.id IS NULL OR c.id IS NULL OR d.asset <> c.asset OR l.amount <= 0 OR l.debit_id = l.credit_id
UNION ALL
SELECT 'journal_entry ' || e.id, '这笔分录没有行', 'this entry has no line'
FROM journal_entry e WHERE NOT EXISTS (SELECT FROM journal_line l WHERE l.entry_id = e.id)
ORDER BY 1
