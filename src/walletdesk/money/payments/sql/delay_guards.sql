-- Why risk delayed a transfer is known from the beginning and does not change.
CREATE TRIGGER later_reason_stays BEFORE UPDATE OF delay_reason ON payments_scheduledtransfer
    FOR EACH STATEMENT EXECUTE FUNCTION payments_stays();
