-- Whose twin a shop is never changes, and a twin has none of its own: play money stays with play money.
CREATE FUNCTION merchants_twin_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % never change: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER test_twin_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON merchants_testtwin
    FOR EACH STATEMENT EXECUTE FUNCTION merchants_twin_stays();

CREATE FUNCTION merchants_twin_is_fit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM merchants_testtwin t WHERE t.twin_id = NEW.merchant_id OR t.merchant_id = NEW.twin_id)
       OR NOT EXISTS (SELECT FROM merchants_merchant m WHERE m.id = NEW.twin_id AND m.asset_code = 'XTS') THEN
        RAISE EXCEPTION 'merchant %: a twin is another shop, in play money, without a twin', NEW.merchant_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER test_twin_is_fit BEFORE INSERT ON merchants_testtwin FOR EACH ROW EXECUTE FUNCTION merchants_twin_is_fit();

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'walletdesk_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON merchants_testtwin FROM walletdesk_app;
    END IF;
END $$;
