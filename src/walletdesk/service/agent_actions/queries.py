"""What the customer may read of what agents did: agent number, act, reason, moment, case."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from walletdesk.foundation.audit.public import ActView, acts_on_customer
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.agent_actions.rules.masking import FIELD_WORDS
from walletdesk.service.agent_actions.rules.refund_checks import filled
from walletdesk.service.cases.public import CaseNotFound, case
from walletdesk.trust.staff.public import EmployeeView, employees

ACTS = {
    "look_up": Words(
        "打开了您的资料（私密字段是遮住的，除非您已确认）",
        "Opened your card (private fields masked unless you had confirmed)",
    ),
    "unmask": Words("看了您的{field}", "Looked at your {field}"),
    "ask_verification": Words("请您在手机上确认身份", "Asked you to confirm on your phone"),
    "withdrawn": Words("撤回了给您退款的提议", "Withdrew a proposal of a refund to you"),
    "replaced": Words("改了给您退款的提议", "Changed a proposal of a refund to you"),
    "propose": Words("提议给您退款", "Proposed a refund to you"),
    "approve": Words("批准了给您的退款", "Approved a refund to you"),
    "reject": Words("退回了给您退款的提议", "Sent back a proposal of a refund to you"),
    "tried_to_decide": Words("想决定给您的退款，被系统拒绝", "Tried to decide a refund to you; the system refused"),
    "hear_recording": Words("听了您的一段通话录音", "Heard a recording of a call of yours"),
    "freeze_wallet": Words("冻结了您的钱包", "Froze your wallet"),
    "unfreeze_wallet": Words("解冻了您的钱包", "Unfroze your wallet"),
}
OTHER = Words("处理了您的账户：{verb}", "Worked on your account: {verb}")


@dataclass(frozen=True, slots=True)
class SeenAct:
    """One act of staff on a customer's account, as the customer reads it."""

    at: datetime
    agent_number: str
    agent_name: Words
    what: Words
    reason: str
    case_reference: str
    verb: str


def acts_seen_by_customer(customer_id: uuid.UUID, limit: int = 100) -> list[SeenAct]:
    """Who looked, and who did what: staff's acts on this customer, newest first. The reasons are those they gave."""
    acts = [act for act in acts_on_customer(customer_id, limit) if act.actor.startswith("employee:")]
    agents = employees({_employee_id(act) for act in acts})
    references = _references({act.case_id for act in acts if act.case_id})
    return [_seen(act, agents.get(_employee_id(act)), references) for act in acts]


def _employee_id(act: ActView) -> uuid.UUID:
    return uuid.UUID(act.actor.removeprefix("employee:"))


def _references(case_ids: set[uuid.UUID]) -> dict[uuid.UUID, str]:
    found = {}
    for case_id in case_ids:
        try:
            found[case_id] = case(case_id).reference
        except CaseNotFound:
            continue
    return found


def _seen(act: ActView, agent: EmployeeView | None, references: dict[uuid.UUID, str]) -> SeenAct:
    field = FIELD_WORDS.get(act.detail.get("field", ""), "")
    return SeenAct(
        at=act.at,
        agent_number=agent.employee_number if agent else "",
        agent_name=agent.name if agent else Words("", ""),
        what=filled(ACTS.get(act.verb, OTHER), field=field, verb=act.verb),
        reason=act.reason,
        case_reference=references.get(act.case_id, "") if act.case_id else "",
        verb=act.verb,
    )
