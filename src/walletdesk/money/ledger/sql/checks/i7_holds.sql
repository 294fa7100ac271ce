-- I7, as far as it is about holds: a hold ends once; what was captured is at most what was held, equals what its entry
-- took from the held account, and the entry knows the hold.
SELECT 'funds_hold ' || h.id,
       CASE WHEN h.open = (r.hold_id IS NOT NULL) THEN '它的状态与结局不符'
            WHEN r.captured > h.amount THEN format('扣了 %s，多于冻结的 %s', r.captured, h.amount)
            ELSE '它的扣款与分录不符' END,
       CASE WHEN h.open = (r.hold_id IS NOT NULL) THEN 'it is open and ended, or neither'
            WHEN r.captured > h.amount THEN format('captured %s of a hold of %s', r.captured, h.amount)
            ELSE 'what was captured is not what its entry took' END
FROM funds_hold h
LEFT JOIN funds_hold_resolution r ON r.hold_id = h.id
LEFT JOIN ledger_account a ON a.id = h.account_id
LEFT JOIN journal_entry e ON e.id = r.entry
WHERE h.open = (r.hold_id IS NOT NULL) OR r.captured > h.amount
   OR (r.outcome = 'captured' AND (
       e.captures IS DISTINCT FROM h.id
       OR r.captured <> (SELECT sum(l.amount) FROM journal_line l
                         WHERE l.entry_id = e.id
                           AND h.account_id = CASE WHEN a.credit_normal THEN l.debit_id ELSE l.credit_id END)))
UNION ALL
SELECT 'journal_entry ' || e.id, '它所扣的冻结没有这样结束', 'the hold that it captures did not end that way'
FROM journal_entry e LEFT JOIN funds_hold_resolution r ON r.entry = e.id
WHERE e.captures IS NOT NULL AND (r.hold_id IS DISTINCT FROM e.captures)
ORDER BY 1
