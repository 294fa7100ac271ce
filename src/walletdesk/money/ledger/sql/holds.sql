-- Funds holds: money set aside on the side on which an account gives it away (a wallet's debits, a bank account's
-- credits). A capture is a posting (posting.sql, ``captured``); here a hold is placed, released or expires. Sequential
-- scans are off for the reason given there: plans outlive the day on which the tables were small.

-- One row per hold that was NOT simply placed: a replay (``code`` NULL) or a refusal. The hold's id and its reference
-- are its business keys. Judged in order, each hold seeing those before it, under locks in account id order.
CREATE FUNCTION ledger_place_holds(
    ids uuid[], accounts bigint[], amounts bigint[], refs text[], expiries timestamptz[]
) RETURNS TABLE (ordinal integer, hold_id uuid, code text, account_id bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET enable_seqscan = off AS $$
#variable_conflict use_column
DECLARE
    moment timestamptz; stored funds_hold; a ledger_account;
BEGIN
    PERFORM FROM ledger_account a WHERE a.id = ANY (accounts) ORDER BY a.id FOR NO KEY UPDATE;
    moment := walletdesk_now();

    FOR n IN 1 .. coalesce(array_length(ids, 1), 0) LOOP
        ordinal := n; hold_id := ids[n]; account_id := accounts[n]; code := NULL;
        SELECT * INTO stored FROM funds_hold h WHERE h.id = ids[n] OR h.reference = refs[n];
        IF stored.id IS NOT NULL THEN
            hold_id := stored.id;
            IF (stored.account_id, stored.amount, stored.reference) <> (accounts[n], amounts[n], refs[n]) THEN
                code := 'reference_used';
            END IF;
            RETURN NEXT;
            CONTINUE;
        END IF;

        SELECT * INTO a FROM ledger_account WHERE id = accounts[n];
        code := CASE
            WHEN amounts[n] <= 0 THEN 'amount_not_positive'
            WHEN amounts[n] > 9007199254740991 THEN 'amount_too_big'
            WHEN a.id IS NULL THEN 'account_unknown'
            WHEN expiries[n] <= moment THEN 'hold_expired'
            WHEN a.frozen IN ('full', CASE WHEN a.credit_normal THEN 'debit' ELSE 'credit' END) THEN 'account_frozen'
            WHEN CASE WHEN a.credit_normal THEN a.credits_posted - a.debits_posted - a.debits_pending
                      ELSE a.debits_posted - a.credits_posted - a.credits_pending END + a.overdraft < amounts[n]
                THEN 'insufficient_available'
        END;
        IF code IS NOT NULL THEN
            RETURN NEXT;
            CONTINUE;
        END IF;

        INSERT INTO funds_hold (id, account_id, amount, reference, placed_at, expires_at, open, seal)
        VALUES (ids[n], accounts[n], amounts[n], refs[n], moment, expiries[n], true,
                ledger_hold_seal(ids[n], accounts[n], amounts[n], refs[n], moment, expiries[n]));
        UPDATE ledger_account
        SET debits_pending = debits_pending + CASE WHEN credit_normal THEN amounts[n] ELSE 0 END,
            credits_pending = credits_pending + CASE WHEN credit_normal THEN 0 ELSE amounts[n] END
        WHERE id = accounts[n];
    END LOOP;
END $$;

-- Writes how holds ended. Private: the counters are the caller's matter. The primary key of funds_hold_resolution is
-- the hold, so a second end of one hold is impossible whatever the caller believed.
CREATE FUNCTION ledger_end_holds(resolutions funds_hold_resolution[]) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO funds_hold_resolution (hold_id, outcome, captured, entry, resolved_at, seal)
    SELECT r.hold_id, r.outcome, r.captured, r.entry, r.resolved_at,
           ledger_resolution_seal(r.hold_id, r.outcome, r.captured, r.entry, r.resolved_at)
    FROM unnest(resolutions) r ORDER BY r.hold_id;
    UPDATE funds_hold h SET open = false FROM unnest(resolutions) r WHERE h.id = r.hold_id;
END $$;

-- Gives the money of open holds back to what is available. One row per hold that was NOT simply ended: ``code`` NULL if
-- it had ended this way before. A frozen account may get its own money back, so freezes are not asked.
CREATE FUNCTION ledger_give_back_holds(ids uuid[], how text)
RETURNS TABLE (ordinal integer, hold_id uuid, code text, account_id bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET enable_seqscan = off AS $$
#variable_conflict use_column
DECLARE
    moment timestamptz; ending uuid[];
BEGIN
    IF how NOT IN ('released', 'expired') THEN
        RAISE EXCEPTION 'a hold is given back by release or by expiry, not by %', how;
    END IF;
    PERFORM FROM ledger_account a
    WHERE a.id IN (SELECT h.account_id FROM funds_hold h WHERE h.id = ANY (ids)) ORDER BY a.id FOR NO KEY UPDATE;
    moment := walletdesk_now();

    SELECT array_agg(h.id) INTO ending FROM funds_hold h WHERE h.id = ANY (ids) AND h.open;

    RETURN QUERY
    SELECT n.ordinal::integer, n.id, CASE WHEN h.id IS NULL THEN 'hold_unknown'
                                          WHEN r.outcome <> how THEN 'hold_resolved' END, h.account_id
    FROM unnest(ids) WITH ORDINALITY AS n (id, ordinal)
    LEFT JOIN funds_hold h ON h.id = n.id LEFT JOIN funds_hold_resolution r ON r.hold_id = n.id
    WHERE NOT coalesce(h.open, false)
    ORDER BY n.ordinal;

    UPDATE ledger_account a
    SET debits_pending = a.debits_pending - CASE WHEN a.credit_normal THEN h.amount ELSE 0 END,
        credits_pending = a.credits_pending - CASE WHEN a.credit_normal THEN 0 ELSE h.amount END
    FROM (SELECT account_id, sum(amount)::bigint AS amount FROM funds_hold WHERE id = ANY (ending) GROUP BY account_id) h
    WHERE a.id = h.account_id;
    PERFORM ledger_end_holds(ARRAY(
        SELECT ROW(id, how, 0, NULL, moment, NULL)::funds_hold_resolution FROM unnest(ending) AS id));
END $$;

-- Ends up to ``at_most`` holds whose time is over; answers how many.
CREATE FUNCTION ledger_expire_holds(at_most integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    due uuid[];
BEGIN
    SELECT array_agg(h.id) INTO due FROM (
        SELECT id FROM funds_hold WHERE open AND expires_at <= walletdesk_now() ORDER BY expires_at LIMIT at_most) h;
    PERFORM ledger_give_back_holds(due, 'expired');
    RETURN coalesce(array_length(due, 1), 0);
END $$;
