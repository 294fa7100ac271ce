-- I7: all refunds of a payment together are what the payment says, and at most what was captured; so is the fee returned.
SELECT 'payment ' || p.receipt_number,
       format('已退 %s，退款单合计 %s，原付 %s', p.refunded_minor, coalesce(r.amount, 0), p.amount_minor),
       format('it says %s went back, its refunds say %s, captured were %s', p.refunded_minor, coalesce(r.amount, 0), p.amount_minor)
FROM payments_payment p
LEFT JOIN (SELECT payment_id, sum(amount_minor) AS amount, sum(fee_back_minor) AS fee FROM payments_paymentrefund
           GROUP BY payment_id) r ON r.payment_id = p.id
WHERE p.refunded_minor <> coalesce(r.amount, 0) OR p.fee_returned_minor <> coalesce(r.fee, 0)
   OR p.refunded_minor > p.amount_minor OR p.fee_returned_minor > p.fee_minor
