-- Seals: a SHA-256 over every byte of a row that must never change, computed by the function that writes the row. A
-- generated column would not do: it would be computed again by the very UPDATE that it should betray. The checker (I8)
-- computes the seals once more by these same functions and names the first row that differs.
--
-- Fields of fixed width come first, texts carry their length in front: two different rows never give the same bytes.

CREATE FUNCTION ledger_text_bytes(words text) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT int4send(octet_length(words)) || textsend(words)
$$;

CREATE FUNCTION ledger_uuid_bytes(id uuid) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT uuid_send(coalesce(id, '00000000-0000-0000-0000-000000000000'))
$$;

CREATE FUNCTION ledger_line_bytes(id bigint, debit bigint, credit bigint, amount bigint) RETURNS bytea
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT int8send(id) || int8send(debit) || int8send(credit) || int8send(amount)
$$;

-- line_bytes: those of the entry's lines in the order of their ids
CREATE FUNCTION ledger_entry_seal(
    id uuid, kind text, reference text, reverses uuid, refunds uuid, captures uuid, memo text,
    posted_at timestamptz, line_bytes bytea
) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT sha256(
        uuid_send(id) || timestamptz_send(posted_at)
        || ledger_uuid_bytes(reverses) || ledger_uuid_bytes(refunds) || ledger_uuid_bytes(captures)
        || ledger_text_bytes(kind) || ledger_text_bytes(reference) || ledger_text_bytes(memo) || line_bytes)
$$;

-- Not the counters, which move with every posting and are proved by the lines (I3) and the holds (I4).
CREATE FUNCTION ledger_account_seal(
    id bigint, kind text, asset text, owner text, credit_normal boolean, overdraft bigint, frozen text,
    opened_at timestamptz
) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT sha256(
        int8send(id) || timestamptz_send(opened_at) || boolsend(credit_normal)
        || boolsend(overdraft IS NULL) || int8send(coalesce(overdraft, 0))
        || ledger_text_bytes(kind) || ledger_text_bytes(asset) || ledger_text_bytes(owner) || ledger_text_bytes(frozen))
$$;

-- Not "open", which turns false once and is proved by the resolution (I7).
CREATE FUNCTION ledger_hold_seal(
    id uuid, account bigint, amount bigint, reference text, placed_at timestamptz, expires_at timestamptz
) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT sha256(
        uuid_send(id) || int8send(account) || int8send(amount)
        || timestamptz_send(placed_at) || timestamptz_send(expires_at) || ledger_text_bytes(reference))
$$;

CREATE FUNCTION ledger_resolution_seal(
    hold uuid, outcome text, captured bigint, entry uuid, resolved_at timestamptz
) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT sha256(
        uuid_send(hold) || int8send(captured) || ledger_uuid_bytes(entry) || timestamptz_send(resolved_at)
        || ledger_text_bytes(outcome))
$$;
