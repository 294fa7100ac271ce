-- A batch of facts in one statement: the events, one delivery for each listener, and one NOTIFY for each topic.
-- Parameters: facts (JSON list of {fact, payload, topics}, in the order of telling), facts heard, their handlers.
WITH told AS (
    SELECT fact, payload, topics, place
    FROM ROWS FROM (jsonb_to_recordset(%(facts)s::jsonb) AS (fact text, payload jsonb, topics text[]))
         WITH ORDINALITY AS batch (fact, payload, topics, place)
), stored AS (
    INSERT INTO outbox_event (fact, payload, topics, created_at, transaction_no, oldest_open)
    SELECT fact, payload, topics, walletdesk_now(), pg_current_xact_id()::text::bigint,
           pg_snapshot_xmin(pg_current_snapshot())::text::bigint
    FROM told ORDER BY place
    RETURNING id, fact, topics, created_at
), owed AS (
    INSERT INTO outbox_delivery (event_id, handler, state, attempts, due_at, last_error)
    SELECT stored.id, route.handler, 'due', 0, stored.created_at, ''
    FROM stored JOIN unnest(%(heard)s::text[], %(handlers)s::text[]) AS route (fact, handler) USING (fact)
    ORDER BY stored.id
), touched AS (
    SELECT topic, max(id) AS id FROM stored, unnest(topics) AS topic GROUP BY topic
)
SELECT pg_notify('walletdesk_live', topic || ':' || id) FROM touched
UNION ALL
SELECT pg_notify('walletdesk_outbox', '')
