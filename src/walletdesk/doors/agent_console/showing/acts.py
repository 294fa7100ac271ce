"""Acts of staff in words, for who reads what somebody did or what was done to a post."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from walletdesk.foundation.audit.public import ActView
from walletdesk.foundation.i18n.words import Words
from walletdesk.trust.staff.public import employees

VERBS = {
    "look_up": Words("打开客户资料", "Opened a customer"),
    "unmask": Words("看遮住的字段", "Uncovered a field"),
    "break_glass": Words("没有案件，紧急打开账户", "Opened an account in an emergency"),
    "end_glass": Words("结束紧急打开", "Ended an emergency opening"),
    "ask_verification": Words("请客户确认身份", "Asked a customer to confirm"),
    "propose": Words("提议", "Proposed"),
    "approve": Words("批准", "Approved"),
    "reject": Words("退回", "Sent back"),
    "withdrawn": Words("收回提议", "Withdrew a proposal"),
    "replaced": Words("改了提议", "Replaced a proposal"),
    "tried_to_decide": Words("想决定，被拒绝", "Tried to decide; refused"),
    "answer_alarm": Words("处理警报", "Answered an alarm"),
    "third_look_agrees": Words("抽查，认可", "Third look: agrees"),
    "third_look_disagrees": Words("抽查，不认可", "Third look: disagrees"),
    "place_canary": Words("放了一个诱饵", "Placed a canary"),
    "lift_canary": Words("撤了一个诱饵", "Lifted a canary"),
    "employ": Words("录用", "Employed"),
    "change_post": Words("改岗位", "Changed a post"),
    "set_caps": Words("改上限", "Changed the caps"),
    "make_pass": Words("给了登记码", "Handed over a pass"),
    "enrol": Words("完成登记", "Enrolled"),
    "plan_shift": Words("排班", "Planned a shift"),
    "cancel_shift": Words("取消班次", "Cancelled a shift"),
    "open_team": Words("新建组", "Opened a team"),
    "rename_team": Words("改组名", "Renamed a team"),
    "publish_menu": Words("发布语音菜单", "Published the menu"),
    "alarm": Words("系统发出警报", "The system raised an alarm"),
    "see_payee": Words("看收款方和举报", "Looked at a payee and reports"),
    "see_case": Words("看案件（姓名遮住）", "Opened a case, name masked"),
    "see_messages": Words("看发出的消息", "Looked at what went out"),
    "see_file": Words("打开案件文件", "Opened a file of a case"),
    "see_call": Words("看通话记录", "Looked at the record of a call"),
    "see_proposal": Words("看提议", "Looked at a proposal"),
    "see_papers_handed_in": Words("打开证件页", "Opened the page of papers"),
    "see_risk_decision": Words("看风控判断", "Looked at a risk decision"),
    "see_acts": Words("查一位客户的记录", "Looked through a customer’s record"),
    "see_papers": Words("看证件照片", "Looked at photos of papers"),
    "accept_papers": Words("认可证件", "Accepted papers"),
    "reject_papers": Words("退回证件", "Sent papers back"),
    "let_go_of_photos": Words("删去证件照片", "Deleted photos of papers"),
    "start_reset": Words("为客户开始重设", "Started a reset"),
    "ask_questions": Words("出了三道题", "Drew up questions"),
    "lock_account": Words("锁客户登录", "Locked a sign-in"),
    "sign_out": Words("让客户设备退出登录", "Signed devices of a customer out"),
    "report_payee": Words("替客户举报收款方", "Reported a payee for a customer"),
    "safety_check": Words("和客户做安全检查", "Made a safety check"),
    "lock_reported": Words("接到冒用报告，锁客户登录", "Locked a sign-in: misuse reported"),
    "freeze_wallet": Words("冻结账户", "Froze an account"),
    "unfreeze_wallet": Words("批准解冻", "Approved lifting a freeze"),
    "stop_transfer": Words("停止一笔等着的转账", "Stopped a waiting transfer"),
    "delay_transfer": Words("让转账先等", "Made a transfer wait"),
    "write_risk_rules": Words("写了风控规则", "Wrote risk rules"),
    "publish_risk_rules": Words("发布风控规则", "Published risk rules"),
    "mark_reported": Words("标记：被举报", "Marked: reported"),
    "mark_in_review": Words("单独提醒付款人，有时限", "Warned payers alone, for a time"),
    "unmark_in_review": Words("撤下单独的提醒", "Took the single-handed warning off"),
    "mark_warned": Words("标记：付款前提醒", "Marked: payers are warned"),
    "unmark_warned": Words("撤标记：付款前提醒", "Unmarked: payers are warned"),
    "payee_sound": Words("查过收款方，没有问题", "Looked into a payee: sound"),
    "list_fake": Words("列入假冒名单", "Listed a fake"),
    "end_fake": Words("移出假冒名单", "Took a fake off the list"),
    "mark_fake": Words("标记：假冒", "Marked: fake"),
    "unmark_reported": Words("撤标记：被举报", "Unmarked: reported"),
    "unmark_fake": Words("撤标记：假冒", "Unmarked: fake"),
    "set_figure": Words("改了配置数字", "Changed a figure of the house"),
    "publish_contacts": Words("发布官方联系方式", "Published official contacts"),
    "choose_prompt": Words("换了提示音", "Put a prompt into use"),
    "hear_recording": Words("听录音", "Heard a recording"),
    "allow_hearing": Words("准许听录音", "Allowed a hearing"),
    "refuse_hearing": Words("不准听录音", "Refused a hearing"),
    "hotline_listen": Words("旁听通话", "Listened to a call"),
    "hotline_whisper": Words("对客服耳语", "Whispered to an agent"),
    "hotline_stop_listening": Words("不再旁听", "Stopped listening"),
    "set_skills": Words("改技能", "Set skills"),
    "save_plan": Words("存了排班计划", "Saved a staffing plan"),
    "make_api_key": Words("做了密钥", "Made an API key"),
    "revoke_api_key": Words("作废密钥", "Revoked an API key"),
    "resend_api_request": Words("准许重发请求", "Allowed a request again"),
    "verify": Words("客户确认了", "The customer confirmed"),
    "disown_agent": Words("客户说不是我们的人", "The customer disowned the agent"),
    "disown_caller": Words("客户说来电的不是本人", "The customer disowned the caller"),
    "prove_by_keypad": Words("客户用按键证明", "Proved by keypad"),
    "prove_by_telephone": Words("客户用电话证明", "Proved by telephone"),
}
SYSTEM = Words("系统", "The system")


@dataclass(frozen=True, slots=True)
class ActRow:
    at: datetime
    words: Words
    who: Words
    more: str
    reason: str


def rows(acts: list[ActView]) -> list[ActRow]:
    """The acts, each with who did it; what changed stands in ``more``, before → after."""
    ids = {act.actor: one for act in acts if (one := _employee_id(act.actor))}
    people = employees(set(ids.values()))
    found = []
    for act in acts:
        agent = people.get(ids[act.actor]) if act.actor in ids else None
        who = agent.label if agent else SYSTEM
        found.append(ActRow(act.at, VERBS.get(act.verb, Words(act.verb, act.verb)), who, _change(act), act.reason))
    return found


def _employee_id(actor: str) -> UUID | None:
    """Who did it, when it was one of us; the record outlives whatever once wrote other names into it."""
    kind, _, name = actor.partition(":")
    try:
        return UUID(name) if kind == "employee" else None
    except ValueError:
        return None


def _change(act: ActView) -> str:
    before, after = act.detail.get("before"), act.detail.get("after")
    if not isinstance(before, dict) or not isinstance(after, dict):
        return ""
    changed = [name for name in after if after[name] != before.get(name)]
    return ", ".join(f"{name}: {_plain(before.get(name))} → {_plain(after[name])}" for name in changed)


def _plain(value: object) -> str:
    return "—" if value is None else str(value)
