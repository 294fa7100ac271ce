-- What is set aside: its sum, its people and its hold never change, and it ends once, by capture, void or expiry; a later
-- transfer likewise. An order with money set aside for it is over when that is.
CREATE FUNCTION payments_held_ends_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% %: it ends once and holds one sum', TG_TABLE_NAME, OLD.id USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER authorisation_ends_once BEFORE UPDATE ON payments_authorisation
    FOR EACH ROW WHEN (OLD.state <> 'authorised') EXECUTE FUNCTION payments_held_ends_once();
CREATE TRIGGER authorisation_stays BEFORE UPDATE OF id, order_id, customer_id, wallet_id, merchant_id, payee_zh, payee_en,
    amount_minor, asset_code, instrument, hold_id, authorised_at, expires_at ON payments_authorisation
    FOR EACH STATEMENT EXECUTE FUNCTION payments_stays();
CREATE TRIGGER authorisation_never_goes BEFORE DELETE OR TRUNCATE ON payments_authorisation
    FOR EACH STATEMENT EXECUTE FUNCTION payments_stays();

CREATE TRIGGER later_ends_once BEFORE UPDATE ON payments_scheduledtransfer
    FOR EACH ROW WHEN (OLD.state <> 'waiting') EXECUTE FUNCTION payments_held_ends_once();
CREATE TRIGGER later_stays BEFORE UPDATE OF id, number, from_customer_id, to_customer_id, from_name, to_name, amount_minor,
    asset_code, note, hold_id, asked_at, due_at ON payments_scheduledtransfer
    FOR EACH STATEMENT EXECUTE FUNCTION payments_stays();
CREATE TRIGGER later_never_goes BEFORE DELETE OR TRUNCATE ON payments_scheduledtransfer
    FOR EACH STATEMENT EXECUTE FUNCTION payments_stays();

CREATE TRIGGER payment_authorised_at_stays BEFORE UPDATE OF authorised_at ON payments_payment
    FOR EACH STATEMENT EXECUTE FUNCTION payments_stays();

-- waiting → authorised → paid or cancelled; or waiting → paid or cancelled. Nothing follows those.
CREATE OR REPLACE FUNCTION payments_order_ends_once() RETURNS trigger LANGUAGE plpgsql AS $$
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

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'walletdesk_app') THEN
        REVOKE DELETE, TRUNCATE ON payments_authorisation, payments_scheduledtransfer FROM walletdesk_app;
    END IF;
END $$;
