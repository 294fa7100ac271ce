-- What the database itself holds about customers, whoever asks: nobody is renumbered, re-homed to another sign-in, or
-- deleted; a PIN disappears by no path.
CREATE FUNCTION customers_keep_identity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.id, NEW.user_id, NEW.serial, NEW.created_at)
                         IS NOT DISTINCT FROM (OLD.id, OLD.user_id, OLD.serial, OLD.created_at) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'customer: number, sign-in and beginning never change' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER customers_keep_identity BEFORE UPDATE OR DELETE ON customers_customer
    FOR EACH ROW EXECUTE FUNCTION customers_keep_identity();

-- The counter of a PIN moves by one, or back to nothing; so no statement hands out more tries by setting it.
CREATE FUNCTION customers_count_tries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.customer_id = OLD.customer_id AND NEW.wrong_tries IN (0, 1, OLD.wrong_tries, OLD.wrong_tries + 1) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'payment pin: tries are counted one by one' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER customers_count_tries BEFORE UPDATE ON customers_paymentpin
    FOR EACH ROW EXECUTE FUNCTION customers_count_tries();

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'walletdesk_app') THEN
        REVOKE DELETE, TRUNCATE ON customers_customer, customers_paymentpin FROM walletdesk_app;
    END IF;
END $$;
