-- I12: a refund on an approval has two different people, of two teams, neither the one who gains, both before the effect.
SELECT 'refund ' || r.number, '这笔退款没有两个不同的人先后同意', 'this refund has no two different people who agreed before it'
FROM refunds_refund r
LEFT JOIN approvals_proposal a ON a.id = r.approval_id
WHERE r.authority = 'approval'
  AND (a.id IS NULL OR a.state <> 'approved' OR a.checker_id IS NULL OR a.checker_id = a.maker_id
       OR a.checker_user_id = a.maker_user_id OR a.checker_team_id = a.maker_team_id
       OR a.beneficiary_user_id IN (a.maker_user_id, a.checker_user_id)
       OR a.decided_at > r.made_at + interval '1 second'
       OR a.payload ->> 'payment_id' <> r.payment_id::text OR a.payload ->> 'amount_minor' <> r.amount_minor::text)
UNION ALL
SELECT 'refund ' || r.number, '这笔退款和付款上的记录不同', 'this refund and the note on its payment differ'
FROM refunds_refund r LEFT JOIN payments_paymentrefund n ON n.refund_id = r.id
WHERE n.refund_id IS NULL OR n.payment_id <> r.payment_id OR n.amount_minor <> r.amount_minor OR n.entry_id <> r.entry_id
