-- Write down suspicions; only those that are new come back. The unique index on the second payment is the judge.
WITH found AS (
    INSERT INTO payments_duplicatepair (first_id, second_id, reason, confidence, seconds_apart, found_at)
    SELECT f.first, f.second, f.reason, f.confidence, f.apart, %(moment)s
    FROM unnest(%(firsts)s::uuid[], %(seconds)s::uuid[], %(reasons)s::text[], %(confidences)s::smallint[], %(apart)s::int[])
         AS f (first, second, reason, confidence, apart)
    ORDER BY f.second
    ON CONFLICT (second_id) DO NOTHING
    RETURNING first_id, second_id
)
UPDATE payments_payment p SET duplicate_of_id = found.first_id FROM found WHERE p.id = found.second_id
RETURNING p.id
