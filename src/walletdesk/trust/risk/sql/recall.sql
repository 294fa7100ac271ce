-- What risk remembers of the payers of a batch, one row a payer and asset. Only its own tables are read, without a lock, and
-- of nobody more than the last fifty rows: the read costs the same on the first day and on the thousandth. All that the fifty
-- rows are asked for stands in the index (decisions_of_payer). Different payees and payers are counted only where there are any.
SELECT y.out_10m, y.out_24h_minor,
       CASE WHEN y.new_payees IS NULL THEN 0 ELSE (SELECT count(DISTINCT p) FROM unnest(y.new_payees) p) END AS new_payees_24h,
       y.out_30d, y.largest_30d_minor, y.at_night_30d, y.stopped_1h,
       i.in_24h_minor,
       CASE WHEN i.payers IS NULL THEN 0 ELSE (SELECT count(DISTINCT p) FROM unnest(i.payers) p) END AS payers_24h,
       ARRAY(SELECT (SELECT min(r.at) FROM risk_decision r
                     WHERE r.customer_id = a.customer AND r.payee_id = p.payee AND r.done)
             FROM unnest(a.payees::uuid[]) p (payee)) AS known_since
FROM unnest(%(customers)s::uuid[], %(assets)s::text[], %(payees)s::text[]) WITH ORDINALITY AS a (customer, asset, payees, place)
CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE d.done AND d.at > %(short)s::timestamptz) AS out_10m,
           coalesce(sum(d.amount_minor) FILTER (WHERE d.done AND d.at > %(day)s::timestamptz AND d.asset = a.asset), 0)::bigint
               AS out_24h_minor,
           array_agg(d.payee_id) FILTER (WHERE d.new_payee AND d.done AND d.at > %(day)s::timestamptz) AS new_payees,
           count(*) FILTER (WHERE d.done) AS out_30d,
           coalesce(max(d.amount_minor) FILTER (WHERE d.done AND d.asset = a.asset), 0)::bigint AS largest_30d_minor,
           count(*) FILTER (WHERE d.night AND d.done) AS at_night_30d,
           count(*) FILTER (WHERE NOT d.done AND d.outcome <> 'allow' AND d.at > %(hour)s::timestamptz) AS stopped_1h
    FROM (SELECT r.done, r.at, r.amount_minor, r.asset, r.new_payee, r.payee_id, r.night, r.outcome FROM risk_decision r
          WHERE r.customer_id = a.customer AND r.at > %(month)s::timestamptz
          ORDER BY r.at DESC LIMIT 50) d
) y
CROSS JOIN LATERAL (
    SELECT array_agg(d.customer_id) AS payers,
           coalesce(sum(d.amount_minor) FILTER (WHERE d.asset = %(house)s), 0)::bigint AS in_24h_minor
    FROM (SELECT r.customer_id, r.amount_minor, r.asset FROM risk_decision r
          WHERE r.payee_id = a.customer AND r.done AND r.kind = 'transfer' AND r.at > %(day)s::timestamptz
          ORDER BY r.at DESC LIMIT 50) d
) i
ORDER BY a.place
