-- By what a payment was made stays as it was: the limits counted it under that name, and give it back under it.
CREATE TRIGGER payment_instrument_stays BEFORE UPDATE OF instrument ON payments_payment
    FOR EACH STATEMENT EXECUTE FUNCTION payments_stays();
