-- A tier moves only along its record, and the record only grows: who may move how much can always be explained.
CREATE FUNCTION customers_tier_is_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT (t.before, t.after) FROM customers_tierchange t WHERE t.customer_id = NEW.id ORDER BY t.id DESC LIMIT 1)
       IS DISTINCT FROM (OLD.tier, NEW.tier) THEN
        RAISE EXCEPTION 'customer: a tier changes with its record' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER customers_tier_is_told BEFORE UPDATE OF tier ON customers_customer
    FOR EACH ROW WHEN (NEW.tier <> OLD.tier) EXECUTE FUNCTION customers_tier_is_told();

CREATE FUNCTION customers_tier_record_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % never change: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER customers_tier_record_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON customers_tierchange
    FOR EACH STATEMENT EXECUTE FUNCTION customers_tier_record_stays();

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'walletdesk_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON customers_tierchange FROM walletdesk_app;
    END IF;
END $$;
