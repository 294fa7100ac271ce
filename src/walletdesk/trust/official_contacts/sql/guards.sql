-- An edition is printed: nothing in it is changed or taken out, by anybody.
CREATE FUNCTION official_contacts_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'directory: an edition is printed, rows are only added' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON official_contacts_edition
    FOR EACH ROW EXECUTE FUNCTION official_contacts_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON official_contacts_contacttopic
    FOR EACH ROW EXECUTE FUNCTION official_contacts_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON official_contacts_openinghours
    FOR EACH ROW EXECUTE FUNCTION official_contacts_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON official_contacts_contactentry
    FOR EACH ROW EXECUTE FUNCTION official_contacts_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON official_contacts_calendarday
    FOR EACH ROW EXECUTE FUNCTION official_contacts_append_only();

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'walletdesk_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON official_contacts_edition, official_contacts_contacttopic,
            official_contacts_openinghours, official_contacts_contactentry, official_contacts_calendarday
            FROM walletdesk_app;
    END IF;
END $$;
