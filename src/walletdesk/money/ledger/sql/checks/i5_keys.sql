-- I5: one business key gives exactly one journal entry; what was reversed was reversed once, and no link leads nowhere.
-- The unique indexes that judge this are looked at too: an index that is not valid judges nothing.
SELECT 'journal_entry ' || min(id::text), '业务编号 ' || kind || ' ' || reference || ' 有 ' || count(*) || ' 笔分录',
       'the key ' || kind || ' ' || reference || ' has ' || count(*) || ' entries'
FROM journal_entry GROUP BY kind, reference HAVING count(*) > 1
UNION ALL
SELECT 'journal_entry ' || e.id, '冲正或退款所指的分录不成立', 'what this entry reverses or refunds does not stand'
FROM journal_entry e LEFT JOIN journal_entry o ON o.id = coalesce(e.reverses, e.refunds)
WHERE coalesce(e.reverses, e.refunds) IS NOT NULL
  AND (o.id IS NULL OR o.reverses IS NOT NULL OR o.refunds IS NOT NULL OR num_nonnulls(e.reverses, e.refunds) = 2)
UNION ALL
SELECT 'journal_entry ' || min(id::text), '同一笔分录被冲正了 ' || count(*) || ' 次', 'its original was reversed ' || count(*) || ' times'
FROM journal_entry WHERE reverses IS NOT NULL GROUP BY reverses HAVING count(*) > 1
UNION ALL
SELECT 'index ' || i.name, '判断唯一性的索引不在或无效', 'the index that judges uniqueness is missing or not valid'
FROM (VALUES ('journal_entry_pkey'), ('journal_entry_key_once'), ('journal_entry_reversed_once'),
             ('funds_hold_resolution_pkey'), ('funds_hold_reference_key')) AS i (name)
WHERE NOT EXISTS (SELECT FROM pg_index x WHERE x.indexrelid = to_regclass(i.name) AND x.indisunique AND x.indisvalid)
ORDER BY 1
