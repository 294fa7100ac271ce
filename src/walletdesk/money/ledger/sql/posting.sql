-- Posting: the one implementation. A batch of entries, each with one or more two-sided lines, in the caller's
-- transaction. One is a batch of one.
--
-- How a batch comes in. Entries are parallel arrays; entry i owns the lines lines_until[i-1]+1 .. lines_until[i].
-- ``accounts`` names each account of the batch once, in id order; ``debit_at`` and ``credit_at`` are places in it, because PL/pgSQL
-- finds an array element by place at once and has no map. ``twin_of[i]`` is the first entry of the batch with the same
-- business key or id as entry i (NULL when there is none in the whole batch). These places are a convenience of the caller, not a matter of trust: a
-- wrong one runs into an unknown account or a unique index.
--
-- How it is judged. The accounts are locked in id order, then entry after entry is tried against what the ones before
-- it left behind, line after line. What an entry moved is undone when a later line of it is refused. Then all that
-- passed is written by a constant number of statements.
--
-- First it is presumed that every entry is new and passes, because most batches are nothing else: the counters move at once,
-- which locks their accounts as well as a lock would; what they held before is judged all the same, line after line; and
-- nobody looks for keys, because the unique indexes do. If the presumption was wrong (something was not simply posted, an
-- index or the floor of an account objected), all is undone and the batch is judged anew, step by step. Batches that capture holds
-- presume nothing.
--
-- What comes back. Five parallel arrays with a place per entry that was NOT simply posted, a replay (``codes`` NULL) or a
-- refusal; NULL when there is none, which is the daily case and must cost nothing.

-- The accounts at these places, in their order.
CREATE OR REPLACE FUNCTION ledger_pick(accounts bigint[], places integer[]) RETURNS bigint[] LANGUAGE sql IMMUTABLE AS $$
    SELECT array_agg(accounts[p.place] ORDER BY p.ordinal) FROM unnest(places) WITH ORDINALITY AS p (place, ordinal)
$$;

-- Whether the stored entry has this key, these lines and these links: the same money. The memo is words, not money.
CREATE OR REPLACE FUNCTION ledger_same_content(
    stored uuid, kind text, reference text, reverses uuid, refunds uuid, captures uuid, debits bigint[], credits bigint[], amounts bigint[]
) RETURNS boolean LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT (e.kind, e.reference, e.reverses, e.refunds, e.captures) IS NOT DISTINCT FROM ($2, $3, $4, $5, $6)
       AND (SELECT array_agg(l.debit_id ORDER BY l.id) = debits AND array_agg(l.credit_id ORDER BY l.id) = credits
                   AND array_agg(l.amount ORDER BY l.id) = amounts
            FROM journal_line l WHERE l.entry_id = stored)
    FROM journal_entry e WHERE e.id = stored
$$;

-- Links point at entries posted before this batch, and never at another reversal or refund.
-- A reversal is the exact opposite, line for line, of an entry that nobody reversed or refunded. A refund gives
-- something back to an account that the entry took from: money goes back to its source. Both therefore share a locked
-- account with the original, so a reversal and a refund of one entry cannot pass each other.
CREATE OR REPLACE FUNCTION ledger_link_stands(
    reverses uuid, refunds uuid, debits bigint[], credits bigint[], amounts bigint[]
) RETURNS boolean LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT num_nonnulls($1, $2) = 1
       AND EXISTS (SELECT FROM journal_entry e
                   WHERE e.id = coalesce($1, $2) AND e.reverses IS NULL AND e.refunds IS NULL)
       AND NOT EXISTS (SELECT FROM journal_entry e WHERE e.reverses = coalesce($1, $2))
       AND CASE WHEN $1 IS NOT NULL THEN
               NOT EXISTS (SELECT FROM journal_entry e WHERE e.refunds = $1)
               AND (SELECT array_agg(l.debit_id ORDER BY l.id) = credits
                           AND array_agg(l.credit_id ORDER BY l.id) = debits
                           AND array_agg(l.amount ORDER BY l.id) = amounts
                    FROM journal_line l WHERE l.entry_id = $1)
           ELSE
               EXISTS (SELECT FROM journal_line l WHERE l.entry_id = $2 AND l.debit_id = ANY (credits))
           END
$$;

-- A unique index that speaks up after the lookup means that a twin of one of our keys, with other accounts, committed between
-- our lookup and our insert: the batch is judged once more, from the beginning, and now finds it.
CREATE OR REPLACE FUNCTION ledger_post(
    ids uuid[], kinds text[], refs text[], reversed uuid[], refunded uuid[], captured uuid[], memos text[],
    twin_of integer[], lines_until integer[],
    accounts bigint[], debit_at integer[], credit_at integer[], amounts bigint[],
    OUT ordinals integer[], OUT entry_ids uuid[], OUT codes text[], OUT account_ids bigint[], OUT line_nos integer[]
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
-- Every table below is met by index, row by row, however empty it was when the connection planned its first batch: a
-- plan made on the first day must still be right on the day of the five-millionth entry.
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
#variable_conflict use_column
DECLARE
    biggest CONSTANT bigint := 9007199254740991;  -- 2^53 - 1: what every JSON reader still reads exactly
    entries CONSTANT integer := coalesce(array_length(ids, 1), 0);
    size    CONSTANT integer := coalesce(array_length(accounts, 1), 0);
BEGIN
    FOR attempt IN 1 .. 5 LOOP
        DECLARE
            presumed CONSTANT boolean := attempt = 1 AND captured IS NULL;  -- that every entry is new and passes
            moment   timestamptz;
            -- the accounts, by place
            known bigint[]; assets text[]; credit_normal boolean[]; may_debit boolean[]; may_credit boolean[];
            room     bigint[];      -- available + overdraft when the batch began; NULL where there is no floor
            debited  bigint[] := array_fill(0::bigint, ARRAY[size]);
            credited bigint[] := array_fill(0::bigint, ARRAY[size]);
            freed    bigint[] := CASE WHEN captured IS NOT NULL THEN array_fill(0::bigint, ARRAY[size]) END;  -- from captured holds
            -- the entries, by ordinal
            code     text;
            stored   uuid[];        -- the entry that has this business key, or this id, already
            passed   boolean[];
            winner   integer[];     -- of a business key: which of its twins passed
            seals    bytea[];
            reversed_now uuid[] := '{}'::uuid[]; refunded_now uuid[] := '{}'::uuid[];  -- by earlier entries of this batch
            -- the lines
            line_ids bigint[]; at_line integer; at_account bigint;  -- where a refusal is about something
            first_line integer; last_line integer := 0; l integer; d integer; c integer; w integer; amount bigint; line_bytes bytea;
            hold funds_hold; hold_at integer; resolutions funds_hold_resolution[] := '{}'::funds_hold_resolution[]; took bigint;
            any_passed boolean := false;
        BEGIN
            -- Locked lowest id first, whatever the order of the entries: two batches can wait, never deadlock. All that is read from
            -- here on is newer than any batch that held one of these accounts.
            IF presumed THEN
                FOR x IN 1 .. cardinality(amounts) LOOP
                    debited[debit_at[x]] := debited[debit_at[x]] + amounts[x];
                    credited[credit_at[x]] := credited[credit_at[x]] + amounts[x];
                END LOOP;
                WITH moved AS (
                    UPDATE ledger_account a
                    SET debits_posted = a.debits_posted + m.debited, credits_posted = a.credits_posted + m.credited
                    FROM unnest(accounts, debited, credited) AS m (id, debited, credited)
                    WHERE a.id = m.id
                    RETURNING a.id, a.asset, a.credit_normal, a.frozen, a.overdraft, a.debits_pending, a.credits_pending,
                              a.debits_posted - m.debited AS debits_before, a.credits_posted - m.credited AS credits_before
                )
                SELECT array_agg(m.id), array_agg(m.asset), array_agg(m.credit_normal),
                       array_agg(m.frozen IN ('none', 'credit')), array_agg(m.frozen IN ('none', 'debit')),
                       array_agg(CASE WHEN m.credit_normal THEN m.credits_before - m.debits_before - m.debits_pending
                                      ELSE m.debits_before - m.credits_before - m.credits_pending END + m.overdraft)
                INTO known, assets, credit_normal, may_debit, may_credit, room
                FROM moved m;
                debited := array_fill(0::bigint, ARRAY[size]); credited := debited;
            ELSE
                SELECT array_agg(a.id), array_agg(a.asset), array_agg(a.credit_normal),
                       array_agg(a.frozen IN ('none', 'credit')), array_agg(a.frozen IN ('none', 'debit')),
                       array_agg(CASE WHEN a.credit_normal THEN a.credits_posted - a.debits_posted - a.debits_pending
                                      ELSE a.debits_posted - a.credits_posted - a.credits_pending END + a.overdraft)
                INTO known, assets, credit_normal, may_debit, may_credit, room
                FROM (SELECT * FROM ledger_account WHERE id = ANY (accounts) ORDER BY id FOR NO KEY UPDATE) a;
            END IF;
            moment := walletdesk_now();
            IF known IS DISTINCT FROM accounts THEN  -- somebody named an account that does not exist: its place stays empty
                SELECT array_agg(assets[k.place]), array_agg(credit_normal[k.place]), array_agg(may_debit[k.place]),
                       array_agg(may_credit[k.place]), array_agg(room[k.place])
                INTO assets, credit_normal, may_debit, may_credit, room
                FROM (SELECT array_position(known, p.id) AS place
                      FROM unnest(accounts) WITH ORDINALITY AS p (id, at) ORDER BY p.at) k;
            END IF;

            -- The lookup comes first because a hundred retries in a batch are normal life and must not cost a hundred failures.
            IF NOT presumed THEN
                ordinals := NULL; entry_ids := NULL; codes := NULL; account_ids := NULL; line_nos := NULL;
                SELECT array_agg(coalesce(k.id, i.id) ORDER BY n.ordinal)
                INTO stored
                FROM unnest(ids, kinds, refs) WITH ORDINALITY AS n (id, kind, reference, ordinal)
                LEFT JOIN journal_entry k ON k.kind = n.kind AND k.reference = n.reference
                LEFT JOIN journal_entry i ON i.id = n.id;
            END IF;

            FOR n IN 1 .. entries LOOP
                first_line := last_line + 1; last_line := lines_until[n]; l := first_line - 1;
                code := NULL; hold_at := NULL; line_bytes := ''::bytea;

                -- 1. the business key: the same once more is a replay, something else under it is refused
                IF stored[n] IS NOT NULL OR winner[twin_of[n]] IS NOT NULL THEN
                    w := winner[twin_of[n]];
                    code := NULL;
                    IF NOT coalesce(CASE WHEN w IS NOT NULL THEN
                        (kinds[w], refs[w], debit_at[coalesce(lines_until[w - 1], 0) + 1 : lines_until[w]],
                         credit_at[coalesce(lines_until[w - 1], 0) + 1 : lines_until[w]],
                         amounts[coalesce(lines_until[w - 1], 0) + 1 : lines_until[w]])
                        = (kinds[n], refs[n], debit_at[first_line:last_line], credit_at[first_line:last_line],
                           amounts[first_line:last_line])
                        AND (reversed[w], refunded[w], captured[w]) IS NOT DISTINCT FROM (reversed[n], refunded[n], captured[n])
                    ELSE
                        ledger_same_content(stored[n], kinds[n], refs[n], reversed[n], refunded[n], captured[n],
                                            ledger_pick(accounts, debit_at[first_line:last_line]),
                                            ledger_pick(accounts, credit_at[first_line:last_line]), amounts[first_line:last_line])
                    END, false) THEN
                        code := 'reference_used';
                    END IF;
                    ordinals := ordinals || n; codes := codes || code; entry_ids := entry_ids || coalesce(ids[w], stored[n]);
                    account_ids := account_ids || NULL::bigint; line_nos := line_nos || NULL::integer;
                    CONTINUE;
                END IF;

                -- 2. its shape, and the hold that it captures
                IF last_line < first_line THEN
                    code := 'no_lines'; at_account := NULL; at_line := NULL;
                ELSIF captured[n] IS NOT NULL THEN
                    SELECT * INTO hold FROM funds_hold h WHERE h.id = captured[n];
                    hold_at := array_position(accounts, hold.account_id);
                    SELECT sum(amounts[x]) INTO took FROM generate_series(first_line, last_line) x
                    WHERE hold_at = CASE WHEN credit_normal[hold_at] THEN debit_at[x] ELSE credit_at[x] END;
                    code := CASE
                        WHEN hold.id IS NULL THEN 'hold_unknown'
                        WHEN NOT hold.open OR EXISTS (SELECT FROM unnest(resolutions) r WHERE r.hold_id = hold.id) THEN 'hold_resolved'
                        WHEN hold.expires_at <= moment THEN 'hold_expired'
                        WHEN took IS NULL THEN 'hold_account_differs'
                        WHEN took > hold.amount THEN 'hold_exceeded'
                    END;
                    IF code IS NULL THEN
                        room[hold_at] := room[hold_at] + hold.amount;
                        freed[hold_at] := freed[hold_at] + hold.amount;
                    ELSE
                        at_account := hold.account_id; at_line := NULL; hold_at := NULL;
                    END IF;
                END IF;

                -- 3. line after line, each seeing what those before it did
                WHILE code IS NULL AND l < last_line LOOP
                    l := l + 1;
                    d := debit_at[l]; c := credit_at[l]; amount := amounts[l];
                    code := CASE
                        WHEN amount <= 0 THEN 'amount_not_positive'
                        WHEN amount > biggest THEN 'amount_too_big'
                        WHEN assets[d] IS NULL OR assets[c] IS NULL THEN 'account_unknown'
                        WHEN d = c THEN 'same_account'
                        WHEN assets[d] <> assets[c] THEN 'asset_differs'
                        WHEN NOT may_debit[d] THEN 'account_frozen'
                        WHEN NOT may_credit[c] THEN 'account_frozen_credit'
                        WHEN credit_normal[d] AND room[d] + credited[d] - debited[d] < amount THEN 'insufficient_available'
                        WHEN NOT credit_normal[c] AND room[c] + debited[c] - credited[c] < amount THEN 'insufficient_available'
                    END;
                    IF code IS NULL THEN
                        debited[d] := debited[d] + amount;
                        credited[c] := credited[c] + amount;
                        -- drawn under the locks: along one account ids rise in the order in which its lines took effect
                        line_ids[l] := nextval('journal_line_id_seq');
                        line_bytes := line_bytes || ledger_line_bytes(line_ids[l], accounts[d], accounts[c], amount);
                    ELSE
                        at_line := l - first_line + 1;
                        at_account := accounts[CASE
                            WHEN code = 'account_unknown' AND assets[d] IS NOT NULL THEN c
                            WHEN code = 'account_frozen_credit' THEN c
                            WHEN code = 'insufficient_available' AND NOT credit_normal[c]
                                 AND NOT coalesce(credit_normal[d] AND room[d] + credited[d] - debited[d] < amount, false) THEN c
                            ELSE d END];
                        l := l - 1;
                    END IF;
                END LOOP;

                -- 4. what it reverses or refunds
                IF code IS NULL AND num_nonnulls(reversed[n], refunded[n]) > 0 THEN
                    IF coalesce(reversed[n], refunded[n]) = ANY (reversed_now) OR reversed[n] = ANY (refunded_now)
                       OR NOT ledger_link_stands(reversed[n], refunded[n], ledger_pick(accounts, debit_at[first_line:last_line]),
                                                 ledger_pick(accounts, credit_at[first_line:last_line]),
                                                 amounts[first_line:last_line]) THEN
                        code := 'links_broken'; at_account := NULL; at_line := NULL;
                    ELSE
                        reversed_now := reversed_now || reversed[n]; refunded_now := refunded_now || refunded[n];
                    END IF;
                END IF;

                -- all of it or nothing
                IF code IS NULL THEN
                    passed[n] := true; any_passed := true;
                    IF twin_of IS NOT NULL THEN
                        winner[twin_of[n]] := n;
                    END IF;
                    seals[n] := ledger_entry_seal(ids[n], kinds[n], refs[n], reversed[n], refunded[n], captured[n],
                                                  coalesce(memos[n], ''), moment, line_bytes);
                    IF hold_at IS NOT NULL THEN
                        resolutions := resolutions || ROW(hold.id, 'captured', took, ids[n], moment, NULL)::funds_hold_resolution;
                    END IF;
                ELSE
                    FOR x IN first_line .. l LOOP
                        debited[debit_at[x]] := debited[debit_at[x]] - amounts[x];
                        credited[credit_at[x]] := credited[credit_at[x]] - amounts[x];
                    END LOOP;
                    IF hold_at IS NOT NULL THEN
                        room[hold_at] := room[hold_at] - hold.amount;
                        freed[hold_at] := freed[hold_at] - hold.amount;
                    END IF;
                    ordinals := ordinals || n; codes := codes || code; entry_ids := entry_ids || ids[n];
                    account_ids := account_ids || at_account; line_nos := line_nos || at_line;
                END IF;
            END LOOP;

            IF presumed AND ordinals IS NOT NULL THEN
                RAISE EXCEPTION 'judged anew' USING ERRCODE = 'WD001';
            END IF;

            IF any_passed THEN
                -- In the order of their keys: two batches that race for the same keys can wait, never deadlock.
                INSERT INTO journal_entry (id, kind, reference, reverses, refunds, captures, memo, posted_at, seal)
                SELECT ids[n], kinds[n], refs[n], reversed[n], refunded[n], captured[n], coalesce(memos[n], ''), moment, seals[n]
                FROM generate_series(1, entries) n WHERE passed[n] ORDER BY kinds[n], refs[n];

                INSERT INTO journal_line (id, entry_id, debit_id, credit_id, amount)
                SELECT line_ids[x], ids[n], accounts[debit_at[x]], accounts[credit_at[x]], amounts[x]
                FROM generate_series(1, entries) n,
                     generate_series(coalesce(lines_until[n - 1], 0) + 1, lines_until[n]) x
                WHERE passed[n];

                IF NOT presumed THEN
                    UPDATE ledger_account a
                    SET debits_posted = a.debits_posted + m.debited, credits_posted = a.credits_posted + m.credited,
                        debits_pending = a.debits_pending - CASE WHEN a.credit_normal THEN coalesce(m.freed, 0) ELSE 0 END,
                        credits_pending = a.credits_pending - CASE WHEN a.credit_normal THEN 0 ELSE coalesce(m.freed, 0) END
                    FROM unnest(accounts, debited, credited, freed) AS m (id, debited, credited, freed)
                    WHERE a.id = m.id AND (m.debited > 0 OR m.credited > 0 OR m.freed > 0);
                END IF;
                IF captured IS NOT NULL THEN
                    PERFORM ledger_end_holds(resolutions);
                END IF;
            END IF;
            RETURN;
        EXCEPTION WHEN unique_violation OR check_violation OR numeric_value_out_of_range OR SQLSTATE 'WD001' THEN
            IF attempt = 5 OR (attempt > 1 AND SQLSTATE <> '23505') THEN
                RAISE;
            END IF;
        END;
    END LOOP;
END $$;
