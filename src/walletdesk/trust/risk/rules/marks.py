"""What stands on a person or a payee for a time, and what it does to money going out.

    mark               on     what it does                                        ends
    frozen             payer  nothing goes out; the wallets say so too            "it was me" with a proof, or two persons
    weak_recovery      payer  nothing goes out                                    by the clock (24 h after the way back)
    address_changed    payer  nothing goes to a new payee                         by the clock (24 h: the swapped SIM card)
    cleared            payer  "it was me", proved: asked, but not denied again    by the clock
    in_review          payee  payers are warned before they pay (``reports.py``)  by the clock (24 h), or an act
    warned             payee  the same                                            by an act, with a reason
    reported           payee  the rule payee_reported                             by an act, with a reason
    fake               payee  the rule known_fake                                 by an act, with a reason

One employee alone makes ``in_review`` and nothing else; what lasts, or stops money, needs a second one of another team. Each act
that ends a mark says why. Marks are laws, not rules: no rule set switches them off.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from walletdesk.foundation.i18n.words import Words

Kind = Literal["frozen", "weak_recovery", "address_changed", "cleared", "in_review", "warned", "reported", "fake"]
KINDS: dict[str, Words] = {
    "frozen": Words("已冻结", "Frozen"),
    "weak_recovery": Words("找回账户后暂缓转出", "Nothing goes out yet after the way back in"),
    "address_changed": Words("改了手机或邮箱，暂缓付给新对象", "Address changed: nothing to new payees yet"),
    "cleared": Words("本人确认过", "It was them, proved"),
    "in_review": Words("在核对，付款人会看到提醒", "Under review; payers are warned"),
    "warned": Words("付款人会先看到提醒", "Payers are warned first"),
    "reported": Words("被举报，在查", "Under report"),
    "fake": Words("已知假冒", "Known to be false"),
}
STOPPING = ("frozen", "weak_recovery", "address_changed")


def stopped_by(marks: Mapping[str, datetime | None], *, new_payee: bool) -> str | None:
    """The first mark of the payer that stops this payment, in the order of the table; None when none does."""
    for kind in STOPPING:
        if kind in marks and (kind != "address_changed" or new_payee):
            return kind
    return None
