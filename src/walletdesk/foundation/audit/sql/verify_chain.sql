-- The number of the first act that is not as it was sealed: changed, renumbered, missing before it, or missing at the end.
WITH acts AS (
    SELECT act, act.id, act.hash, act.previous_hash,
           lag(act.id, 1, 0::bigint) OVER (ORDER BY act.id) AS id_before,
           lag(act.hash, 1, repeat('0', 64)::varchar) OVER (ORDER BY act.id) AS hash_before
    FROM audit_act AS act
), broken AS (
    SELECT CASE WHEN id = id_before + 1 THEN id ELSE id_before + 1 END AS id
    FROM acts
    WHERE id <> id_before + 1 OR previous_hash <> hash_before OR hash <> audit_seal(hash_before, act)
    UNION ALL
    SELECT coalesce(last.id, 0) + 1
    FROM audit_chain_head AS head LEFT JOIN (SELECT id, hash FROM audit_act ORDER BY id DESC LIMIT 1) AS last ON true
    WHERE head.last_id <> coalesce(last.id, 0) OR head.last_hash <> coalesce(last.hash, repeat('0', 64))
)
SELECT min(id) FROM broken
