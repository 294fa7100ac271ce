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
    people = employees({UUID(act.actor[9:]) for act in acts if act.actor.startswith("employee:")})
    found = []
    for act in acts:
        agent = people.get(UUID(act.actor[9:])) if act.actor.startswith("employee:") else None
        who = agent.label if agent else SYSTEM
        found.append(ActRow(act.at, VERBS.get(act.verb, Words(act.verb, act.verb)), who, _change(act), act.reason))
    return found


def _change(act: ActView) -> str:
    before, after = act.detail.get("before"), act.detail.get("after")
    if not isinstance(before, dict) or not isinstance(after, dict):
        return ""
    changed = [name for name in after if after[name] != before.get(name)]
    return ", ".join(f"{name}: {_plain(before.get(name))} → {_plain(after[name])}" for name in changed)


def _plain(value: object) -> str:
    return "—" if value is None else str(value)
