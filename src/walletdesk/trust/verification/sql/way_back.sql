-- What the database itself holds about codes, proofs, papers and locks, whoever writes.

-- A code keeps what it is for and its hash; it closes once, and wrong tries only grow.
CREATE FUNCTION verification_keep_code() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.state = 'open' AND NEW.wrong_tries >= OLD.wrong_tries
       AND (NEW.id, NEW.purpose, NEW.subject, NEW.channel, NEW.shape, NEW.hash, NEW.made_at, NEW.expires_at)
           IS NOT DISTINCT FROM
           (OLD.id, OLD.purpose, OLD.subject, OLD.channel, OLD.shape, OLD.hash, OLD.made_at, OLD.expires_at) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'verification: a code keeps what it is, and closes once' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER verification_keep_code BEFORE UPDATE OR DELETE ON verification_onetimecode
    FOR EACH ROW EXECUTE FUNCTION verification_keep_code();

-- Proofs and orders of a reset are only added.
CREATE FUNCTION verification_only_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'verification: % is only added to', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER verification_proofs_added BEFORE UPDATE OR DELETE ON verification_recoveryproof
    FOR EACH ROW EXECUTE FUNCTION verification_only_added();
CREATE TRIGGER verification_resets_added BEFORE UPDATE OR DELETE ON verification_resetorder
    FOR EACH ROW EXECUTE FUNCTION verification_only_added();
CREATE TRIGGER verification_photos_added BEFORE UPDATE OR DELETE ON verification_paperphoto
    FOR EACH ROW EXECUTE FUNCTION verification_only_added();

-- A proof belongs to an open way back of somebody we know; papers must have been accepted, and be this customer's.
CREATE FUNCTION verification_proof_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    way verification_recovery;
BEGIN
    SELECT * INTO way FROM verification_recovery WHERE id = NEW.recovery_id;
    IF way.state <> 'open' OR way.customer_id IS NULL THEN
        RAISE EXCEPTION 'verification: nothing is proven in a way back that is closed or nobody''s'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.kind = 'papers' AND NOT EXISTS (
        SELECT FROM verification_identitypapers papers
        WHERE papers.id = NEW.papers_id AND papers.state = 'accepted' AND papers.purpose = 'unlock'
          AND papers.customer_id = way.customer_id AND papers.case_id = way.case_id) THEN
        RAISE EXCEPTION 'verification: papers count once a second agent has accepted them'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.kind = 'own_device' AND NOT EXISTS (
        SELECT FROM verification_verificationprompt prompt
        WHERE prompt.case_id = way.case_id AND prompt.customer_id = way.customer_id AND prompt.state = 'genuine') THEN
        RAISE EXCEPTION 'verification: the own device has not said yes' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER verification_proof_stands BEFORE INSERT ON verification_recoveryproof
    FOR EACH ROW EXECUTE FUNCTION verification_proof_stands();

-- A way back keeps whose it is; it ends once, and ends well only with two proofs, or the own device's
-- yes; where papers are one of the two, an agent other than their reviewer has started the reset.
CREATE FUNCTION verification_keep_recovery() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.state <> 'open'
       OR (NEW.id, NEW.customer_id, NEW.channel, NEW.claim, NEW.locked_since, NEW.started_at)
          IS DISTINCT FROM (OLD.id, OLD.customer_id, OLD.channel, OLD.claim, OLD.locked_since, OLD.started_at)
       OR (OLD.case_id IS NOT NULL AND NEW.case_id IS DISTINCT FROM OLD.case_id)
       OR NEW.wrong_tries < OLD.wrong_tries THEN
        RAISE EXCEPTION 'verification: a way back keeps whose it is, and ends once'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.state = 'finished' AND NOT (
        SELECT COALESCE(bool_or(kind = 'own_device'), false) OR count(*) FILTER (WHERE kind <> 'papers') >= 2
            OR (count(*) >= 2 AND EXISTS (SELECT FROM verification_resetorder WHERE recovery_id = NEW.id))
        FROM verification_recoveryproof WHERE recovery_id = NEW.id) THEN
        RAISE EXCEPTION 'verification: one proof, or one agent, brings nobody back'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER verification_keep_recovery BEFORE UPDATE OR DELETE ON verification_recovery
    FOR EACH ROW EXECUTE FUNCTION verification_keep_recovery();

-- Whoever accepted the papers does not start the reset, nor the other way round: two persons, whichever came first.
CREATE FUNCTION verification_two_persons() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    together boolean;
BEGIN
    IF TG_TABLE_NAME = 'verification_resetorder' THEN
        together := EXISTS (
            SELECT FROM verification_recoveryproof proof
            JOIN verification_identitypapers papers ON papers.id = proof.papers_id
            WHERE proof.recovery_id = NEW.recovery_id AND papers.reviewer_id = NEW.employee_id);
    ELSE
        together := NEW.state = 'accepted' AND EXISTS (
            SELECT FROM verification_resetorder WHERE recovery_id = NEW.recovery_id AND employee_id = NEW.reviewer_id);
    END IF;
    IF together THEN
        RAISE EXCEPTION 'verification: one person alone brings nobody back' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER verification_two_persons BEFORE INSERT ON verification_resetorder
    FOR EACH ROW EXECUTE FUNCTION verification_two_persons();
CREATE TRIGGER verification_two_persons_papers BEFORE UPDATE ON verification_identitypapers
    FOR EACH ROW EXECUTE FUNCTION verification_two_persons();

-- Papers begin waiting and are decided once, never by who they are about.
CREATE FUNCTION verification_keep_papers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state = 'waiting' THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'verification: papers begin waiting' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.state = 'waiting'
       AND (NEW.id, NEW.customer_id, NEW.purpose, NEW.document, NEW.recovery_id, NEW.case_id, NEW.handed_in_at)
           IS NOT DISTINCT FROM
           (OLD.id, OLD.customer_id, OLD.purpose, OLD.document, OLD.recovery_id, OLD.case_id, OLD.handed_in_at)
       AND NOT EXISTS (
           SELECT FROM staff_employee employee JOIN customers_customer customer ON customer.user_id = employee.user_id
           WHERE employee.id = NEW.reviewer_id AND customer.id = NEW.customer_id) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'verification: papers are decided once, by somebody else' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER verification_keep_papers BEFORE INSERT OR UPDATE OR DELETE ON verification_identitypapers
    FOR EACH ROW EXECUTE FUNCTION verification_keep_papers();

-- A lock keeps why and since when; it is lifted once.
CREATE FUNCTION verification_keep_lock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.lifted_at IS NULL
       AND (NEW.id, NEW.customer_id, NEW.reason, NEW.locked_by, NEW.since)
           IS NOT DISTINCT FROM (OLD.id, OLD.customer_id, OLD.reason, OLD.locked_by, OLD.since) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'verification: a lock keeps its reason, and is lifted once' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER verification_keep_lock BEFORE UPDATE OR DELETE ON verification_accountlock
    FOR EACH ROW EXECUTE FUNCTION verification_keep_lock();

-- A sheet of questions is answered once.
CREATE FUNCTION verification_keep_sheet() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.answered_at IS NULL
       AND (NEW.id, NEW.case_id, NEW.customer_id, NEW.employee_id, NEW.questions, NEW.asked_at)
           IS NOT DISTINCT FROM (OLD.id, OLD.case_id, OLD.customer_id, OLD.employee_id, OLD.questions, OLD.asked_at) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'verification: questions are answered once' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER verification_keep_sheet BEFORE UPDATE OR DELETE ON verification_supportquestions
    FOR EACH ROW EXECUTE FUNCTION verification_keep_sheet();

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'walletdesk_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON verification_onetimecode, verification_recovery, verification_recoveryproof,
            verification_resetorder, verification_supportquestions, verification_identitypapers, verification_paperphoto,
            verification_accountlock FROM walletdesk_app;
        GRANT UPDATE (state, wrong_tries, closed_at) ON verification_onetimecode TO walletdesk_app;
        GRANT UPDATE (case_id, state, wrong_tries, expires_at, finished_at, weak, seconds, sessions_ended, hold_until)
            ON verification_recovery TO walletdesk_app;
        GRANT UPDATE (answered_at, "right") ON verification_supportquestions TO walletdesk_app;
        GRANT UPDATE (state, reviewer_id, reason, decided_at) ON verification_identitypapers TO walletdesk_app;
        GRANT UPDATE (until, note, lifted_at, lifted_by) ON verification_accountlock TO walletdesk_app;
    END IF;
END $$;
