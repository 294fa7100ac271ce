-- What was said stays said: messages and attachments are append-only, by trigger and by privilege.
CREATE FUNCTION conversations_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER conversations_message_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON conversations_message
    FOR EACH STATEMENT EXECUTE FUNCTION conversations_append_only();
CREATE TRIGGER conversations_attachment_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON conversations_attachment
    FOR EACH STATEMENT EXECUTE FUNCTION conversations_append_only();

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'walletdesk_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON conversations_message, conversations_attachment FROM walletdesk_app;
    END IF;
END $$;
