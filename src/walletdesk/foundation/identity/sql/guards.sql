-- What the database itself holds about devices and their questions, whoever asks: a device is never handed to somebody
-- else, never comes back once it was ended, and its limits are never lifted; a question is answered once and used once.
CREATE FUNCTION identity_keep_devices() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
       AND (NEW.id, NEW.user_id, NEW.token_hash, NEW.proof, NEW.added_at)
           IS NOT DISTINCT FROM (OLD.id, OLD.user_id, OLD.token_hash, OLD.proof, OLD.added_at)
       AND (OLD.ended_at IS NULL OR NEW.ended_at IS NOT DISTINCT FROM OLD.ended_at)
       AND NEW.limits_until IS NOT DISTINCT FROM OLD.limits_until THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'device: whose it is, its limits and its end never change' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER identity_keep_devices BEFORE UPDATE OR DELETE ON identity_device
    FOR EACH ROW EXECUTE FUNCTION identity_keep_devices();

CREATE FUNCTION identity_keep_answers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
       AND (NEW.id, NEW.user_id, NEW.asker, NEW.purpose, NEW.number, NEW.asked_at)
           IS NOT DISTINCT FROM (OLD.id, OLD.user_id, OLD.asker, OLD.purpose, OLD.number, OLD.asked_at)
       AND (OLD.answer = '' OR NEW.answer = OLD.answer)
       AND (OLD.used_at IS NULL OR NEW.used_at IS NOT DISTINCT FROM OLD.used_at)
       AND NEW.expires_at <= OLD.expires_at THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'approval: asked once, answered once, used once' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER identity_keep_answers BEFORE UPDATE OR DELETE ON identity_approval
    FOR EACH ROW EXECUTE FUNCTION identity_keep_answers();

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'walletdesk_app') THEN
        REVOKE DELETE, TRUNCATE ON identity_device, identity_approval, identity_formeraddress FROM walletdesk_app;
        REVOKE UPDATE ON identity_formeraddress FROM walletdesk_app;
    END IF;
END $$;
