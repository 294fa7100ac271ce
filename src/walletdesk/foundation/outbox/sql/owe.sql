-- Events that somebody is still to be told of become one delivery for each listener, the oldest first; what another worker
-- has in hand is passed over. Parameter: at most so many events.
WITH taken AS (
    DELETE FROM outbox_untold
    WHERE event_id = ANY (ARRAY(SELECT event_id FROM outbox_untold ORDER BY event_id LIMIT %s FOR UPDATE SKIP LOCKED))
    RETURNING event_id, handlers
)
INSERT INTO outbox_delivery (event_id, handler, state, attempts, due_at, last_error)
SELECT event.id, handler, 'due', 0, event.created_at, ''
FROM taken JOIN outbox_event AS event ON event.id = taken.event_id, unnest(taken.handlers) AS handler
ORDER BY event.id
