"""The customer beside the case: who, how sure we are, their money. What is masked was decided by ``agent_actions``."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from walletdesk.doors._shared.reader_time import local, moment_words
from walletdesk.doors.agent_console.showing import limits, status
from walletdesk.doors.agent_console.showing.standing import StandingShown, draw_standing
from walletdesk.foundation.amount.public import Amount
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.payments.public import ActivityRow, PaymentView, payments, scheduled_of
from walletdesk.money.wallets.public import WalletView
from walletdesk.service.agent_actions.public import FIELD_WORDS, CustomerCard, look_up, note_view, standing_of
from walletdesk.service.cases.public import CaseView
from walletdesk.service.freezes.public import freeze_state
from walletdesk.trust.customers.public import customers
from walletdesk.trust.staff.public import ActNotAllowed, EmployeeView, may
from walletdesk.trust.verification.public import ENOUGH_FOR_MONEY, prompts_of_case

IN_ORDER = status.Status(Words("账户正常", "In order"), "go", "done")
FROZEN = status.Status(Words("已冻结", "Frozen"), "wait", "hold")
REPORTED = status.Status(Words("报案时用", "Reported from"), "plain", "dot")
MONEY = {
    "captured": status.Status(Words("成功", "Paid"), "go", "done"),
    "partly_refunded": status.Status(Words("部分已退", "Part refunded"), "wait", "half"),
    "refunded": status.Status(Words("已退", "Refunded"), "plain", "flat"),
    "done": status.Status(Words("到账", "Done"), "go", "done"),
    "failed": status.Status(Words("失败", "Failed"), "bad", "x"),
    "authorised": status.Status(Words("预留中", "Held"), "wait", "hold"),
    "voided": status.Status(Words("未扣，已放回", "Held, freed"), "plain", "flat"),
    "expired": status.Status(Words("未扣，已放回", "Held, freed"), "plain", "flat"),
    "scheduled": status.Status(Words("到时转出", "Goes out later"), "wait", "half"),
    "cancelled": status.Status(Words("已取消", "Cancelled"), "plain", "flat"),
    "declined": status.Status(Words("银行拒绝", "Declined"), "bad", "x"),
    "pending": status.Status(Words("在途", "On its way"), "wait", "half"),
    "unknown": status.Status(Words("还不知道", "Not known"), "", "dash"),
}
DOUBLE = status.Status(Words("重复", "Double"), "wait", "half")
HOW = {
    "signed_in": Words("已登录", "signed in"),
    "own_device": Words("本人设备", "own device"),
    "disowned": Words("客户否认", "disowned"),
    "proofs": Words("两样凭证", "two proofs"),
    "papers": Words("凭证和证件", "proof and papers"),
}
ASKED = Words("等客户在应用里确认", "Waiting for the customer to confirm")
ASKED_MORE = Words("{hour} 前有效，客户手机上是同一个暗号", "until {hour}; their phone shows the same code")
DISOWNED = Words("客户说不是我们的人", "The customer says it is not us")
DISOWNED_MORE = Words("不要再问，安全小组已收到", "Do not ask again; security has been told")
AVAILABLE = Words("可用余额", "Available")
HELD = Words("冻结中", "On hold")
AFTER = Words("确认后可见；案件里的付款在左边", "Shown after they confirm; the case’s payments are in the timeline")
NONE = Words("还没有收付", "Nothing yet")


@dataclass(frozen=True, slots=True)
class Field:
    """A private field. ``may_ask``: it can be shown for a reason; ``asking``: the reason is being asked now."""

    key: str
    words: Words
    value: str
    revealed: bool = False
    may_ask: bool = False
    asking: bool = False


@dataclass(frozen=True, slots=True)
class WalletRow:
    words: Words
    amount: Amount | None
    strong: bool = False
    status: status.Status | None = None


@dataclass(frozen=True, slots=True)
class PaymentRow:
    at: datetime
    title: Words
    status: status.Status
    amount: Amount
    in_case: bool
    href: str = ""


@dataclass(frozen=True, slots=True)
class DelayedRow:
    """A transfer that risk holds back for a while; ``stop`` is where this employee stops it, empty for who may not. The sum is
    shown once the customer is verified, like all others.
    """

    number: str
    amount: Amount | None
    due_at: datetime
    since: datetime
    why: Words
    stop: str


@dataclass(frozen=True, slots=True)
class CaseRow:
    tail: str
    title: dict[str, str]
    href: str
    current: bool
    status: status.Status


@dataclass(frozen=True, slots=True)
class PromptCard:
    tone: str
    words: Words
    more: str
    code: str


@dataclass(frozen=True, slots=True)
class CustomerPane:
    """``case_payments`` and ``level`` are for the verbs; the rest is drawn as it is."""

    name: str
    number: str
    since_year: int
    status: status.Status
    level: int
    level_words: str
    prompt: PromptCard | None
    fields: list[Field] = field(default_factory=list)
    wallets: list[WalletRow] = field(default_factory=list)
    delayed: list[DelayedRow] = field(default_factory=list)
    limits: limits.LimitsShown | None = None
    payments: list[PaymentRow] = field(default_factory=list)
    no_payments: Words = NONE
    standing: StandingShown | None = None
    devices: list[dict[str, Any]] = field(default_factory=list)
    cases: list[CaseRow] = field(default_factory=list)
    case_payments: list[PaymentView] = field(default_factory=list)
    masked: bool = False


def pane(employee: EmployeeView, case: CaseView, revealed: dict[str, Any], asking: str) -> CustomerPane:
    """The pane for this employee. Who may see cases but not customers gets a name that is masked, and no more."""
    try:
        card = look_up(employee.id, case.id)
    except ActNotAllowed:
        note_view(employee.id, "see_case", case.customer_id, f"case:{case.id}", case.id)
        return _without_card(case)
    in_hand = case.is_open and case.assigned_id == employee.id
    may_ask = in_hand and may(employee, "unmask")
    return CustomerPane(
        name=card.name,
        number=card.number,
        since_year=local(card.since).year,
        status=FROZEN if card.frozen else IN_ORDER,
        level=card.level.level if card.level else 0,
        level_words=_level(card),
        prompt=_prompt(case, card),
        fields=[_field(card, key, revealed, asking, may_ask) for key in _private(card)],
        wallets=_wallets(revealed.get("balances") or card.wallets),
        delayed=_delayed(case, in_hand and may(employee, "freeze_wallet"), shown=card.wallets is not None),
        limits=None if card.wallets is None else limits.of_customer(case.customer_id),
        payments=_rows(card, case, revealed, in_hand and may(employee, "propose_refund")),
        no_payments=AFTER if card.activity is None else NONE,
        standing=draw_standing(standing_of(case.customer_id), masked="other_payments" in card.masked),
        devices=_devices(case),
        cases=[_case(one, case) for one in card.cases],
        case_payments=card.case_payments,
    )


def _without_card(case: CaseView) -> CustomerPane:
    person = customers([case.customer_id])[case.customer_id]
    found = payments(case.payment_ids)
    return CustomerPane(
        name=person.masked_name,
        number=person.number,
        since_year=local(person.since).year,
        status=FROZEN if freeze_state(case.customer_id).frozen else IN_ORDER,
        level=0,
        level_words=str(Words("您看不到", "not shown to you")),
        prompt=None,
        no_payments=AFTER,
        cases=[_case(case, case)],
        case_payments=[found[one] for one in case.payment_ids if one in found],
        masked=True,
    )


def _level(card: CustomerCard) -> str:
    if card.level is None:
        return str(Words("还没有核验", "Not verified yet"))
    how = HOW.get(card.level.how, card.level.how)
    hour = moment_words(card.level.at)
    return str(Words(f"第 {card.level.level} 级，{how} {hour}", f"Level {card.level.level}, {how} {hour}"))


def _prompt(case: CaseView, card: CustomerCard) -> PromptCard | None:
    """The open question with its code; after a "no", the alarm."""
    if card.prompt is not None:
        return PromptCard("", ASKED, ASKED_MORE.say(hour=moment_words(card.prompt.expires_at)), card.prompt.code_shown)
    asked = prompts_of_case(case.id)[:1]
    if asked and asked[0].state == "disowned" and case.is_open:
        return PromptCard("bad", DISOWNED, str(DISOWNED_MORE), asked[0].code_shown)
    return None


def _private(card: CustomerCard) -> list[str]:
    """Phone and mail always; sums and history only while they are masked (else they stand below)."""
    return ["phone", "email", *(key for key in ("balances", "other_payments") if key in card.masked)]


def _field(card: CustomerCard, key: str, revealed: dict[str, Any], asking: str, may_ask: bool) -> Field:
    masked, shown = key in card.masked, key in revealed
    value = {"phone": card.phone, "email": card.email}.get(key, "••••" if masked else "")
    if shown:
        value = revealed[key] if isinstance(revealed[key], str) else str(Words("见下面", "see below"))
    words = {"balances": Words("余额", "Balances"), "other_payments": Words("其他付款", "Other payments")}.get(
        key, Words(FIELD_WORDS[key].zh, FIELD_WORDS[key].en.capitalize())
    )
    return Field(
        key, words, value or "—", shown, masked and may_ask and not shown, masked and may_ask and asking == key
    )


def _wallets(wallets: list[WalletView] | None) -> list[WalletRow]:
    if wallets is None:
        return [WalletRow(AVAILABLE, None)]
    rows: list[WalletRow] = []
    for one in wallets:
        code = "" if one.asset.code == "CNY" else f" {one.asset.code}"
        words = Words(f"{AVAILABLE.zh}{code}", f"{AVAILABLE.en}{code}")
        rows.append(WalletRow(words, one.available, True, FROZEN if one.freeze != "none" else None))
        if one.held.minor:
            rows.append(WalletRow(HELD, one.held))
    return rows


def _delayed(case: CaseView, may_stop: bool, *, shown: bool) -> list[DelayedRow]:
    """Seen before the customer is verified: that money is about to leave is what a frightened caller rings about."""
    return [
        DelayedRow(
            one.number,
            one.amount if shown else None,
            one.due_at,
            one.asked_at,
            why,
            reverse("desk-stop-transfer", args=[case.reference, one.id]) if may_stop else "",
        )
        for one in scheduled_of(case.customer_id)
        if one.state == "waiting" and (why := one.delayed_because) and one.due_at
    ]


def _rows(card: CustomerCard, case: CaseView, revealed: dict[str, Any], may_refund: bool) -> list[PaymentRow]:
    """The last rows of the bill with those of the case tinted; before verification only those of the case.

    A payment of the case that can give something back leads to its own sheet.
    """
    activity: list[ActivityRow] | None = revealed.get("other_payments") or card.activity
    mine: set[UUID] = set(case.payment_ids)
    if activity is None:
        return [_payment(one) for one in card.case_payments]
    enough = may_refund and card.level is not None and card.level.level >= ENOUGH_FOR_MONEY
    sheets = {
        one.id: reverse("desk-refund", args=[case.reference, one.id])
        for one in card.case_payments
        if enough and one.left.minor > 0
    }
    return [
        PaymentRow(
            at=row.at,
            title=row.title,
            status=activity_status(row),
            amount=row.amount,
            in_case=row.id in mine or row.payment_id in mine,
            href=sheets.get(row.id, ""),
        )
        for row in activity
    ]


def activity_status(row: ActivityRow) -> status.Status:
    if row.state == "captured" and row.duplicate_of:
        return DOUBLE
    if row.kind == "refund" and row.state == "done":
        return status.Status(Words("退回", "Back"), "go", "done")
    if row.kind == "transfer_in":
        return status.Status(Words("收到", "Received"), "go", "done")
    return MONEY.get(row.state, MONEY["unknown"])


def _payment(one: PaymentView) -> PaymentRow:
    state = DOUBLE if one.state == "captured" and one.duplicate_of else MONEY[one.state]
    return PaymentRow(one.captured_at, one.payee, state, -one.amount, True)


def _devices(case: CaseView) -> list[dict[str, Any]]:
    device = case.device or {}
    system = " ".join(part for part in (device.get("os", ""), device.get("os_version", "")) if part)
    name = ", ".join(part for part in (device.get("brand", ""), system, device.get("browser", "")) if part)
    return [{"words": name, "status": REPORTED}] if name else []


def _case(one: CaseView, current: CaseView) -> CaseRow:
    href = reverse("desk-case", args=[one.reference])
    return CaseRow(one.reference.rpartition("-")[2], one.title, href, one.id == current.id, status.of_case(one))
