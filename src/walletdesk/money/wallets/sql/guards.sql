-- A wallet keeps its owner, its asset and its account; the record of a freeze is only ever closed.
CREATE FUNCTION wallets_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % never change: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER wallet_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON wallets_wallet
    FOR EACH STATEMENT EXECUTE FUNCTION wallets_stays();
CREATE TRIGGER freeze_stays BEFORE UPDATE OF id, wallet_id, mode, reason, actor, frozen_at ON wallets_walletfreeze
    FOR EACH STATEMENT EXECUTE FUNCTION wallets_stays();
CREATE TRIGGER freeze_never_goes BEFORE DELETE OR TRUNCATE ON wallets_walletfreeze
    FOR EACH STATEMENT EXECUTE FUNCTION wallets_stays();
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'walletdesk_app') THEN
        REVOKE DELETE, TRUNCATE ON wallets_wallet, wallets_walletfreeze FROM walletdesk_app;
    END IF;
END $$;
