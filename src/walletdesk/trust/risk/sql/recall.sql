-- All that risk remembers for a batch of asks, one row an ask, in one statement. Only its own tables are read, without a
-- lock, and of nobody more than the last fifty rows: the read costs the same on the first day and on the thousandth.
WITH asks AS (
    SELECT * FROM unnest(%(customers)s::uuid[], %(payees)s::uuid[], %(assets)s::text[], %(persons)s::boolean[])
        WITH ORDINALITY AS a (customer, payee, asset, person, ordinal)
), payers AS (
    SELECT p.customer, p.asset, o.*
    FROM (SELECT DISTINCT customer, asset FROM asks) p
    CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE d.done AND d.at > %(moment)s::timestamptz - interval '10 minutes') AS out_10m,
               coalesce(sum(d.amount_minor) FILTER (WHERE d.done AND d.asset = p.asset
                            AND d.at > %(moment)s::timestamptz - interval '24 hours'), 0)::bigint AS out_24h_minor,
               count(DISTINCT d.payee_id) FILTER (WHERE d.done AND d.new_payee
                            AND d.at > %(moment)s::timestamptz - interval '24 hours') AS new_payees_24h,
               count(*) FILTER (WHERE d.done) AS out_30d,
               coalesce(max(d.amount_minor) FILTER (WHERE d.done AND d.asset = p.asset), 0)::bigint AS largest_30d_minor,
               count(*) FILTER (WHERE d.done AND d.night) AS at_night_30d,
               count(*) FILTER (WHERE d.outcome <> 'allow'
                            AND d.at > %(moment)s::timestamptz - interval '1 hour') AS stopped_1h
        FROM (SELECT r.done, r.at, r.amount_minor, r.asset, r.new_payee, r.payee_id, r.night, r.outcome FROM risk_decision r
              WHERE r.customer_id = p.customer AND r.at > %(moment)s::timestamptz - interval '30 days'
              ORDER BY r.at DESC LIMIT 50) d
    ) o
), persons AS (
    SELECT p.person, i.*
    FROM (SELECT customer FROM asks UNION SELECT payee FROM asks a WHERE a.person) p (person)
    CROSS JOIN LATERAL (
        SELECT count(DISTINCT d.customer_id) AS payers_24h,
               coalesce(sum(d.amount_minor) FILTER (WHERE d.asset = %(house)s), 0)::bigint AS in_24h_minor
        FROM (SELECT r.customer_id, r.amount_minor, r.asset FROM risk_decision r
              WHERE r.payee_id = p.person AND r.done AND r.kind = 'transfer'
                AND r.at > %(moment)s::timestamptz - interval '24 hours'
              ORDER BY r.at DESC LIMIT 50) d
    ) i
), marks AS (
    SELECT m.subject_id, array_agg(m.kind ORDER BY m.id) AS kinds, array_agg(m.until ORDER BY m.id) AS untils
    FROM risk_mark m
    WHERE m.subject_id IN (SELECT customer FROM asks UNION SELECT payee FROM asks)
      AND m.ended_at IS NULL AND (m.until IS NULL OR m.until > %(moment)s::timestamptz)
    GROUP BY m.subject_id
)
SELECT y.out_10m, y.out_24h_minor, y.new_payees_24h, y.out_30d, y.largest_30d_minor, y.at_night_30d, y.stopped_1h,
       mine.in_24h_minor, mine.payers_24h,
       (SELECT min(r.at) FROM risk_decision r
        WHERE r.customer_id = a.customer AND r.payee_id = a.payee AND r.done) AS known_since,
       coalesce(theirs.payers_24h, 0) AS collecting,
       own.kinds, own.untils, others.kinds
FROM asks a
JOIN payers y ON y.customer = a.customer AND y.asset = a.asset
JOIN persons mine ON mine.person = a.customer
LEFT JOIN persons theirs ON theirs.person = a.payee AND a.person
LEFT JOIN marks own ON own.subject_id = a.customer
LEFT JOIN marks others ON others.subject_id = a.payee
ORDER BY a.ordinal
