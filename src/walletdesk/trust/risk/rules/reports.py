"""What people say of a payee, and what it does.

A report is one person's word and changes nothing by itself: nobody but the desk sees it, and whoever was named is neither
told nor hindered. Two persons at the desk make a mark of it, or one says that nothing was found; either ends the reports
that were open. One alone may warn payers for a short time, once in ``REVIEW_PAUSE``, while the second is looked for.

    mark in force     before paying                      the rules (``checks.py``)
    in_review         the payer is warned, and chooses   silent
    warned            the same                           silent
    reported          the same                           payee_reported
    fake              the same                           known_fake
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from walletdesk.foundation.i18n.words import Words

MOST_A_DAY = 10
LONGEST_WORDS = 500
ABOUT = ("person", "shop")
KINDS: dict[str, Words] = {
    "posed_as_us": Words("冒充客服、警察或银行", "They posed as us, the police or a bank"),
    "posed_as_friend": Words("冒充亲友或同事", "They posed as somebody I know"),
    "goods": Words("付了钱没有货，或货不对", "Paid for goods that never came, or were false"),
    "profit": Words("投资、刷单、兼职返利", "Investment, or easy work that pays back"),
    "threat": Words("威胁或催我快转", "Threats, or pressure to pay at once"),
    "other": Words("别的", "Something else"),
}
OUTCOMES = ("marked", "sound")
LASTING = ("fake", "reported", "warned")
"""Marks that two persons make, the gravest first."""
REVIEW = "in_review"
REVIEW_PAUSE = timedelta(days=7)
WARNING = (*LASTING, REVIEW)
"""Marks before which a payer is warned, the gravest first."""


def gravest(kinds: Iterable[str]) -> str:
    """The mark that a payer is warned of; empty when none of these warns."""
    standing = set(kinds)
    return next((kind for kind in WARNING if kind in standing), "")
