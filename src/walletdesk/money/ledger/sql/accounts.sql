-- Opening and freezing ledger accounts.

-- Answers one id per row asked for, in the order asked. An account that its owner has already is answered, not opened
-- again. An unknown kind or asset gives no row: the caller names it.
CREATE FUNCTION ledger_open_accounts(kinds text[], assets text[], owners text[])
RETURNS TABLE (ordinal integer, account_id bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    moment timestamptz := walletdesk_now();
BEGIN
    WITH wanted AS (
        SELECT DISTINCT w.kind, w.asset, w.owner FROM unnest(kinds, assets, owners) AS w (kind, asset, owner)
    ), opening AS (
        SELECT nextval(pg_get_serial_sequence('ledger_account', 'id')) AS id, w.*,
               k.credit_normal, CASE WHEN k.protected THEN 0 END::bigint AS overdraft
        FROM wanted w JOIN ledger_account_kind k ON k.name = w.kind JOIN ledger_asset s ON s.code = w.asset
        WHERE NOT EXISTS (
            SELECT FROM ledger_account a WHERE (a.owner, a.kind, a.asset) = (w.owner, w.kind, w.asset))
        ORDER BY w.owner, w.kind, w.asset
    )
    INSERT INTO ledger_account (id, kind, asset, owner, credit_normal, overdraft, frozen,
                                debits_pending, debits_posted, credits_pending, credits_posted, opened_at, seal)
    SELECT o.id, o.kind, o.asset, o.owner, o.credit_normal, o.overdraft, 'none', 0, 0, 0, 0, moment,
           ledger_account_seal(o.id, o.kind, o.asset, o.owner, o.credit_normal, o.overdraft, 'none', moment)
    FROM opening o
    ON CONFLICT (owner, kind, asset) DO NOTHING;

    RETURN QUERY
    SELECT w.ordinal::integer, a.id
    FROM unnest(kinds, assets, owners) WITH ORDINALITY AS w (kind, asset, owner, ordinal)
    JOIN ledger_account a ON (a.owner, a.kind, a.asset) = (w.owner, w.kind, w.asset);
END $$;

-- The flag stands on the account itself, so that the posting function meets it under the same lock as the counters:
-- once a freeze has committed, no batch that locks later can overlook it. Answers how many accounts there were.
CREATE FUNCTION ledger_set_freeze(accounts bigint[], mode text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    changed integer;
BEGIN
    PERFORM FROM ledger_account a WHERE a.id = ANY (accounts) ORDER BY a.id FOR NO KEY UPDATE;
    UPDATE ledger_account a
    SET frozen = mode,
        seal = ledger_account_seal(a.id, a.kind, a.asset, a.owner, a.credit_normal, a.overdraft, mode, a.opened_at)
    WHERE a.id = ANY (accounts);
    GET DIAGNOSTICS changed = ROW_COUNT;
    RETURN changed;
END $$;
