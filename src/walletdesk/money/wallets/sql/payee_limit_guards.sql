-- A limit of what goes to one payee is guarded as the others are: only ever ended, never raised at once.
CREATE OR REPLACE TRIGGER own_limit_stays
    BEFORE UPDATE OF id, wallet_id, "group", "window", payee_id, minor, asked_at, holds_from ON wallets_ownlimit
    FOR EACH STATEMENT EXECUTE FUNCTION wallets_stays();

CREATE OR REPLACE FUNCTION wallets_raise_waits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    held bigint;
BEGIN
    SELECT o.minor INTO held FROM wallets_ownlimit o
    WHERE (o.wallet_id, o."group", o."window") = (NEW.wallet_id, NEW."group", NEW."window")
      AND o.payee_id IS NOT DISTINCT FROM NEW.payee_id
      AND o.holds_from <= NEW.asked_at AND (o.ended_at IS NULL OR o.ended_at >= NEW.asked_at)
    ORDER BY o.holds_from DESC, o.id DESC LIMIT 1;
    IF held IS NOT NULL AND (NEW.minor IS NULL OR NEW.minor > held) AND NEW.holds_from <= NEW.asked_at THEN
        RAISE EXCEPTION 'own limit: a raise waits' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- What went to a payee belongs to its wallet and payee for ever, and no day comes back.
CREATE TRIGGER payee_use_stays BEFORE UPDATE OF id, wallet_id, payee_id ON wallets_payeeuse
    FOR EACH STATEMENT EXECUTE FUNCTION wallets_stays();
CREATE TRIGGER payee_use_never_goes BEFORE DELETE OR TRUNCATE ON wallets_payeeuse
    FOR EACH STATEMENT EXECUTE FUNCTION wallets_stays();
CREATE TRIGGER payee_use_goes_on BEFORE UPDATE ON wallets_payeeuse
    FOR EACH ROW WHEN (NEW.day < OLD.day) EXECUTE FUNCTION wallets_stays();

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'walletdesk_app') THEN
        REVOKE DELETE, TRUNCATE ON wallets_payeeuse FROM walletdesk_app;
    END IF;
END $$;
