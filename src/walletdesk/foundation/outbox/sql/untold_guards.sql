-- An event is let go of when everybody has heard it, never while somebody is still to be told: said by the database too.
-- Taken and filled all day: emptied often, so that whoever reads from its beginning meets few dead rows.
ALTER TABLE outbox_untold SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000);
CREATE FUNCTION outbox_told_before_it_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM gone JOIN outbox_untold ON outbox_untold.event_id = gone.id) THEN
        RAISE EXCEPTION 'an event that nobody has been told of stays' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER outbox_told_before_it_goes AFTER DELETE ON outbox_event
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION outbox_told_before_it_goes();
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'walletdesk_app') THEN
        REVOKE TRUNCATE ON outbox_untold FROM walletdesk_app;
    END IF;
END $$;
