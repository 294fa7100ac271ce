-- A batch of requests in one statement, and each key's last use with it. Parameter: the requests as a JSON list.
WITH asked AS (
    SELECT * FROM jsonb_to_recordset(%s::jsonb) AS one (
        id uuid, key_id uuid, owner_kind text, owner_id uuid, mode text, at timestamptz, method text, path text, query text,
        status smallint, code text, microseconds integer, address text, idempotency_key text, replayed boolean,
        request_body text, answer_body text, whole boolean)
), kept AS (
    INSERT INTO api_request (id, key_id, owner_kind, owner_id, mode, at, method, path, query, status, code, microseconds,
                             address, idempotency_key, replayed, request_body, answer_body, whole)
    SELECT id, key_id, owner_kind, owner_id, mode, at, method, path, query, status, code, microseconds,
           address, idempotency_key, replayed, request_body, answer_body, whole
    FROM asked
), used AS (
    SELECT key_id, max(at) AS at FROM asked GROUP BY key_id ORDER BY key_id
)
UPDATE api_key AS k SET last_used_at = used.at FROM used
WHERE k.id = used.key_id AND (k.last_used_at IS NULL OR k.last_used_at < used.at - interval '10 seconds')
