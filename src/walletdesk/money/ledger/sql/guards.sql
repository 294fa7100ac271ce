-- Posted rows never change (I8): refused by trigger, for the owner of the tables too, and by privilege for the
-- application, which reads the books and posts through the functions alone.

CREATE FUNCTION ledger_never() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % never change: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation', HINT = 'Post a reversal instead.';
END $$;

CREATE TRIGGER journal_entry_never_changes BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_never();
CREATE TRIGGER journal_line_never_changes BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_line
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_never();
CREATE TRIGGER funds_hold_resolution_never_changes BEFORE UPDATE OR DELETE OR TRUNCATE ON funds_hold_resolution
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_never();
CREATE TRIGGER funds_hold_never_goes BEFORE DELETE OR TRUNCATE ON funds_hold
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_never();
CREATE TRIGGER funds_hold_never_changes BEFORE UPDATE OF id, account_id, amount, reference, placed_at, expires_at, seal
    ON funds_hold FOR EACH STATEMENT EXECUTE FUNCTION ledger_never();
CREATE TRIGGER funds_hold_opens_once BEFORE UPDATE OF open ON funds_hold
    FOR EACH ROW WHEN (NEW.open) EXECUTE FUNCTION ledger_never();
-- By column, so that the counters, which move with every posting, pay nothing for it.
CREATE TRIGGER ledger_account_never_changes BEFORE UPDATE OF id, kind, asset, owner, credit_normal, opened_at
    ON ledger_account FOR EACH STATEMENT EXECUTE FUNCTION ledger_never();
CREATE TRIGGER ledger_account_never_goes BEFORE DELETE OR TRUNCATE ON ledger_account
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_never();
CREATE TRIGGER ledger_asset_never_changes BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_asset
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_never();

-- Half of each page stays free, so that counters are updated within their page and no index grows (HOT).
ALTER TABLE ledger_account SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);

REVOKE ALL ON FUNCTION ledger_open_accounts, ledger_set_freeze, ledger_post, ledger_place_holds,
    ledger_end_holds, ledger_give_back_holds, ledger_expire_holds FROM PUBLIC;
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'walletdesk_app') THEN
        REVOKE ALL ON ledger_asset, ledger_account_kind, ledger_account, journal_entry, journal_line, funds_hold,
            funds_hold_resolution FROM walletdesk_app;
        REVOKE ALL ON SEQUENCE ledger_account_id_seq, journal_line_id_seq FROM walletdesk_app;
        GRANT SELECT ON ledger_asset, ledger_account_kind, ledger_account, journal_entry, journal_line, funds_hold,
            funds_hold_resolution TO walletdesk_app;
        GRANT INSERT ON ledger_asset TO walletdesk_app;
        GRANT SELECT ON SEQUENCE journal_line_id_seq TO walletdesk_app;  -- the checker reads how far it is
        GRANT EXECUTE ON FUNCTION ledger_open_accounts, ledger_set_freeze, ledger_post, ledger_place_holds,
            ledger_give_back_holds, ledger_expire_holds TO walletdesk_app;
    END IF;
END $$;
