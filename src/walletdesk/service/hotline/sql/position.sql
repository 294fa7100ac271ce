-- How many stand before this place: the order of rules/queue_order.py (in_order), without the call backs that rest.
SELECT count(*)
FROM hotline_queueplace AS place
LEFT JOIN hotline_callback AS back ON back.place_id = place.id
WHERE place.state IN ('waiting', 'offered', 'call_back')
  AND NOT (place.state = 'call_back' AND back.state = 'waiting' AND back.not_before > %(at)s)
  AND (place.front_at IS NULL, COALESCE(place.front_at, place.order_at), place.joined_at, place.id)
    < (%(front_at)s::timestamptz IS NULL, COALESCE(%(front_at)s, %(order_at)s), %(joined_at)s, %(id)s)
