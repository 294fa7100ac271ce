-- I12, the second half: both acts on a refund by the desk were written down, in the chain, before the money moved.
-- (Who they were, the refunds' own check says.) The chain has the database's clock, the refund the application's: a second
-- of difference between two machines is no breach.
SELECT 'refund ' || refund.number AS record,
       '退款之前没有写下两个人的操作' AS zh,
       'the acts of maker and checker were not written down before it' AS en
FROM refunds_refund refund
JOIN approvals_proposal proposal ON proposal.id = refund.approval_id
WHERE (SELECT count(DISTINCT act.verb) FROM audit_act act
       WHERE act.subject = 'proposal:' || proposal.id
         AND (act.verb, act.actor) IN (
             ('propose', 'employee:' || proposal.maker_id),
             ('approve', 'employee:' || proposal.checker_id))
         AND act.at <= refund.made_at + interval '1 second') < 2
