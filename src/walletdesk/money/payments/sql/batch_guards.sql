-- A payment stands on its order, its shop, its payer and the payer's wallet. Foreign keys would ask this row by row and lock
-- four rows for each payment, a busy shop's row by everybody at once; here a statement's rows are asked together (ADR 0021).
-- More is held than keys could say: the order is the shop's and asks for that sum, the wallet is the payer's, in its asset.
-- Orders and wallets never go (order_never_goes, wallet_stays); a shop stays for its orders' sake, a payer for the wallet's:
-- those are foreign keys still. So what stood when it was paid stands for ever.
CREATE FUNCTION payments_stand() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
    loose text;
BEGIN
    SELECT a.receipt_number INTO loose
    FROM added a
    LEFT JOIN payments_order o ON o.id = a.order_id
    LEFT JOIN wallets_wallet w ON w.id = a.wallet_id
    WHERE (o.merchant_id, o.asset_code, w.customer_id, w.asset_code)
          IS DISTINCT FROM (a.merchant_id, a.asset_code, a.customer_id, a.asset_code)
       OR a.amount_minor > o.amount_minor
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'payment % does not stand on its order, shop, payer and wallet', loose
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER payments_stand AFTER INSERT ON payments_payment
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION payments_stand();

-- An order is updated once and has room for it on its page, so no index grows (HOT).
ALTER TABLE payments_order SET (fillfactor = 70);
