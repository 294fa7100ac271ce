"""Refusals about customers.

CustomerNotFound        no such customer, or not the one you may see
AlreadyCustomer         this user has a customer record
NameNotUsable, PhoneNotUsable
PinRefused              the PIN did not open anything; no money moved
├── PinNotSet           there is none yet
├── PinLocked           too many wrong tries; ``until`` when
├── PinWrong            ``tries_left`` before the lock
└── PinBusy             the same PIN is being tried elsewhere at this moment
PinNotUsable            not six digits
PinTooWeak              six digits that everybody tries first
OldPinNeeded            a PIN is replaced only by who knows it
TierUnknown             there are the tiers 4, 3, 2 and 1
TierReasonMissing       a tier is changed by somebody, for a reason
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from walletdesk.foundation.errors import Conflict, Invalid, NotAllowed, NotFound, TryLater
from walletdesk.foundation.i18n.words import Words


class CustomerNotFound(NotFound):
    code = "customer_not_found"
    what = Words("没有找到这位客户", "This customer was not found")
    next = Words("请核对后再试", "Check and try again")


class AlreadyCustomer(Conflict):
    code = "customer_exists"
    what = Words("您已经开户了", "You have an account already")
    next = Words("请直接登录", "Sign in")


class NameNotUsable(Invalid):
    code = "name_not_usable"
    what = Words("这个姓名写不下来", "This name cannot be written down")
    next = Words(
        "请填 1 到 {longest} 个字，不要换行或特殊符号", "Use 1 to {longest} characters, no line breaks or signs"
    )


class PhoneNotUsable(Invalid):
    code = "phone_not_usable"
    what = Words("这不像一个电话号码", "This does not look like a telephone number")
    next = Words("请填手机号；境外号码以 + 开头", "Write the mobile number; from abroad begin with +")


class PinNotSet(Conflict):
    code = "pin_not_set"
    what = Words("您还没有设置支付密码", "You have not set a payment PIN yet")
    next = Words("请在“我的 › 支付密码”里设置", "Set one under Me › Payment PIN")


class PinLocked(TryLater):
    """The law: a PIN gets so many tries, then rests. A right PIN during the rest is refused unread.

    ``until`` is the end in UTC; the sentence shows it in the reader's time zone.
    """

    code = "pin_locked"
    what = Words("支付密码输错太多次，已锁定到 {until_shown}", "Too many wrong PINs. It is locked until {until_shown}")
    next = Words("到时再试；如果不是您在试，请马上联系官方客服", "Try again then. If it was not you, call us now")

    def __init__(self, *, retry_after: int, until: datetime, **fields: Any) -> None:
        shown = timezone.localtime(until).strftime("%m-%d %H:%M")
        super().__init__(retry_after=retry_after, until=until, until_shown=shown, **fields)


class PinWrong(NotAllowed):
    code = "pin_wrong"
    what = Words("支付密码不对，还可以试 {tries_left} 次", "The PIN is not right. Tries left: {tries_left}")
    next = Words(
        "请再输一次；忘了可以在“我的 › 支付密码”里重设",
        "Enter it again. Forgotten? Set a new one under Me, Payment PIN",
    )


class PinBusy(TryLater):
    code = "pin_busy"
    what = Words("同一个支付密码正在别处核对", "This PIN is being checked elsewhere right now")
    next = Words("请稍等一秒再试", "Wait a second and try again")


class PinNotUsable(Invalid):
    code = "pin_not_usable"
    what = Words("支付密码是 6 位数字", "A PIN is six digits")
    next = Words("请输入 6 位数字", "Enter six digits")


class PinTooWeak(Invalid):
    code = "pin_too_weak"
    what = Words("这个密码太容易被猜到", "This PIN is too easy to guess")
    next = Words("不要用连号、重复或手机号里的数字", "No runs, no repeats, no part of your telephone number")


class OldPinNeeded(NotAllowed):
    code = "pin_old_needed"
    what = Words("换支付密码要先输旧的", "To change the PIN, enter the old one first")
    next = Words(
        "忘了旧密码？点“忘了旧密码”，证明是您就能设新的", "Forgotten it? Follow “Forgotten” and prove that it is you"
    )


class PinResetNeedsProof(NotAllowed):
    code = "pin_reset_needs_proof"
    what = Words("忘了旧密码，先要证明是您本人", "Before a forgotten PIN is replaced, prove that it is you")
    next = Words(
        "用通行密钥、验证器、恢复码或另一台设备；都没有就走“找回账户”",
        "Use a passkey, the authenticator, a recovery code or another device; with none of them, take the way back",
    )


class TierUnknown(Invalid):
    code = "tier_unknown"
    what = Words("没有这一等级", "There is no such tier")
    next = Words("等级是 4、3、2、1", "The tiers are 4, 3, 2 and 1")


class TierReasonMissing(Invalid):
    code = "tier_reason_missing"
    what = Words("调整等级要写明谁调、为什么", "A tier is changed by somebody, for a reason")
    next = Words("请写一句原因，客户会看到", "Write one sentence; the customer will see it")
