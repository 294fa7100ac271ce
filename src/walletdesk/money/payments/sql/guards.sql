-- What the database itself holds about payments, whoever asks: what was paid stays as it was; a payment learns only what
-- went back of it and what it may repeat; an order ends once; a top-up that ended stays so.
CREATE SEQUENCE payments_receipt_number;
CREATE SEQUENCE payments_order_number;

CREATE FUNCTION payments_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % never change: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER payment_stays BEFORE UPDATE OF id, receipt_number, customer_id, wallet_id, merchant_id, order_id,
    order_reference, payee_zh, payee_en, note, amount_minor, asset_code, fee_minor, captured_at, entry_id
    ON payments_payment FOR EACH STATEMENT EXECUTE FUNCTION payments_stays();
CREATE TRIGGER payment_never_goes BEFORE DELETE OR TRUNCATE ON payments_payment
    FOR EACH STATEMENT EXECUTE FUNCTION payments_stays();
CREATE TRIGGER payment_refund_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON payments_paymentrefund
    FOR EACH STATEMENT EXECUTE FUNCTION payments_stays();
CREATE TRIGGER attempt_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON payments_paymentattempt
    FOR EACH STATEMENT EXECUTE FUNCTION payments_stays();
CREATE TRIGGER transfer_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON payments_persontransfer
    FOR EACH STATEMENT EXECUTE FUNCTION payments_stays();
CREATE TRIGGER duplicate_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON payments_duplicatepair
    FOR EACH STATEMENT EXECUTE FUNCTION payments_stays();
CREATE TRIGGER order_never_goes BEFORE DELETE OR TRUNCATE ON payments_order
    FOR EACH STATEMENT EXECUTE FUNCTION payments_stays();
CREATE TRIGGER top_up_never_goes BEFORE DELETE OR TRUNCATE ON payments_topup
    FOR EACH STATEMENT EXECUTE FUNCTION payments_stays();

-- By what a payment was made stays as it was: the limits counted it under that name, and give it back under it.
CREATE TRIGGER payment_instrument_stays BEFORE UPDATE OF instrument ON payments_payment
    FOR EACH STATEMENT EXECUTE FUNCTION payments_stays();

-- More than was captured never goes back (I7), and what went back never comes again.
CREATE FUNCTION payments_only_more_goes_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.refunded_minor < OLD.refunded_minor OR NEW.fee_returned_minor < OLD.fee_returned_minor
       OR OLD.duplicate_of_id IS NOT NULL AND NEW.duplicate_of_id IS DISTINCT FROM OLD.duplicate_of_id THEN
        RAISE EXCEPTION 'payment %: a refund is not taken back', OLD.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payments_only_more_goes_back BEFORE UPDATE ON payments_payment
    FOR EACH ROW EXECUTE FUNCTION payments_only_more_goes_back();

-- waiting → authorised → paid or cancelled; or waiting → paid or cancelled. Nothing follows those.
CREATE FUNCTION payments_order_ends_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state IN ('paid', 'cancelled') OR OLD.state = 'authorised' AND NEW.state = 'waiting'
       OR (NEW.id, NEW.merchant_id, NEW.amount_minor, NEW.asset_code, NEW.order_reference, NEW.code, NEW.created_at, NEW.expires_at)
          IS DISTINCT FROM
          (OLD.id, OLD.merchant_id, OLD.amount_minor, OLD.asset_code, OLD.order_reference, OLD.code, OLD.created_at, OLD.expires_at)
    THEN
        RAISE EXCEPTION 'order %: it ends once and asks for one sum', OLD.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
-- What is allowed is seen here already, without calling the function for each row.
CREATE TRIGGER payments_order_ends_once BEFORE UPDATE ON payments_order FOR EACH ROW
    WHEN (OLD.state IN ('paid', 'cancelled') OR OLD.state = 'authorised' AND NEW.state = 'waiting'
          OR (NEW.id, NEW.merchant_id, NEW.amount_minor, NEW.asset_code, NEW.order_reference, NEW.code, NEW.created_at, NEW.expires_at)
             IS DISTINCT FROM
             (OLD.id, OLD.merchant_id, OLD.amount_minor, OLD.asset_code, OLD.order_reference, OLD.code, OLD.created_at, OLD.expires_at))
    EXECUTE FUNCTION payments_order_ends_once();

CREATE FUNCTION payments_top_up_ends_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state IN ('done', 'declined')
       OR (NEW.id, NEW.customer_id, NEW.wallet_id, NEW.amount_minor, NEW.asset_code, NEW.started_at)
          IS DISTINCT FROM (OLD.id, OLD.customer_id, OLD.wallet_id, OLD.amount_minor, OLD.asset_code, OLD.started_at) THEN
        RAISE EXCEPTION 'top-up %: it ends once and asks for one sum', OLD.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payments_top_up_ends_once BEFORE UPDATE ON payments_topup
    FOR EACH ROW EXECUTE FUNCTION payments_top_up_ends_once();

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'walletdesk_app') THEN
        REVOKE DELETE, TRUNCATE ON payments_payment, payments_paymentrefund, payments_paymentattempt, payments_persontransfer,
            payments_duplicatepair, payments_order, payments_topup FROM walletdesk_app;
        REVOKE UPDATE ON payments_paymentrefund, payments_paymentattempt, payments_persontransfer, payments_duplicatepair
            FROM walletdesk_app;
    END IF;
END $$;
