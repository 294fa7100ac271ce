"""Post a batch of entries."""

from __future__ import annotations

from collections.abc import Sequence

from walletdesk.foundation.statements.public import rows_of
from walletdesk.money.ledger.rules.batch import Declined, Entry, Posted, laid_out

_POST = """
SELECT ordinals, entry_ids, codes, account_ids, line_nos FROM ledger_post(
    %s::uuid[], %s::text[], %s::text[], %s::uuid[], %s::uuid[], %s::uuid[], %s::text[],
    %s::int[], %s::int[], %s::bigint[], %s::int[], %s::int[], %s::bigint[])
"""


def post_many(entries: Sequence[Entry]) -> list[Posted | Declined]:
    """Post the entries in order, in the caller's transaction (or one of their own); one answer per entry, in order.

    The lines of an entry stand together or not at all; an entry sees what the ones before it in the batch did; a
    declined entry moves nothing and leaves its neighbours alone. Money verbs call this last and once per transaction,
    because it locks ledger accounts in id order.

    Each entry is ``Declined`` with the first of these codes that is true:

    1. ``reference_used``: its key (kind, reference) or its id stands for another money already. The same money (lines
       and links) under the same key is ``Posted(…, replayed=True)`` with the first id, whatever has happened since.
    2. ``no_lines``
    3. for an entry that captures a hold: ``hold_unknown``, ``hold_resolved``, ``hold_expired``,
       ``hold_account_differs`` (no line takes from the held account), ``hold_exceeded``
    4. line by line: ``amount_not_positive``, ``amount_too_big`` (over 2**53 - 1), ``account_unknown``,
       ``same_account``, ``asset_differs``, ``account_frozen`` (the debit side), ``account_frozen_credit``,
       ``insufficient_available``
    5. ``links_broken``: both links at once, or a link to an entry that is unknown before this batch, is itself a
       reversal or refund, or is reversed already; a reversal that is not the exact opposite or whose original has
       refunds; a refund that gives nothing back to an account that the original took from.

    Accounts may hold up to 2**63 - 1 in each counter; a batch that would pass it fails as a whole and posts nothing.
    """
    if not entries:
        return []
    answers: list[Posted | Declined] = [Posted(entry.id) for entry in entries]
    columns = rows_of(_POST, *laid_out(entries))[0]
    if columns[0] is None:  # nothing but new postings
        return answers
    for ordinal, entry_id, code, account_id, line_no in zip(*columns, strict=True):
        answers[ordinal - 1] = Declined(code, account_id, line_no) if code else Posted(entry_id, replayed=True)
    return answers
