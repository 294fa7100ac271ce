"""Let nothing move: the customer's own switch, an employee's, and the order of risk. All in one transaction each.

Risk's mark is set first, so that no ask that is judged from then on passes; the wallets' flags follow, behind the lock
that every posting takes. When this has committed, nothing goes out any more (I10).
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.wallets.public import freeze_wallet, wallets_of
from walletdesk.service.cases.public import THE_SYSTEM, Entry, note_events, open_case
from walletdesk.service.freezes.models import AccountFreeze
from walletdesk.service.freezes.queries import FreezeState, freeze_state, open_freeze
from walletdesk.service.notifications.public import NoticeDraft, tell_many
from walletdesk.trust.risk.public import CHECKS, FreezeOrdered, restrict

BY_CUSTOMER = {
    "page": Words("您自己按下了冻结", "You pressed freeze"),
    "api": Words("您自己通过接口冻结", "You froze it through the API"),
    "keypad": Words("您自己在热线按键冻结", "You froze it by the telephone’s keypad"),
}
BY_RISK = Words("系统看到异常：{what}", "We saw something odd: {what}")
CASE_LINE = Words(
    "系统看到异常，先冻结了账户：{what}", "The system saw something odd and froze the account first: {what}"
)
TOLD = Words("有一笔不像您的付款，账户先冻结了", "A payment did not look like yours, so we froze your account")
TOLD_MORE = Words(
    "钱都在，没有动。是您本人就点开确认；不是您，什么也不用做，案件 {reference} 已在处理。",
    "All the money is there. If it was you, open this and say so; if not, do nothing: case {reference} is being worked on.",
)


def freeze_own(customer_id: UUID, channel: str) -> FreezeState:
    """The customer's switch: nothing goes out any more, money may come in. Throwing it twice changes nothing.

    ``channel`` is ``page``, ``api`` or ``keypad``. What an employee froze stays theirs to lift. Refuses nothing.
    """
    with transaction.atomic():
        standing = open_freeze(customer_id)
        if standing is None or standing.mode == "credit":
            reason, own = BY_CUSTOMER[channel].both(), f"customer:{customer_id}"
            ordered_by, mode, actor = ("staff", "full", standing.actor) if standing else ("self", "debit", own)
            case_id = standing.case_id if standing else None
            _end_replaced(standing, own)
            _record(customer_id, ordered_by, mode, reason, actor, channel=channel, case_id=case_id)
            _stop(customer_id, "debit", reason, actor)
    return freeze_state(customer_id)


def freeze_by_staff(customer_id: UUID, mode: str, reason: str, employee_id: UUID, case_id: UUID) -> FreezeState:
    """``mode``: ``debit``, ``credit`` or ``full``. The customer reads ``reason``. Refuses as ``wallets.freeze_wallet``."""
    actor, both = f"employee:{employee_id}", {"zh-hans": reason, "en": reason}
    with transaction.atomic():
        _end_replaced(open_freeze(customer_id), actor)
        _record(customer_id, "staff", mode, both, actor, case_id=case_id)
        _stop(customer_id, mode, both, actor)
    return freeze_state(customer_id)


def freeze_as_ordered(order: FreezeOrdered) -> None:
    """What risk ordered: freeze, case and notice together. Doing it again changes nothing."""
    if AccountFreeze.objects.filter(decision_id=order.decision_id).exists():
        return
    what = _what(order)
    reason = BY_RISK.both(what=what)
    with transaction.atomic():
        found = open_case("frozen_account", order.customer_id, (), THE_SYSTEM)
        line = Entry(
            found.id, "account_frozen", CASE_LINE.both(what=what), THE_SYSTEM,
            {"decision_id": str(order.decision_id), "reasons": list(order.reasons)},
            once=f"account_frozen:{order.decision_id}", at=order.at,
        )  # fmt: skip
        note_events([line])
        standing = open_freeze(order.customer_id)
        if standing is None or standing.ordered_by == "self":
            _end_replaced(standing, "risk")
            _record(order.customer_id, "risk", "debit", reason, "risk", case_id=found.id, decision_id=order.decision_id)
        _stop(order.customer_id, "debit", reason, "risk")
        tell_many([_notice(order, found.reference)])


def _what(order: FreezeOrdered) -> Words:
    titles = [CHECKS[code].title for code in order.reasons if code in CHECKS]
    return Words("、".join(one.zh for one in titles), "; ".join(one.en[:1].lower() + one.en[1:] for one in titles))


def _notice(order: FreezeOrdered, reference: str) -> NoticeDraft:
    more = TOLD_MORE.both(reference=reference)
    about = str(order.decision_id)
    return NoticeDraft(
        "customer", order.customer_id, "account_frozen", TOLD.both(), more, "/wallet/me/freeze/", about, True, order.at
    )


def _record(customer_id: UUID, ordered_by: str, mode: str, reason: dict[str, str], actor: str, **more: object) -> None:
    AccountFreeze.objects.create(
        customer_id=customer_id, ordered_by=ordered_by, mode=mode, reason=reason, actor=actor, frozen_at=now(), **more
    )


def _end_replaced(standing: AccountFreeze | None, actor: str) -> None:
    if standing is not None:
        standing.lifted_at, standing.lifted_how = max(now(), standing.frozen_at), "replaced"
        standing.lifted_by = actor
        standing.save(update_fields=["lifted_at", "lifted_how", "lifted_by"])


def _stop(customer_id: UUID, mode: str, reason: dict[str, str], actor: str) -> None:
    """Every wallet stands still at least in this way; what stood still in another way stands still wholly."""
    if mode != "credit":
        restrict(customer_id, "frozen", None, reason["en"], by=actor)
    for wallet in wallets_of(customer_id):
        wanted = mode if wallet.freeze in ("none", mode) else "full"
        if wallet.freeze not in (wanted, "full"):
            freeze_wallet(wallet.id, wanted, f"{reason['zh-hans']} / {reason['en']}", actor)  # type: ignore[arg-type]
