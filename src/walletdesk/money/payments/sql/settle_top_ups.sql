-- Write down what became of top-ups; the moment of an end is the books' own, taken behind the ledger's locks.
UPDATE payments_topup t
SET state = s.state, code = s.code, bank_reference = s.bank_reference, entry_id = s.entry,
    settled_at = CASE WHEN s.state IN ('done', 'declined') THEN walletdesk_now() END
FROM unnest(%(ids)s::uuid[], %(states)s::text[], %(codes)s::text[], %(bank_references)s::text[], %(entries)s::uuid[])
     AS s (id, state, code, bank_reference, entry)
WHERE t.id = s.id
RETURNING t.id, t.settled_at
