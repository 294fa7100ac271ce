-- The agreements of a batch by their own id or by the payer's key, locked in the order of their ids until the transaction ends.
-- Keys become ids first: "this or that" is two indexes, and without bitmaps (statements.by_index) the whole table.
SELECT id, customer_id, merchant_id, key_id, asset_code, max_single_minor, max_day_minor, valid_until, accepted_at, ended_at,
       day, used_minor
FROM agreements_agreement
WHERE id = ANY (%(agreements)s::uuid[] || ARRAY(SELECT id FROM agreements_agreement WHERE key_id = ANY (%(keys)s::uuid[])))
ORDER BY id
FOR NO KEY UPDATE
