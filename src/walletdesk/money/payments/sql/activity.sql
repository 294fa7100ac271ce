-- Everything that happened in a customer's wallets, every payment that was refused, and what is set aside, one row each.
-- amount_minor is signed: minus is money out. "counts" says whether the row moved money; the sum of amount_minor over the
-- rows that count is the posted balance of the customer's wallets in the books. What is set aside counts when it moves: an
-- authorisation that was captured and a later transfer that was made stand here as the payment and the transfer that they became.
CREATE VIEW payments_activity AS
SELECT p.id, p.customer_id, 'payment' AS kind, p.captured_at AS at, -p.amount_minor AS amount_minor, p.asset_code,
       CASE WHEN p.refunded_minor = 0 THEN 'captured' WHEN p.refunded_minor = p.amount_minor THEN 'refunded'
            ELSE 'partly_refunded' END AS state,
       true AS counts, p.receipt_number AS number, p.payee_zh AS title_zh, p.payee_en AS title_en,
       p.merchant_id AS counterparty_id, p.note, p.order_reference, '' AS code, NULL::bigint AS short_by_minor,
       p.id AS payment_id, p.duplicate_of_id
FROM payments_payment p
UNION ALL
SELECT a.id, a.customer_id, 'payment', a.tried_at, -a.amount_minor, a.asset_code, 'failed', false, '', a.payee_zh,
       a.payee_en, a.merchant_id, '', '', a.code, a.short_by_minor, NULL, NULL
FROM payments_paymentattempt a
UNION ALL
SELECT h.id, h.customer_id, 'payment', h.authorised_at, -h.amount_minor, h.asset_code, h.state, false, '', h.payee_zh,
       h.payee_en, h.merchant_id, o.note, o.order_reference, '', NULL, NULL, NULL
FROM payments_authorisation h JOIN payments_order o ON o.id = h.order_id
WHERE h.state <> 'captured'
UNION ALL
SELECT r.refund_id, r.customer_id, 'refund', r.made_at, r.amount_minor, p.asset_code, 'done', true, r.number, p.payee_zh,
       p.payee_en, p.merchant_id, r.reason, p.order_reference, '', NULL, p.id, NULL
FROM payments_paymentrefund r JOIN payments_payment p ON p.id = r.payment_id
UNION ALL
SELECT t.id, t.customer_id, 'top_up', t.started_at, t.amount_minor, t.asset_code, t.state, t.state = 'done', t.number,
       '充值', 'Top-up', NULL, '', '', t.code, NULL, NULL, NULL
FROM payments_topup t
UNION ALL
SELECT x.id, x.from_customer_id, 'transfer_out', x.made_at, -x.amount_minor, x.asset_code, 'done', true, x.number, x.to_name,
       x.to_name, x.to_customer_id, x.note, '', '', NULL, NULL, NULL
FROM payments_persontransfer x
UNION ALL
SELECT x.id, x.to_customer_id, 'transfer_in', x.made_at, x.amount_minor, x.asset_code, 'done', true, x.number, x.from_name,
       x.from_name, x.from_customer_id, x.note, '', '', NULL, NULL, NULL
FROM payments_persontransfer x
UNION ALL
SELECT s.id, s.from_customer_id, 'transfer_out', s.asked_at, -s.amount_minor, s.asset_code,
       CASE s.state WHEN 'waiting' THEN 'scheduled' ELSE s.state END, false, s.number, s.to_name, s.to_name, s.to_customer_id,
       s.note, '', s.code, NULL, NULL, NULL
FROM payments_scheduledtransfer s
WHERE s.state <> 'made';
