-- A key never changes but to be used (last_used_at, forwards only) and, once, to be revoked. It is never deleted: who opened
-- what with which key can always be said. A request is written once; it goes after its thirty days, not earlier.
CREATE FUNCTION api_key_only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
       AND (NEW.id, NEW.owner_kind, NEW.owner_id, NEW.name, NEW.mode, NEW.scopes, NEW.addresses, NEW.secret_hash,
            NEW.secret_end, NEW.expires_at, NEW.made_at, NEW.made_by)
           IS NOT DISTINCT FROM
           (OLD.id, OLD.owner_kind, OLD.owner_id, OLD.name, OLD.mode, OLD.scopes, OLD.addresses, OLD.secret_hash,
            OLD.secret_end, OLD.expires_at, OLD.made_at, OLD.made_by)
       AND (OLD.revoked_at IS NULL
            OR (NEW.revoked_at, NEW.revoked_by) IS NOT DISTINCT FROM (OLD.revoked_at, OLD.revoked_by))
       AND (OLD.last_used_at IS NULL OR NEW.last_used_at >= OLD.last_used_at) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'api_keys: a key is only revoked, once' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER api_key_only_ends BEFORE UPDATE OR DELETE ON api_key
    FOR EACH ROW EXECUTE FUNCTION api_key_only_ends();

CREATE FUNCTION api_request_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.at < walletdesk_now() - interval '30 days' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'api_keys: a request is kept as it was for thirty days' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER api_request_stays BEFORE UPDATE OR DELETE ON api_request
    FOR EACH ROW EXECUTE FUNCTION api_request_stays();

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'walletdesk_app') THEN
        REVOKE DELETE, TRUNCATE ON api_key FROM walletdesk_app;
        REVOKE UPDATE, TRUNCATE ON api_request FROM walletdesk_app;
    END IF;
END $$;
