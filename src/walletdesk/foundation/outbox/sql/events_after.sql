-- The events of some topics after one that was seen. Numbers are given before commit, so a lower number may have become
-- visible later: among the thousand before the one seen, those are told again whose transaction was not surely over.
WITH seen AS (
    SELECT oldest_open FROM outbox_event WHERE id = %(last_id)s
)
SELECT id, fact, payload::text, topics, created_at
FROM outbox_event
WHERE topics && %(topics)s::text[]
  AND (id > %(last_id)s
       OR id BETWEEN %(last_id)s - 1000 AND %(last_id)s - 1 AND transaction_no >= (SELECT oldest_open FROM seen))
ORDER BY id
LIMIT %(limit)s
