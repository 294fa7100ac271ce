-- No counter is negative, none belongs to another wallet, none goes; a limit that somebody set is only ever ended, once.
ALTER TABLE wallets_limitcounter ADD CONSTRAINT sums_not_negative CHECK (
    0 <= ALL (day_used) AND 0 <= ALL (month_used) AND 0 <= ALL (year_used) AND 0 <= ALL (lifetime_used));
ALTER TABLE wallets_limitcounter SET (fillfactor = 70);

CREATE TRIGGER counter_keeps_its_wallet BEFORE UPDATE OF wallet_id ON wallets_limitcounter
    FOR EACH STATEMENT EXECUTE FUNCTION wallets_stays();
CREATE TRIGGER counter_never_goes BEFORE DELETE OR TRUNCATE ON wallets_limitcounter
    FOR EACH STATEMENT EXECUTE FUNCTION wallets_stays();
CREATE TRIGGER own_limit_stays BEFORE UPDATE OF id, wallet_id, "group", "window", minor, asked_at, holds_from ON wallets_ownlimit
    FOR EACH STATEMENT EXECUTE FUNCTION wallets_stays();
CREATE TRIGGER own_limit_never_goes BEFORE DELETE OR TRUNCATE ON wallets_ownlimit
    FOR EACH STATEMENT EXECUTE FUNCTION wallets_stays();
CREATE TRIGGER own_limit_ends_once BEFORE UPDATE ON wallets_ownlimit
    FOR EACH ROW WHEN (OLD.ended_at IS NOT NULL) EXECUTE FUNCTION wallets_stays();

-- A raise never holds at once, whoever writes it: what held when it was asked is compared, also if it was just ended.
CREATE FUNCTION wallets_raise_waits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    held bigint;
BEGIN
    SELECT o.minor INTO held FROM wallets_ownlimit o
    WHERE (o.wallet_id, o."group", o."window") = (NEW.wallet_id, NEW."group", NEW."window")
      AND o.holds_from <= NEW.asked_at AND (o.ended_at IS NULL OR o.ended_at >= NEW.asked_at)
    ORDER BY o.holds_from DESC, o.id DESC LIMIT 1;
    IF held IS NOT NULL AND (NEW.minor IS NULL OR NEW.minor > held) AND NEW.holds_from <= NEW.asked_at THEN
        RAISE EXCEPTION 'own limit: a raise waits' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER own_limit_raise_waits BEFORE INSERT ON wallets_ownlimit
    FOR EACH ROW EXECUTE FUNCTION wallets_raise_waits();

-- Every wallet has its counter from its first moment on, however it was opened.
CREATE FUNCTION wallets_counter_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO wallets_limitcounter (wallet_id, day_used, month_used, year_used, lifetime_used, incoming_minor, has_own_limits)
    SELECT w.id, '{}', '{}', '{}', '{}', 0, false FROM opened w;
    RETURN NULL;
END $$;
CREATE TRIGGER counter_begins AFTER INSERT ON wallets_wallet
    REFERENCING NEW TABLE AS opened FOR EACH STATEMENT EXECUTE FUNCTION wallets_counter_begins();

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'walletdesk_app') THEN
        REVOKE DELETE, TRUNCATE ON wallets_limitcounter, wallets_ownlimit FROM walletdesk_app;
    END IF;
END $$;
