"""Why an account is locked, and what opens it; pure.

    reason          opens by itself     two proofs          with papers and a second agent
    wrong_password  yes                 yes                 yes
    dormant         no                  yes                 yes
    risk            yes                 a strong one        yes
    reported        no                  a strong one        yes
    staff           no                  no                  yes

"A strong one" means that one of the proofs is strong (``proofs.py``): who reads somebody's mail and texts must not lift
the lock that was put there against exactly that. ``risk`` also opens when the password is changed
from a session that is still open: its cause was that somebody else knew the old one.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from walletdesk.foundation.i18n.words import Words
from walletdesk.trust.verification.rules.proofs import enough, is_weak


@dataclass(frozen=True, slots=True)
class Reason:
    """``words`` say why in plain words; ``way`` the next step. ``by_two``: "any", "strong" or "never"."""

    words: Words
    way: Words
    by_two: str


REASONS = {
    "wrong_password": Reason(
        Words("密码连续输错", "The password was wrong too many times in a row"),
        Words("等它自己解开，或用两样凭证设新密码", "Wait, or set a new password with two proofs"),
        "any",
    ),
    "dormant": Reason(
        Words("很久没有登录，为安全先锁上了", "Nobody signed in for a long time, so we locked it to be safe"),
        Words("用两样凭证设新密码，就能回来", "Two proofs and a new password bring you back"),
        "any",
    ),
    "risk": Reason(
        Words(
            "您自己的设备对一次登录说了“不是我”：有人知道您的密码",
            "A device of yours said “not me” to a sign-in: somebody knows your password",
        ),
        Words(
            "在登录着的设备上换密码，马上解开；没有的话，用验证器、恢复码或证件",
            "Change the password on a device that is signed in and it opens at once; else an authenticator, a recovery "
            "code or papers open it",
        ),
        "strong",
    ),
    "reported": Reason(
        Words("有人报告说这个账户被冒用", "Somebody reported that this account is misused"),
        Words(
            "验证器、恢复码可以解开；没有的话请出示证件",
            "An authenticator or a recovery code opens it; without one, show your papers",
        ),
        "strong",
    ),
    "staff": Reason(
        Words("客服为保护账户锁上了", "Our desk locked it to protect the account"),
        Words("请出示证件，由另一位客服核对后解开", "Show your papers; a second agent looks at them and opens it"),
        "never",
    ),
}


def opens(reason: str, kinds: Collection[str]) -> bool:
    """Whether a lock of this reason is lifted when a way back ends with these proofs."""
    if not enough(kinds):
        return False
    if "papers" in kinds or REASONS[reason].by_two == "any":
        return True
    return REASONS[reason].by_two == "strong" and not is_weak(kinds)


def first_that_stays(reasons: Collection[str], kinds: Collection[str]) -> str | None:
    """The first lock, in the order of the table, that these proofs do not open; None when the way is free."""
    return next((reason for reason in REASONS if reason in reasons and not opens(reason, kinds)), None)
