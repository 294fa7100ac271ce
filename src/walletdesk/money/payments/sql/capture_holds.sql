-- What was set aside is captured. The rows are locked through their orders; the books have judged.
UPDATE payments_authorisation h
SET state = 'captured', captured_minor = c.minor, ended_at = %(moment)s
FROM unnest(%(ids)s::uuid[], %(sums)s::bigint[]) AS c (id, minor)
WHERE h.id = c.id
