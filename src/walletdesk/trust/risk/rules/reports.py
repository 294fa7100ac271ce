"""What people say of a payee, and what it does.

A report is one person's word and changes nothing by itself: nobody but the desk sees it, and whoever was named is neither
told nor hindered. Two persons at the desk make a mark of it, or one says that nothing was found; either ends the reports
that were open.

    mark in force     before paying                      the rules (``checks.py``)
    warned            the payer is warned, and chooses   silent
    reported          the same                           payee_reported
    fake              the same                           known_fake
"""

from __future__ import annotations

from collections.abc import Iterable

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
WARNING = ("fake", "reported", "warned")
"""Marks before which a payer is warned, the gravest first."""


def gravest(kinds: Iterable[str]) -> str:
    """The mark that a payer is warned of; empty when none of these warns."""
    standing = set(kinds)
    return next((kind for kind in WARNING if kind in standing), "")
