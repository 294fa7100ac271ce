-- A batch of facts in one statement: the events, a row for each that somebody is still to be told of, and one NOTIFY with a
-- line "topic:id" for each topic, or several when they do not fit into one (8,000 bytes). Parameters: in the order of telling names, fields as JSON, topics as literals of arrays; then the facts that
-- are heard and by whom, as literals of arrays of handlers.
WITH here AS MATERIALIZED (
    SELECT walletdesk_now() AS moment, pg_current_xact_id()::text::bigint AS transaction_no,
           pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS oldest_open
), stored AS (
    INSERT INTO outbox_event (fact, payload, topics, created_at, transaction_no, oldest_open)
    SELECT told.fact, told.payload::jsonb, told.topics::text[], here.moment, here.transaction_no, here.oldest_open
    FROM here, unnest(%s::text[], %s::text[], %s::text[]) WITH ORDINALITY AS told (fact, payload, topics, place)
    ORDER BY told.place
    RETURNING id, fact, topics
), owed AS (
    INSERT INTO outbox_untold (event_id, handlers)
    SELECT stored.id, heard.handlers::text[]
    FROM stored JOIN unnest(%s::text[], %s::text[]) AS heard (fact, handlers) USING (fact)
), touched AS (
    SELECT topic || ':' || max(id) AS line FROM stored, unnest(topics) AS topic GROUP BY topic
), portions AS (
    SELECT line, sum(octet_length(line) + 1) OVER (ORDER BY line) / 7000 AS portion FROM touched
)
SELECT pg_notify('walletdesk_live', string_agg(line, E'\n')) FROM portions GROUP BY portion
UNION ALL
SELECT pg_notify('walletdesk_outbox', '')
