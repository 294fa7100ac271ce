"""Refusals about signing in.

AddressTaken, AddressNotUsable, LastAddress
PasswordNotUsable       too short, on every list of guesses, or easily guessed; ``why`` says which
PeriodUnknown           a reminder every 6 or 12 months, or never
DeviceNotFound          no such device, or another's
FactorNotFound          the same of a second factor
FactorWrong             the code or passkey proves nothing
FactorLocked            too many wrong ones; ``retry_after``
LastFactor              the last second factor goes by the way back only, never by a tap
NoOtherDevice           nobody is there who could be asked
AskedTooOften           three questions in ten minutes; a flood makes people say yes
ApprovalClosed          answered, or too old
"""

from __future__ import annotations

from walletdesk.foundation.errors import Conflict, Invalid, NotFound, TryLater
from walletdesk.foundation.i18n.words import Words


class AddressTaken(Conflict):
    code = "address_taken"
    what = Words("这个邮箱或手机号已经有人用了", "This address or number is in use")
    next = Words("请直接登录，或换一个", "Sign in instead, or use another")


class AddressNotUsable(Invalid):
    code = "address_not_usable"
    what = Words("这不像邮箱，也不像手机号", "This is neither an e-mail address nor a telephone number")
    next = Words("例如 name@example.com 或 138 0000 0000", "For example name@example.com or +49 151 23456789")


class PasswordNotUsable(Invalid):
    code = "password_not_usable"
    what = Words("这个密码不能用：{why}", "This password cannot be used: {why}")
    next = Words("换一个，三四个不相干的词最好", "Choose another; three or four unrelated words are best")


class PeriodUnknown(Invalid):
    code = "period_unknown"
    what = Words("没有这种提醒", "There is no such reminder")
    next = Words("选 6 个月、12 个月或不提醒", "Choose 6 months, 12 months or never")


class DeviceNotFound(NotFound):
    code = "device_not_found"
    what = Words("没有这台设备", "There is no such device")
    next = Words("请在“安全”里看现有的设备", "Look at your devices under Security")


class FactorNotFound(NotFound):
    code = "factor_not_found"
    what = Words("没有这个验证方式", "There is no such way to confirm")
    next = Words("请在“安全”里看现有的验证方式", "Look at your ways to confirm under Security")


class FactorWrong(Invalid):
    code = "factor_wrong"
    what = Words("没有对上", "That did not match")
    next = Words("请再试一次，或换一种方式", "Try again, or choose another way")


class FactorLocked(TryLater):
    code = "factor_locked"
    what = Words("试错太多次，先歇一会儿", "Too many wrong tries; rest a while")
    next = Words("{minutes} 分钟后再试，或联系官方客服", "Try again in {minutes} minutes, or ask the official desk")


class LastFactor(Conflict):
    code = "last_factor"
    what = Words("这是最后一个验证方式，不能直接去掉", "This is your last way to confirm; it cannot just be removed")
    next = Words("先加一个别的；手机丢了，请走“找回账户”", "Add another first. Lost your phone? Use the way back in")


class LastAddress(Conflict):
    code = "last_address"
    what = Words("至少要留一个邮箱或手机号", "One address must stay")
    next = Words("先加一个别的，再去掉这个", "Add another first, then take this one away")


class NoOtherDevice(Conflict):
    code = "no_other_device"
    what = Words("没有别的设备可以问", "There is no other device to ask")
    next = Words("请换一种方式确认", "Choose another way")


class AskedTooOften(TryLater):
    code = "asked_too_often"
    what = Words("十分钟里只能问 {most} 次", "Your devices are asked at most {most} times in ten minutes")
    next = Words("请换一种方式，或过一会儿再试", "Choose another way, or try again later")


class ApprovalClosed(Conflict):
    code = "approval_closed"
    what = Words("这次询问已经结束", "This question is closed")
    next = Words("需要的话，请在新设备上重新登录", "If it was you, sign in again on the new device")
