-- Of people who are paid: how many different people paid them within a day; those whom nobody paid are left out.
SELECT a.person, (SELECT count(DISTINCT p) FROM unnest(i.payers) p)
FROM unnest(%s::uuid[]) AS a (person)
CROSS JOIN LATERAL (
    SELECT array_agg(d.customer_id) AS payers
    FROM (SELECT r.customer_id FROM risk_decision r
          WHERE r.payee_id = a.person AND r.done AND r.kind = 'transfer' AND r.at > %s::timestamptz
          ORDER BY r.at DESC LIMIT 50) d
) i
WHERE i.payers IS NOT NULL
