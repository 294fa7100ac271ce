-- I8: the guards themselves stand: each trigger present and enabled, and the application's role without any privilege to
-- write. Somebody who wants to change a posted row must first remove one of these.
WITH guard (tab, trig) AS (
    VALUES ('journal_entry', 'journal_entry_never_changes'), ('journal_line', 'journal_line_never_changes'),
           ('funds_hold', 'funds_hold_never_changes'), ('funds_hold', 'funds_hold_never_goes'),
           ('funds_hold', 'funds_hold_opens_once'), ('funds_hold_resolution', 'funds_hold_resolution_never_changes'),
           ('ledger_account', 'ledger_account_never_changes'), ('ledger_account', 'ledger_account_never_goes'),
           ('ledger_asset', 'ledger_asset_never_changes')
)
SELECT 'trigger ' || g.trig || ' on ' || g.tab, '守卫触发器不在或被关闭', 'the guarding trigger is missing or switched off'
FROM guard g
WHERE NOT EXISTS (SELECT FROM pg_trigger t
                  WHERE t.tgrelid = g.tab::regclass AND t.tgname = g.trig AND t.tgenabled IN ('O', 'A'))
UNION ALL
SELECT 'privilege ' || p.privilege || ' on ' || g.tab, '应用角色可以改账', 'the application''s role could change the books'
FROM (SELECT DISTINCT tab FROM guard) g
CROSS JOIN (VALUES ('INSERT'), ('UPDATE'), ('DELETE'), ('TRUNCATE')) AS p (privilege)
JOIN pg_roles r ON r.rolname = 'walletdesk_app'
WHERE has_table_privilege(r.oid, g.tab, p.privilege) AND NOT (g.tab = 'ledger_asset' AND p.privilege = 'INSERT')
ORDER BY 1
