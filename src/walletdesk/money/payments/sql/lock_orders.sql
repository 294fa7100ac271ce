-- The orders of a batch, locked in the order of their ids. One payment an order: its place in the sequence of receipts comes
-- along with the lock; one that is refused leaves a gap.
SELECT id, merchant_id, order_reference, amount_minor, asset_code, note, state, expires_at,
       nextval('payments_receipt_number')
FROM (SELECT * FROM payments_order WHERE id = ANY (%s::uuid[]) ORDER BY id FOR NO KEY UPDATE) orders
