-- A refund stands for ever, belongs to its payment's money, and has its authority: an approval of exactly this payment and
-- sum, by another person, used once (the unique index on approval_id says "once").
CREATE FUNCTION refunds_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % never change: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER refund_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON refunds_refund
    FOR EACH STATEMENT EXECUTE FUNCTION refunds_stays();

CREATE FUNCTION refunds_needs_approval() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.authority = 'approval' AND NOT EXISTS (
        SELECT FROM approvals_proposal a
        WHERE a.id = NEW.approval_id AND a.kind = 'refund' AND a.state = 'approved'
          AND a.payload ->> 'payment_id' = NEW.payment_id::text
          AND a.payload ->> 'amount_minor' = NEW.amount_minor::text
    ) THEN
        RAISE EXCEPTION 'refund %: no approval of this payment and this sum', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER refunds_needs_approval BEFORE INSERT ON refunds_refund
    FOR EACH ROW EXECUTE FUNCTION refunds_needs_approval();

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'walletdesk_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON refunds_refund FROM walletdesk_app;
    END IF;
END $$;
