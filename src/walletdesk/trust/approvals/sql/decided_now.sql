-- Who decides cannot date it later to come in before their time: the server's own clock is asked. Two machines' clocks
-- differ a little, so a few seconds are let pass.
CREATE FUNCTION approvals_keep_decided_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.decided_at > walletdesk_now() + interval '5 seconds' THEN
        RAISE EXCEPTION 'proposal: decided at a moment to come' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER approvals_keep_decided_at BEFORE UPDATE OF decided_at ON approvals_proposal FOR EACH ROW
    EXECUTE FUNCTION approvals_keep_decided_at();
