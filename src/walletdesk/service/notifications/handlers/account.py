"""What is told about the account: locked and opened again, the way back, papers, limits, the tier."""

from __future__ import annotations

from collections.abc import Sequence

from walletdesk.foundation.amount.public import Amount
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.ledger.public import asset
from walletdesk.money.wallets.public import OwnLimitChanged, OwnLimitRaiseCancelled
from walletdesk.service.notifications.handlers.reader_hours import day_and_hour
from walletdesk.service.notifications.services.tell_many import NoticeDraft, tell_many
from walletdesk.trust.customers.public import CustomerView, TierChanged, customers
from walletdesk.trust.staff.public import employees
from walletdesk.trust.verification.public import (
    LOCK_REASONS,
    AccountLocked,
    AccountUnlocked,
    PapersDecided,
    RecoveryFinished,
    ResetStarted,
)

LOCKED = Words("您的账户已锁上，钱都在里面", "Your account is locked; your money is all in it")
UNLOCKED = Words("您的账户可以登录了", "You can sign in to your account again")
UNLOCKED_MORE = Words("不是您要求的？请马上联系我们", "You did not ask for it? Call us now")
RESET = Words("{agent}为您开始了重设密码", "{agent} started a password reset for you")
RESET_MORE = Words(
    "重设码发到了{address}，工作人员看不到它。不是您要求的？请马上联系我们",
    "A reset code went to {address}; our people cannot see it. You did not ask? Call us now",
)
BACK = Words("账户找回来了，密码是新的", "You are back in your account, with a new password")
BACK_MORE = Words(
    "其他地方的登录都已失效。不是您？请马上联系我们", "You are signed out elsewhere. Not you? Call us now"
)
BACK_HELD = Words(
    "其他地方的登录都已失效。{until} 前钱转不出去，这是保护您。不是您？请马上联系我们",
    "You are signed out elsewhere. To protect you nothing can go out before {until}. Not you? Call us now",
)
PAPERS = Words("您的证件通过了", "Your papers were accepted")
PAPERS_BACK = Words("您的证件需要重交", "Please hand in your papers again")
RAISED = Words("您要提高一项限额，{until} 生效", "You asked for a higher limit; it holds from {until}")
RAISED_MORE = Words(
    "提到 {sum}。不是您？请在“限额”里取消，并马上联系我们",
    "Up to {sum}. Not you? Cancel it under Limits, and call us now",
)
UNLIMITED = Words("不限", "no limit of your own")
RAISED_PAYEE = Words(
    "您要提高给一个收款方的限额，{until} 生效", "You asked for a higher limit for one payee; it holds from {until}"
)
LOWERED_PAYEE = Words("您给一个收款方的限额改了，马上生效", "Your limit for one payee is set from now on")
LOWERED = Words("您的限额降低了，马上生效", "Your limit is lower from now on")
LOWERED_MORE = Words("现在是 {sum}", "It is {sum} now")
KEPT = Words("提高限额的请求取消了", "The higher limit was cancelled")
KEPT_MORE = Words("限额和以前一样", "Your limit stays as it was")
TIER = Words("您的钱包等级改了", "The level of your wallet has changed")
TIER_MORE = Words(
    "从 {before} 级到 {after} 级；新的限额在“限额”里", "From level {before} to {after}; see Limits for the new ones"
)
LIMITS_PAGE = "/wallet/me/limits/"


def _readers(facts: Sequence) -> dict:
    return customers({one.customer_id for one in facts})


def on_account_locked(facts: Sequence[AccountLocked]) -> None:
    """Wrong passwords are told by ``on_sign_in_locked``, what the owner disowned by ``on_sign_in_denied``."""
    tell_many(
        [
            NoticeDraft(
                "customer", one.customer_id, "account_locked", LOCKED.both(), LOCK_REASONS[one.reason].words.both(),
                "/unlock/", one.at.isoformat(), safety=True, at=one.at,
            )
            for one in facts
            if one.reason not in ("wrong_password", "risk")
        ]
    )  # fmt: skip


def on_account_unlocked(facts: Sequence[AccountUnlocked]) -> None:
    tell_many(
        [
            NoticeDraft(
                "customer", one.customer_id, "account_unlocked", UNLOCKED.both(), UNLOCKED_MORE.both(), "/security/",
                one.at.isoformat(), safety=True, at=one.at,
            )
            for one in facts
        ]
    )  # fmt: skip


def on_reset_started(facts: Sequence[ResetStarted]) -> None:
    agents = employees({one.employee_id for one in facts})
    tell_many(
        [
            NoticeDraft(
                "customer", one.customer_id, "reset_started", RESET.both(agent=agents[one.employee_id].label),
                RESET_MORE.both(address=one.address), "/wallet/cases/", f"{one.recovery_id}:{one.at.isoformat()}",
                safety=True, at=one.at,
            )
            for one in facts
        ]
    )  # fmt: skip


def on_recovery_finished(facts: Sequence[RecoveryFinished]) -> None:
    readers = _readers(facts)
    tell_many(
        [
            NoticeDraft(
                "customer", one.customer_id, "recovery_finished", BACK.both(), _back_more(one, readers[one.customer_id]),
                "/security/", str(one.recovery_id), safety=True, at=one.at,
            )
            for one in facts
        ]
    )  # fmt: skip


def _back_more(one: RecoveryFinished, reader: CustomerView) -> dict[str, str]:
    return BACK_HELD.both(until=day_and_hour(one.hold_until, reader)) if one.hold_until else BACK_MORE.both()


def on_papers_decided(facts: Sequence[PapersDecided]) -> None:
    tell_many(
        [
            NoticeDraft(
                "customer", one.customer_id, "papers_decided", (PAPERS if one.accepted else PAPERS_BACK).both(),
                {"zh-hans": one.reason, "en": one.reason}, "/wallet/me/identity/", str(one.papers_id), at=one.at,
                alert="cases",
            )
            for one in facts
        ]
    )  # fmt: skip


def on_own_limit_changed(facts: Sequence[OwnLimitChanged]) -> None:
    """A rise is told to every address, because who raises it may not be the owner; a fall harms nobody."""
    readers = _readers(facts)
    tell_many([_limit(one, readers[one.customer_id]) for one in facts])


def _limit(one: OwnLimitChanged, reader: CustomerView) -> NoticeDraft:
    total = UNLIMITED if one.minor is None else Amount(one.minor, asset(one.asset))
    raised, lowered = (RAISED_PAYEE, LOWERED_PAYEE) if one.payee_id else (RAISED, LOWERED)
    words = raised.both(until=day_and_hour(one.holds_from, reader)) if one.raised else lowered.both()
    more = (RAISED_MORE if one.raised else LOWERED_MORE).both(sum=total)
    about = f"{one.wallet_id}:{one.group}:{one.window}:{one.at.isoformat()}"
    return NoticeDraft(
        "customer", one.customer_id, "own_limit", words, more, LIMITS_PAGE, about, safety=one.raised, at=one.at
    )


def on_own_limit_raise_cancelled(facts: Sequence[OwnLimitRaiseCancelled]) -> None:
    tell_many(
        [
            NoticeDraft(
                "customer", one.customer_id, "own_limit_kept", KEPT.both(), KEPT_MORE.both(), LIMITS_PAGE,
                f"{one.wallet_id}:{one.group}:{one.window}:{one.at.isoformat()}", at=one.at,
            )
            for one in facts
        ]
    )  # fmt: skip


def on_tier_changed(facts: Sequence[TierChanged]) -> None:
    tell_many(
        [
            NoticeDraft(
                "customer", one.customer_id, "tier_changed", TIER.both(),
                TIER_MORE.both(before=one.before, after=one.after), LIMITS_PAGE, one.at.isoformat(), at=one.at,
                alert="cases",
            )
            for one in facts
        ]
    )  # fmt: skip
