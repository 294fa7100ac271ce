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
WARNING_WORDS: dict[str, tuple[Words, Words]] = {
    "in_review": (
        Words("有人对收款方起了疑心，我们正在核对", "Somebody has doubts about this payee; we are checking"),
        Words(
            "还没有结论。不认识对方，就先别付。", "Nothing is settled yet. If you do not know them, do not pay for now."
        ),
    ),
    "warned": (
        Words("有人说，付给对方后受骗了", "Others say they were cheated after paying them"),
        Words("我们看过这些举报，觉得您应该知道。", "We have read these reports and think you should know."),
    ),
    "reported": (
        Words("对方被举报，我们正在查", "They were reported, and we are looking into it"),
        Words("查清之前，这笔付款可能会被拦下。", "Until that is done this payment may be stopped."),
    ),
    "fake": (
        Words("对方是已知的假冒者", "They are known to be false"),
        Words("请不要付。", "Please do not pay them."),
    ),
}
"""What is told to whoever is about to pay, on the page and by the API: the fact, and what follows."""


def gravest(kinds: Iterable[str]) -> str:
    """The mark that a payer is warned of; empty when none of these warns."""
    standing = set(kinds)
    return next((kind for kind in WARNING if kind in standing), "")
