-- A tester never becomes a person, nor a person a tester.
CREATE FUNCTION customers_tester_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'customer: whether somebody is a tester never changes' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER tester_stays_tester BEFORE UPDATE OF is_tester ON customers_customer
    FOR EACH ROW WHEN (NEW.is_tester <> OLD.is_tester) EXECUTE FUNCTION customers_tester_stays();
