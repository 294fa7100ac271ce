-- The next deliveries to send: at most so many in all, so many of each owner and to each endpoint at once (one while it fails),
-- none to an endpoint that rests or is switched off, and none while an earlier event of the same matter is on its way to it. An
-- endpoint with much to get takes nobody's turn: each gives its own next ones, and of those the longest due come first. An owner
-- whose twenty endpoints all hang keeps nobody's letters waiting either.
WITH RECURSIVE owed AS (
    (SELECT endpoint_id FROM webhooks_delivery WHERE state = 'waiting' ORDER BY endpoint_id LIMIT 1)
    UNION ALL
    SELECT (SELECT further.endpoint_id FROM webhooks_delivery AS further
            WHERE further.state = 'waiting' AND further.endpoint_id > owed.endpoint_id
            ORDER BY further.endpoint_id LIMIT 1)
    FROM owed WHERE owed.endpoint_id IS NOT NULL
), busy AS (
    SELECT of.owner_kind, of.owner_id, letter.endpoint_id, count(*) AS letters
    FROM webhooks_delivery AS letter JOIN webhooks_endpoint AS of ON of.id = letter.endpoint_id
    WHERE letter.state = 'sending' GROUP BY 1, 2, 3
), ready AS (
    SELECT endpoint.id, endpoint.owner_kind, endpoint.owner_id,
           CASE WHEN endpoint.failures = 0 THEN %(each)s ELSE 1 END
               - (SELECT coalesce(sum(letters), 0) FROM busy WHERE busy.endpoint_id = endpoint.id) AS free,
           %(owner)s - (SELECT coalesce(sum(letters), 0) FROM busy
                        WHERE (busy.owner_kind, busy.owner_id) = (endpoint.owner_kind, endpoint.owner_id)) AS owner_free
    FROM owed JOIN webhooks_endpoint AS endpoint ON endpoint.id = owed.endpoint_id
    WHERE endpoint.state = 'enabled' AND endpoint.removed_at IS NULL
      AND (endpoint.rests_until IS NULL OR endpoint.rests_until <= %(now)s)
), next AS (
    SELECT due.*, ready.owner_free, row_number() OVER (
        PARTITION BY ready.owner_kind, ready.owner_id ORDER BY due.due_at, due.event_id
    ) AS nth_of_owner
    FROM ready CROSS JOIN LATERAL (
        SELECT delivery.id, delivery.due_at, delivery.event_id FROM webhooks_delivery AS delivery
        WHERE delivery.endpoint_id = ready.id AND delivery.state = 'waiting'
          AND delivery.due_at <= %(now)s AND delivery.expires_at > %(now)s
          AND (delivery.replay_of_id IS NOT NULL OR NOT EXISTS (
              SELECT FROM webhooks_delivery AS earlier
              WHERE earlier.endpoint_id = delivery.endpoint_id AND earlier.matter_id = delivery.matter_id
                AND earlier.event_id < delivery.event_id AND earlier.state IN ('waiting', 'sending')
                AND earlier.replay_of_id IS NULL))
        ORDER BY delivery.due_at, delivery.event_id
        LIMIT greatest(ready.free, 0)
    ) AS due
), chosen AS (
    SELECT id FROM next WHERE nth_of_owner <= owner_free ORDER BY due_at, event_id LIMIT %(most)s
), claimed AS (
    UPDATE webhooks_delivery AS delivery
    SET state = 'sending', tries = delivery.tries + 1, claimed_at = %(now)s
    FROM chosen WHERE delivery.id = chosen.id AND delivery.state = 'waiting'
    RETURNING delivery.id, delivery.event_id, delivery.endpoint_id, delivery.tries
)
SELECT claimed.id, claimed.endpoint_id, claimed.tries, endpoint.address, endpoint.sealed_secret,
       CASE WHEN endpoint.old_secret_until > %(now)s THEN endpoint.sealed_old_secret END, event.id, event.body
FROM claimed
JOIN webhooks_endpoint AS endpoint ON endpoint.id = claimed.endpoint_id
JOIN webhooks_event AS event ON event.number = claimed.event_id
ORDER BY claimed.event_id
