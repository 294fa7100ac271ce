"""What the customer may read of what agents did: agent number, act, reason, moment, case."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from walletdesk.foundation.audit.public import ActView, Wanted, act_on_customer, acts_on_customer, search_acts
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.agent_actions.rules.masking import FIELD_WORDS
from walletdesk.service.agent_actions.rules.refund_checks import filled
from walletdesk.service.cases.public import CaseNotFound, case
from walletdesk.service.oversight.public import objections_of
from walletdesk.trust.approvals.public import proposal_kinds
from walletdesk.trust.risk.public import WARNING_MARKS, reports_on, restrictions_of
from walletdesk.trust.staff.public import EmployeeView, employees

PROPOSAL = "proposal:"

ACTS = {
    "look_up": Words(
        "打开了您的资料（私密字段是遮住的，除非您已确认）",
        "Opened your card (private fields masked unless you had confirmed)",
    ),
    "break_glass": Words("没有案件，紧急打开了您的资料", "Opened your account in an emergency, without a case"),
    "end_glass": Words("结束了那次紧急打开", "Ended that emergency opening"),
    "unmask": Words("看了您的{field}", "Looked at your {field}"),
    "ask_verification": Words("请您在手机上确认身份", "Asked you to confirm on your phone"),
    "hear_recording": Words("听了您的一段通话录音", "Heard a recording of a call of yours"),
    "see_case": Words("看了您的一个案件（姓名是遮住的）", "Opened a case of yours (your name masked)"),
    "see_messages": Words(
        "看了给您发过哪些消息，没有看内容", "Looked at which messages went out to you, not at their words"
    ),
    "see_file": Words("打开了案件里的一个文件", "Opened a file of your case"),
    "see_call": Words("看了您一次通话的记录", "Looked at the record of a call of yours"),
    "see_proposal": Words("看了和您有关的一项提议", "Looked at a proposal about you"),
    "see_papers_handed_in": Words("打开了您交证件的那一页", "Opened the page of the papers you handed in"),
    "see_risk_decision": Words("看了对您一笔付款的安全判断", "Looked at a safety decision about a payment of yours"),
    "see_acts": Words("查了谁动过您的账户", "Looked through who did what on your account"),
    "see_payee": Words("看了对您收款的举报", "Looked at reports about payments to you"),
    "payee_sound": Words(
        "查了对您收款的举报，没有发现问题", "Looked into reports about payments to you; nothing found"
    ),
    "mark_in_review": Words(
        "请付款给您的人先留意，一天之内有效", "Warned whoever pays you, for a day, while looking into it"
    ),
    "unmark_in_review": Words("核对完了，撤掉了提醒", "Looked into it and took that warning off"),
    "mark_warned": Words("付款给您的人会先看到提醒", "Put a warning before payments to you"),
    "unmark_warned": Words("撤掉了付款给您时的提醒", "Took the warning before payments to you off"),
    "mark_reported": Words("把付给您的款标为“被举报”", "Put payments to you under report"),
    "mark_fake": Words("把付给您的款标为“假冒”", "Marked payments to you as known to be false"),
    "unmark_reported": Words("撤掉了“被举报”的标记", "Took the mark “under report” off you"),
    "unmark_fake": Words("撤掉了“假冒”的标记", "Took the mark “known to be false” off you"),
    "start_reset": Words(
        "为您开始了重设密码；代码只发给您", "Started a reset of your password; the code went to you alone"
    ),
    "ask_questions": Words("问了几个关于账户的问题", "Asked a few questions about your account"),
    "see_papers": Words("看了您交的证件照片", "Looked at the photos of your papers"),
    "accept_papers": Words("核对了您的证件：可以", "Looked at your papers and accepted them"),
    "reject_papers": Words("核对了您的证件，请您重交", "Looked at your papers and sent them back"),
    "lock_account": Words("锁上了您的登录", "Locked your sign-in"),
    "sign_out": Words("让您的设备退出了登录", "Signed devices of yours out"),
    "report_payee": Words("按您说的，举报了一个收款方", "Reported a payee for you, as you said"),
    "safety_check": Words("和您一起做了安全检查", "Made a safety check with you"),
    "lock_reported": Words("有人报告账户被冒用，锁上了您的登录", "Locked your sign-in: misuse was reported"),
    "freeze_wallet": Words("冻结了您的钱包", "Froze your wallet"),
    "stop_transfer": Words("停止了一笔等待中的转账", "Stopped a transfer that was waiting"),
    "unfreeze_wallet": Words("解冻了您的钱包", "Unfroze your wallet"),
}
PROPOSALS = {
    "refund": {
        "withdrawn": Words("撤回了给您退款的提议", "Withdrew a proposal of a refund to you"),
        "replaced": Words("改了给您退款的提议", "Changed a proposal of a refund to you"),
        "propose": Words("提议给您退款", "Proposed a refund to you"),
        "approve": Words("批准了给您的退款", "Approved a refund to you"),
        "reject": Words("退回了给您退款的提议", "Sent back a proposal of a refund to you"),
        "tried_to_decide": Words("想决定给您的退款，被系统拒绝", "Tried to decide a refund to you; the system refused"),
    },
    "unfreeze": {
        "withdrawn": Words("撤回了解冻您钱包的提议", "Withdrew a proposal to unfreeze your wallet"),
        "replaced": Words("改了解冻您钱包的提议", "Changed a proposal to unfreeze your wallet"),
        "propose": Words("提议解冻您的钱包", "Proposed to unfreeze your wallet"),
        "approve": Words("同意解冻您的钱包", "Approved unfreezing your wallet"),
        "reject": Words("退回了解冻您钱包的提议", "Sent back a proposal to unfreeze your wallet"),
        "tried_to_decide": Words(
            "想决定解冻您的钱包，被系统拒绝", "Tried to decide on unfreezing your wallet; the system refused"
        ),
    },
    "tier": {
        "withdrawn": Words("收回了提高您等级的提议", "Withdrew a proposal to raise your tier"),
        "propose": Words("先看了您的证件，提议提高您的等级", "Looked first at your papers and proposed a higher tier"),
        "approve": Words("再看了您的证件，批准提高您的等级", "Looked next at your papers and approved a higher tier"),
        "reject": Words(
            "再看了您的证件，没有批准更高的等级", "Looked next at your papers and did not approve a higher tier"
        ),
        "tried_to_decide": Words("想决定您的等级，被系统拒绝", "Tried to decide about your tier; the system refused"),
    },
}
"""What two persons decide, by the kind of the proposal."""
LATER = {"mark_in_review": "in_review", "mark_reported": "reported"}
"""Acts that are read by who was marked once their mark has ended: told sooner, a swindler moves the money away while we
look."""
LOOKED = "see_payee"
KEPT = frozenset({f"{act}_{kind}" for act in ("mark", "unmark") for kind in WARNING_MARKS} | {"payee_sound"})
"""Why, may name whoever reported it: that much stays with us."""
OTHER = Words("处理了您的账户：{verb}", "Worked on your account: {verb}")


@dataclass(frozen=True, slots=True)
class SeenAct:
    """One act of staff on a customer's account, as the customer reads it. ``objection``: the case's reference, if the
    customer objected to it.
    """

    at: datetime
    agent_number: str
    agent_name: Words
    what: Words
    reason: str
    case_reference: str
    verb: str
    number: int
    objection: str


def acts_seen_by_customer(customer_id: uuid.UUID, limit: int = 100) -> list[SeenAct]:
    """Who looked, and who did what: staff's acts on this customer, newest first. The reasons are those they gave.

    That payments to them were put under review or report stands here once no such mark is left, or that one was taken off.
    """
    acts = [act for act in acts_on_customer(customer_id, limit) if act.actor.startswith("employee:")]
    acts = _told_by_now(customer_id, acts)
    agents = employees({_employee_id(act) for act in acts})
    objected = objections_of(customer_id, [act.id for act in acts])
    references = _references({act.case_id for act in acts if act.case_id} | set(objected.values()))
    kinds = _proposal_kinds(acts)
    return [_seen(act, agents.get(_employee_id(act)), references, objected, kinds) for act in acts]


def act_seen_by_customer(customer_id: uuid.UUID, number: int) -> SeenAct | None:
    """One of them by its number; None for another's, for what no member of staff did, and for what is told later."""
    act = act_on_customer(customer_id, number)
    if act is None or not act.actor.startswith("employee:") or not _told_by_now(customer_id, [act]):
        return None
    objected = objections_of(customer_id, [number])
    references = _references({act.case_id} - {None} | set(objected.values()))  # type: ignore[arg-type]
    agent = employees([_employee_id(act)]).get(_employee_id(act))
    return _seen(act, agent, references, objected, _proposal_kinds([act]))


def _told_by_now(customer_id: uuid.UUID, acts: list[ActView]) -> list[ActView]:
    """Without the marks that still stand: told of a review that ran out, who is under report by now would know. What came
    before its own last unmarking is told, whatever was marked anew: by the numbers of the acts, not by a clock. Looks at
    reports are told when none is open and nothing of the kind stands.
    """
    hidden = {LATER[act.verb] for act in acts if act.verb in LATER}
    looks = any(act.verb == LOOKED for act in acts)
    standing = bool(hidden or looks) and any(one.kind in LATER.values() for one in restrictions_of(customer_id))
    if looks and (standing or any(not one.outcome for one in reports_on(customer_id))):
        acts = [act for act in acts if act.verb != LOOKED]
    if not hidden or not standing:
        return acts
    ended = {f"mark_{kind}": _last_ended(customer_id, kind) for kind in hidden}
    return [act for act in acts if act.verb not in LATER or act.id < ended[act.verb]]


def _last_ended(customer_id: uuid.UUID, kind: str) -> int:
    return max((act.id for act in search_acts(Wanted(verb=f"unmark_{kind}", customer_id=customer_id), 1)), default=0)


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


def _proposal_kinds(acts: Iterable[ActView]) -> dict[str, str]:
    """By the subject of an act, the kind of the proposal that it was about."""
    ids = {uuid.UUID(act.subject.removeprefix(PROPOSAL)) for act in acts if act.subject.startswith(PROPOSAL)}
    return {f"{PROPOSAL}{proposal_id}": kind for proposal_id, kind in proposal_kinds(ids).items()}


def _seen(
    act: ActView,
    agent: EmployeeView | None,
    references: dict[uuid.UUID, str],
    objected: dict[int, uuid.UUID],
    kinds: dict[str, str],
) -> SeenAct:
    field = FIELD_WORDS.get(act.detail.get("field", ""), "")
    words = PROPOSALS.get(kinds.get(act.subject, ""), ACTS)
    return SeenAct(
        at=act.at,
        agent_number=agent.employee_number if agent else "",
        agent_name=agent.name if agent else Words("", ""),
        what=filled(words.get(act.verb, OTHER), field=field, verb=act.verb),
        reason="" if act.verb in KEPT else act.reason,
        case_reference=references.get(act.case_id, "") if act.case_id else "",
        verb=act.verb,
        number=act.id,
        objection=references.get(objected[act.id], "") if act.id in objected else "",
    )
