-- Whom the lot fell on, and for how long, is sealed with the envelope.
CREATE FUNCTION approvals_keep_drawn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'proposal: the lot is drawn once' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER approvals_keep_drawn BEFORE UPDATE OF drawn_id, drawn_until ON approvals_proposal FOR EACH ROW
    WHEN ((NEW.drawn_id, NEW.drawn_until) IS DISTINCT FROM (OLD.drawn_id, OLD.drawn_until))
    EXECUTE FUNCTION approvals_keep_drawn();
