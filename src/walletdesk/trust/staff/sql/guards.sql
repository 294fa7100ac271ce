-- An employee number names one person for ever: it stands in summaries, audit rows and customers' hands.
CREATE FUNCTION staff_keep_identity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.id, NEW.user_id, NEW.employee_number)
                         IS NOT DISTINCT FROM (OLD.id, OLD.user_id, OLD.employee_number) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'employee: number and sign-in never change' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER staff_keep_identity BEFORE UPDATE OR DELETE ON staff_employee
    FOR EACH ROW EXECUTE FUNCTION staff_keep_identity();

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'walletdesk_app') THEN
        REVOKE DELETE, TRUNCATE ON staff_employee, staff_team FROM walletdesk_app;
    END IF;
END $$;
