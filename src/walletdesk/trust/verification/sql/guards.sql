-- A prompt is answered once, and an answer stays; who asked whom about what never changes.
CREATE FUNCTION verification_keep_answer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state = 'open' THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'verification: a prompt begins open' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.state = 'open'
       AND (NEW.id, NEW.case_id, NEW.case_reference, NEW.customer_id, NEW.employee_id, NEW.code, NEW.asked_at, NEW.expires_at)
           IS NOT DISTINCT FROM
           (OLD.id, OLD.case_id, OLD.case_reference, OLD.customer_id, OLD.employee_id, OLD.code, OLD.asked_at, OLD.expires_at)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'verification: an answered prompt never changes' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER verification_keep_answer BEFORE INSERT OR UPDATE OR DELETE ON verification_verificationprompt
    FOR EACH ROW EXECUTE FUNCTION verification_keep_answer();

-- A level from 2 on stands on a prompt that this very customer called genuine, about this very case, or on two proofs
-- given on this case's way back; level 3 besides on accepted papers.
CREATE FUNCTION verification_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    asked boolean;
    proofs integer;
    papers boolean;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'verification: records are only added' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.level < 2 THEN
        RETURN NEW;
    END IF;
    asked := EXISTS (
        SELECT FROM verification_verificationprompt prompt
        WHERE prompt.state = 'genuine' AND prompt.case_id = NEW.case_id AND prompt.customer_id = NEW.customer_id
          AND (NEW.prompt_id IS NULL OR prompt.id = NEW.prompt_id));
    SELECT count(*), COALESCE(bool_or(proof.kind = 'papers'), false) INTO proofs, papers
    FROM verification_recoveryproof proof JOIN verification_recovery way ON way.id = proof.recovery_id
    WHERE way.id = NEW.recovery_id AND way.case_id = NEW.case_id AND way.customer_id = NEW.customer_id;
    IF (NEW.prompt_id IS NOT NULL AND NOT asked) OR (NEW.prompt_id IS NULL AND proofs < 2 AND NOT (asked AND proofs > 0))
       OR (NEW.level >= 3 AND NOT (papers AND (asked OR proofs >= 3))) THEN
        RAISE EXCEPTION 'verification: level % needs the customer''s own yes', NEW.level
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER verification_append_only BEFORE INSERT OR UPDATE OR DELETE ON verification_verificationrecord
    FOR EACH ROW EXECUTE FUNCTION verification_append_only();

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'walletdesk_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON verification_verificationprompt, verification_verificationrecord
            FROM walletdesk_app;
        GRANT UPDATE (state, answered_at) ON verification_verificationprompt TO walletdesk_app;
    END IF;
END $$;
