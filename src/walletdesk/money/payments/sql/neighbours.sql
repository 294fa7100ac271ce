-- What the same payer paid the same shop, the same sum, around some payments: enough for the rule to judge them.
-- Twice the reach: an earlier neighbour may itself be the repetition of a still earlier one.
SELECT DISTINCT n.id, n.customer_id, n.merchant_id, n.asset_code, n.amount_minor, n.order_reference, n.captured_at,
       n.refunded_minor
FROM payments_payment p
JOIN payments_payment n
  ON n.customer_id = p.customer_id AND n.merchant_id = p.merchant_id
 AND n.asset_code = p.asset_code AND n.amount_minor = p.amount_minor
 AND n.captured_at BETWEEN p.captured_at - 2 * %(reach)s::interval AND p.captured_at + %(reach)s::interval
WHERE p.id = ANY (%(ids)s::uuid[])
