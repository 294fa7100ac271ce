"""How lifting a freeze is refused.

Refusal
├── Conflict    NotFrozenAtAll       there is nothing to lift
├── NotAllowed  LiftNeedsProof       a proof of the last minutes is wanted (passkey, code, another device)
└── NotAllowed  LiftNeedsPerson      an employee ordered it: documents, and a second person
"""

from walletdesk.foundation.errors import Conflict, NotAllowed
from walletdesk.foundation.i18n.words import Words

_STILL = Words("钱都在钱包里，没有动", "All the money is in the wallet, untouched")


class NotFrozenAtAll(Conflict):
    code = "account_not_frozen"
    what = Words("账户没有冻结", "The account is not frozen")
    money = _STILL
    next = Words("不用再做什么", "There is nothing more to do")


class LiftNeedsProof(NotAllowed):
    code = "lift_needs_proof"
    what = Words("解冻前要再确认一次是您本人", "Before it moves again, confirm once more that it is you")
    money = _STILL
    next = Words("用通行密钥、动态口令或另一台设备确认", "Confirm by passkey, code or another device")


class LiftNeedsPerson(NotAllowed):
    code = "lift_needs_person"
    what = Words("这次冻结要由工作人员解开", "Our people have to lift this freeze")
    money = _STILL
    next = Words("请在案件里交身份证件，由两位工作人员核对", "Send a document in the case; two of us look at it")
