-- A pass is used once and never changed back; what was handed over stays on record.
CREATE FUNCTION staff_keep_pass() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.used_at IS NULL AND OLD.ended_at IS NULL AND NEW.wrong_tries >= OLD.wrong_tries
       AND (NEW.id, NEW.employee_id, NEW.code_hash, NEW.made_by_id, NEW.made_at, NEW.expires_at)
           IS NOT DISTINCT FROM (OLD.id, OLD.employee_id, OLD.code_hash, OLD.made_by_id, OLD.made_at, OLD.expires_at) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'pass: used or ended once, and never changed' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER staff_keep_pass BEFORE UPDATE OR DELETE ON staff_enrolmentpass
    FOR EACH ROW EXECUTE FUNCTION staff_keep_pass();

-- Nobody comes to the desk but by a pass that was used: only a used one may open the way for somebody who had none.
CREATE FUNCTION staff_enrolled_by_pass() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.enrolled_at IS NULL AND NEW.enrolled_at IS NOT NULL AND NOT EXISTS (
        SELECT FROM staff_enrolmentpass pass WHERE pass.employee_id = NEW.id AND pass.used_at = NEW.enrolled_at) THEN
        RAISE EXCEPTION 'employee: enrolled without a pass' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER staff_enrolled_by_pass BEFORE UPDATE ON staff_employee
    FOR EACH ROW EXECUTE FUNCTION staff_enrolled_by_pass();

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'walletdesk_app') THEN
        REVOKE DELETE, TRUNCATE ON staff_shift, staff_enrolmentpass FROM walletdesk_app;
    END IF;
END $$;
