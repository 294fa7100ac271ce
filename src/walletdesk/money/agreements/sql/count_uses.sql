-- What the posted payments used of their agreements' day. The rows are locked by sql/lock_agreements.sql.
UPDATE agreements_agreement a
SET day = n.day, used_minor = n.used_minor
FROM unnest(%(ids)s::uuid[], %(days)s::date[], %(used)s::bigint[]) AS n (id, day, used_minor)
WHERE a.id = n.id
