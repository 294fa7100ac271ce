-- I8: posted rows never change. Every seal is computed again from the row as it stands now; the first row that differs
-- is the one that somebody touched. An entry is sealed together with its lines.
WITH lines AS (
    SELECT l.entry_id, string_agg(ledger_line_bytes(l.id, l.debit_id, l.credit_id, l.amount), '' ORDER BY l.id) AS bytes
    FROM journal_line l GROUP BY l.entry_id
), broken AS (
    SELECT 1 AS rank, e.id::text AS id, 'journal_entry' AS place, e.kind || ' ' || e.reference AS name
    FROM journal_entry e LEFT JOIN lines l ON l.entry_id = e.id
    WHERE e.seal <> ledger_entry_seal(e.id, e.kind, e.reference, e.reverses, e.refunds, e.captures, e.memo,
                                      e.posted_at, coalesce(l.bytes, ''))
    UNION ALL
    SELECT 2, h.id::text, 'funds_hold', h.reference FROM funds_hold h
    WHERE h.seal <> ledger_hold_seal(h.id, h.account_id, h.amount, h.reference, h.placed_at, h.expires_at)
    UNION ALL
    SELECT 3, r.hold_id::text, 'funds_hold_resolution', r.outcome FROM funds_hold_resolution r
    WHERE r.seal <> ledger_resolution_seal(r.hold_id, r.outcome, r.captured, r.entry, r.resolved_at)
    UNION ALL
    SELECT 4, a.id::text, 'ledger_account', a.kind || ' ' || a.asset || ' ' || a.owner FROM ledger_account a
    WHERE a.seal <> ledger_account_seal(a.id, a.kind, a.asset, a.owner, a.credit_normal, a.overdraft, a.frozen, a.opened_at)
)
SELECT place || ' ' || id,
       '这条记录（' || name || '）与封存时不同：有人改过它',
       'this record (' || name || ') is not what was sealed: somebody changed it'
FROM broken ORDER BY rank, id
