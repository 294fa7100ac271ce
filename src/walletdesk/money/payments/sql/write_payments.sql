-- Payments, many at once, and with them the end of their orders, which the caller has locked. What each payment stands on is
-- checked for all of them together (sql/batch_guards.sql).
WITH paid AS (
    INSERT INTO payments_payment (id, receipt_number, customer_id, wallet_id, merchant_id, order_id, order_reference,
        payee_zh, payee_en, note, amount_minor, asset_code, fee_minor, instrument, refunded_minor, fee_returned_minor,
        authorised_at, captured_at, entry_id, duplicate_of_id)
    SELECT id, receipt_number, customer_id, wallet_id, merchant_id, order_id, order_reference, payee_zh, payee_en, note,
           amount_minor, asset_code, fee_minor, instrument, 0, 0, authorised_at, %s::timestamptz, entry_id, NULL
    FROM unnest(%s::uuid[], %s::text[], %s::uuid[], %s::uuid[], %s::uuid[], %s::uuid[], %s::text[], %s::text[], %s::text[],
                %s::text[], %s::bigint[], %s::text[], %s::bigint[], %s::text[], %s::timestamptz[], %s::uuid[])
        AS p (id, receipt_number, customer_id, wallet_id, merchant_id, order_id, order_reference, payee_zh, payee_en, note,
              amount_minor, asset_code, fee_minor, instrument, authorised_at, entry_id)
    RETURNING order_id, captured_at
)
UPDATE payments_order SET state = 'paid', ended_at = paid.captured_at FROM paid WHERE payments_order.id = paid.order_id
