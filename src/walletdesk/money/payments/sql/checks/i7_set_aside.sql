-- I7: what is set aside for an order or a later transfer is exactly what the books hold for it, and ended as they say. The books'
-- own timer may free a hold before this room writes down that its time is over: open here and expired there is right for an hour.
WITH said AS (
    SELECT 'payment ' || h.id AS name, h.hold_id, h.amount_minor, h.state, h.captured_minor AS captured,
           CASE h.state WHEN 'authorised' THEN ARRAY['open', 'expired'] WHEN 'captured' THEN ARRAY['captured']
                ELSE ARRAY['released', 'expired'] END AS may_be
    FROM payments_authorisation h
    UNION ALL
    SELECT 'transfer ' || s.number, s.hold_id, s.amount_minor, s.state, CASE s.state WHEN 'made' THEN s.amount_minor ELSE 0 END,
           CASE s.state WHEN 'waiting' THEN ARRAY['open', 'expired'] WHEN 'made' THEN ARRAY['captured']
                ELSE ARRAY['released', 'expired'] END
    FROM payments_scheduledtransfer s
)
SELECT s.name, '预留与账本不符（' || s.state || '）', 'what is set aside is not what the books hold (' || s.state || ')'
FROM said s
LEFT JOIN funds_hold f ON f.id = s.hold_id
LEFT JOIN funds_hold_resolution r ON r.hold_id = f.id
WHERE f.id IS NULL OR f.amount <> s.amount_minor OR coalesce(r.outcome, 'open') <> ALL (s.may_be)
   OR coalesce(r.captured, 0) <> s.captured
   OR (s.state IN ('authorised', 'waiting') AND r.resolved_at < walletdesk_now() - interval '1 hour')
UNION ALL
SELECT 'funds_hold ' || f.id, '账本里有一笔没有人要求的预留', 'a hold that nobody asked for'
FROM funds_hold f
WHERE f.open AND (f.reference LIKE 'order:%' OR f.reference LIKE 'transfer:%')
  AND NOT EXISTS (SELECT FROM said s WHERE s.hold_id = f.id)
ORDER BY 1
