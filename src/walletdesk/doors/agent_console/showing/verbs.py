"""What can be done next with a case: one main verb, the others beside it, each with its key and, if barred, the reason."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.urls import reverse

from walletdesk.doors.agent_console.showing.customer import CustomerPane
from walletdesk.foundation.amount.public import Amount
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.payments.public import PaymentView
from walletdesk.service.cases.public import CaseView
from walletdesk.trust.approvals.public import ProposalView, open_proposal_for
from walletdesk.trust.staff.public import EmployeeView, employees, may
from walletdesk.trust.verification.public import ENOUGH_FOR_MONEY


@dataclass(frozen=True, slots=True)
class Verb:
    """``href`` is followed, ``act`` is posted to; with neither the verb is barred."""

    words: Words
    href: str = ""
    act: str = ""
    key: str = ""
    icon: str = ""
    amount: Amount | None = None
    main: bool = False


@dataclass(slots=True)
class Offered:
    """``step`` is what the timeline says comes next."""

    beside: list[Verb] = field(default_factory=list)
    above: list[Verb] = field(default_factory=list)
    note: Words | None = None
    step: Words | None = None
    step_more: Words | None = None


TAKE = Words("接下这件", "Take this case")
TAKE_OVER = Words("转到我手里", "Take it over")
ASK = Words("请客户确认", "Ask the customer to confirm")
ASK_AGAIN = Words("再核验", "Verify again")
REFUND = Words("提议退款", "Propose refund")
SOLVED = Words("问客户解决了没有", "Ask whether it is solved")
ASK_SOLVED = Words("办完", "Finish")
CLOSE = Words("结案", "Close")
SAFETY = Words("安全检查", "Safety check")
WAY_BACK = Words("找回账户", "The way back")
HAND_ON = Words("转交", "Hand on")
FREEZE = Words("冻结", "Freeze")
REOPEN = Words("重新打开", "Reopen")
SECOND = Words("等第二人批准", "Waits for a second person")
WAITS = Words("等客户确认", "Waiting for the customer")
NOT_YOURS = Words("您的岗位只能看", "Your role may look only")
BY_LAW = Words(
    "退款要先由客户在应用里确认身份，再由另一组的同事批准。",
    "First the customer confirms in the app, then a colleague of another team approves.",
)
TWO_PEOPLE = Words("要另一组的第二人批准", "a second person of another team approves")


def refundable(case: CaseView, found: list[PaymentView]) -> PaymentView | None:
    """The payment that a refund is most likely about: the double with money left, else the last one with money left.

    None once a double charge was put right: what is left then is the purchase itself.
    """
    if case.kind == "duplicate_charge" and any(one.refunded.minor for one in found):
        return None
    left = [one for one in found if one.left.minor > 0]
    doubles = [one for one in left if one.duplicate_of is not None]
    likely = doubles or left
    return likely[-1] if likely else None


def waiting_proposal(case: CaseView) -> ProposalView | None:
    """The proposal that waits for a second person in this case, if any."""
    found = (open_proposal_for("refund", str(payment_id)) for payment_id in case.payment_ids)
    return next((one for one in found if one is not None), None)


def offered(employee: EmployeeView, case: CaseView, person: CustomerPane) -> Offered:
    """What this employee can do with this case now."""
    here = [case.reference]
    if not case.is_open:
        act = reverse("desk-reopen", args=here) if may(employee, "work_cases") else ""
        return Offered(beside=[Verb(REOPEN, act=act, main=True)])
    if not may(employee, "work_cases"):
        return Offered(note=NOT_YOURS)
    if case.assigned_id is None:
        step = Words("等人接手", "Waiting to be taken")
        return Offered(
            [Verb(TAKE, act=reverse("desk-take", args=here), key="a", icon="usercheck", main=True)], step=step
        )
    if case.assigned_id != employee.id:
        return _of_another(employee, case)
    return _in_hand(employee, case, person)


def _of_another(employee: EmployeeView, case: CaseView) -> Offered:
    holder = employees([case.assigned_id]).get(case.assigned_id) if case.assigned_id else None
    number = holder.employee_number if holder else ""
    note = Words(f"工号 {number} 正在处理。", f"Agent {number} has it.")
    if not may(employee, "reassign"):
        return Offered(note=note)
    return Offered([Verb(TAKE_OVER, act=reverse("desk-take-over", args=[case.reference]), main=True)], note=note)


def _in_hand(employee: EmployeeView, case: CaseView, person: CustomerPane) -> Offered:
    here = [case.reference]
    page = reverse("desk-case", args=here)
    ask = reverse("desk-ask", args=here)
    result = Offered(above=[Verb(HAND_ON, href=f"{page}?act=hand#hand")])
    if may(employee, "look_up_customer"):
        result.above.append(Verb(SAFETY, href=reverse("desk-safety", args=here)))
    if may(employee, "freeze_wallet"):
        result.above.append(Verb(FREEZE, href=reverse("desk-freeze", args=here)))
    resets = may(employee, "start_reset")
    if resets and case.kind != "locked_out":  # whoever asks about something else may turn out to be locked out
        result.above.append(Verb(WAY_BACK, href=reverse("desk-way-back", args=here)))
    solved = Verb(ASK_SOLVED, act=reverse("desk-ask-solved", args=here), key="e")
    close = [Verb(CLOSE, href=f"{page}?act=close#close")] if may(employee, "close_case") else []
    waiting, payment = waiting_proposal(case), refundable(case, person.case_payments)
    may_propose = may(employee, "propose_refund")
    asked = person.prompt is not None and not person.prompt.tone
    enough = person.level >= ENOUGH_FOR_MONEY
    again = Verb(ASK_AGAIN if enough else ASK, act="" if asked else ask, key="" if asked else "v")
    if case.kind == "locked_out" and resets:
        back = Verb(WAY_BACK, href=reverse("desk-way-back", args=here), key="r", icon="key", main=True)
        result.beside, result.step = (
            [back, again, *close],
            Words("等客户证明是本人", "Waiting for the customer’s proofs"),
        )
    elif waiting is not None:
        href = reverse("desk-proposal", args=[waiting.id])
        result.beside = [Verb(SECOND, href=href, icon="usercheck", main=True), *close]
        result.step, result.step_more = Words("等第二人批准退款", "Waiting for the second person"), TWO_PEOPLE
    elif case.state == "resolved":
        result.beside = [again, *_refund(case, payment, may_propose and enough, False), *close]
        result.step = Words("等客户说解决了没有", "Waiting for the customer’s word")
        return result
    elif payment is None or not may_propose:
        result.beside = [Verb(SOLVED, act=solved.act, key="e", icon="help", main=True), again, *close]
        return result
    elif not enough:
        words = WAITS if asked else ASK
        main = Verb(words, act="" if asked else ask, key="" if asked else "v", icon="device", main=True)
        result.beside, result.note = [main, *close], BY_LAW
        result.step = (
            Words("等客户在应用里确认", "Waiting for the customer to confirm")
            if asked
            else Words("请客户在应用里确认身份", "Ask the customer to confirm in the app")
        )
    else:
        result.beside = [*_refund(case, payment, True, True), again, *close]
        result.step, result.step_more = Words("等您提议退款", "Waiting for your proposal"), TWO_PEOPLE
    result.above.append(solved)
    return result


def _refund(case: CaseView, payment: PaymentView | None, can: bool, main: bool) -> list[Verb]:
    if payment is None or not can:
        return []
    href = reverse("desk-refund", args=[case.reference, payment.id])
    return [Verb(REFUND, href=href, key="r", icon="refund", amount=payment.left if main else None, main=main)]
