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

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'walletdesk_app') THEN
        REVOKE DELETE, TRUNCATE ON payments_authorisation, payments_scheduledtransfer FROM walletdesk_app;
    END IF;
END $$;
