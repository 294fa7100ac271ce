-- As in guards.sql; whom the lot fell on, and for how long, is sealed with the envelope.
CREATE OR REPLACE FUNCTION approvals_keep_proposal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'proposal: never deleted' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'proposed' THEN
            RAISE EXCEPTION 'proposal: begins open' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF NOT EXISTS (SELECT FROM staff_employee maker WHERE maker.id = NEW.maker_id AND maker.active
                       AND maker.user_id = NEW.maker_user_id AND maker.team_id = NEW.maker_team_id) THEN
            RAISE EXCEPTION 'proposal: the maker is somebody else' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF NEW.beneficiary_id IS NOT NULL AND NOT EXISTS (SELECT FROM customers_customer customer
                       WHERE customer.id = NEW.beneficiary_id AND customer.user_id = NEW.beneficiary_user_id) THEN
            RAISE EXCEPTION 'proposal: the beneficiary is somebody else' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.state <> 'proposed' OR NEW.state = 'proposed' THEN
        RAISE EXCEPTION 'proposal: decided once, and then never changed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF (NEW.id, NEW.kind, NEW.subject, NEW.case_id, NEW.payload, NEW.payload_hash, NEW.beneficiary_id,
        NEW.beneficiary_user_id, NEW.maker_id, NEW.maker_user_id, NEW.maker_team_id, NEW.made_at, NEW.expires_at,
        NEW.replaces_id, NEW.drawn_id, NEW.drawn_until)
       IS DISTINCT FROM
       (OLD.id, OLD.kind, OLD.subject, OLD.case_id, OLD.payload, OLD.payload_hash, OLD.beneficiary_id,
        OLD.beneficiary_user_id, OLD.maker_id, OLD.maker_user_id, OLD.maker_team_id, OLD.made_at, OLD.expires_at,
        OLD.replaces_id, OLD.drawn_id, OLD.drawn_until)
    THEN
        RAISE EXCEPTION 'proposal: the envelope is sealed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.checker_id IS NOT NULL AND NOT EXISTS (SELECT FROM staff_employee checker WHERE checker.id = NEW.checker_id
                   AND checker.active AND checker.user_id = NEW.checker_user_id AND checker.team_id = NEW.checker_team_id)
    THEN
        RAISE EXCEPTION 'proposal: the checker is somebody else' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
