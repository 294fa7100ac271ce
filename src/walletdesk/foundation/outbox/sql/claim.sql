-- The due deliveries of one listener, oldest first, locked for this transaction; another worker's are passed over.
SELECT delivery.id, delivery.attempts, event.fact, event.payload::text
FROM outbox_delivery AS delivery JOIN outbox_event AS event ON event.id = delivery.event_id
WHERE delivery.state = 'due' AND delivery.handler = %(handler)s AND delivery.due_at <= walletdesk_now()
  AND (%(only)s::bigint[] IS NULL OR delivery.id = ANY (%(only)s::bigint[]))
ORDER BY delivery.event_id
LIMIT %(limit)s
FOR UPDATE OF delivery SKIP LOCKED
