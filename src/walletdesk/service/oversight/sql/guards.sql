-- What was noticed stays noticed: rows are answered, ended or lifted once, and nothing else about them changes.
CREATE FUNCTION oversight_keep() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    open_columns text[] := TG_ARGV[0]::text[];
    before jsonb := to_jsonb(OLD) - open_columns;
BEGIN
    IF TG_OP = 'UPDATE' AND before = to_jsonb(NEW) - open_columns AND to_jsonb(OLD) ->> TG_ARGV[1] IS NULL THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '%: kept as it was written', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER oversight_keep BEFORE UPDATE OR DELETE ON oversight_canary FOR EACH ROW
    EXECUTE FUNCTION oversight_keep('{lifted_by_id,lifted_at}', 'lifted_at');
CREATE TRIGGER oversight_keep BEFORE UPDATE OR DELETE ON oversight_brokenglass FOR EACH ROW
    EXECUTE FUNCTION oversight_keep('{ended_at}', 'ended_at');
CREATE TRIGGER oversight_keep BEFORE UPDATE OR DELETE ON oversight_alarm FOR EACH ROW
    EXECUTE FUNCTION oversight_keep('{answered_by_id,answered_at,answer}', 'answered_at');
CREATE TRIGGER oversight_keep BEFORE UPDATE OR DELETE ON oversight_thirdlook FOR EACH ROW
    EXECUTE FUNCTION oversight_keep('{looked_by_id,looked_at,agrees,words}', 'looked_at');
CREATE TRIGGER oversight_keep BEFORE UPDATE OR DELETE ON oversight_objection FOR EACH ROW
    EXECUTE FUNCTION oversight_keep('{}', 'made_at');

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'walletdesk_app') THEN
        REVOKE DELETE, TRUNCATE ON oversight_canary, oversight_brokenglass, oversight_alarm, oversight_thirdlook,
            oversight_objection FROM walletdesk_app;
    END IF;
END $$;
