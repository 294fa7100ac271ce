"""How the workforce room says no.

Refusal
├── PlanNotUsable     a figure of the plan lies outside what can be planned with; field ``name``
└── QueueUnknown      no queue of this name takes calls
"""

from __future__ import annotations

from walletdesk.foundation.errors import Invalid, NotFound
from walletdesk.foundation.i18n.words import Words


class PlanNotUsable(Invalid):
    """Fields: ``name`` of the figure, ``name_words`` as people read it."""

    code = "plan_not_usable"
    what = Words("“{name_words}”这个数不能用来排班", "“{name_words}” cannot be planned with")
    money = Words("没有保存任何东西", "Nothing was saved")
    next = Words("改成合理的数再算一次", "Give a sensible figure and plan again")


class QueueUnknown(NotFound):
    code = "queue_unknown"
    what = Words("没有这个队列", "There is no such queue")
    money = Words("什么都没有改变", "Nothing has changed")
    next = Words("从列表里选一个", "Choose one from the list")
