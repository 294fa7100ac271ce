"""How a contact ended, in the words of the desk."""

from __future__ import annotations

from walletdesk.foundation.i18n.words import Words

DISPOSITIONS = {
    "solved": Words("已解决", "Solved"),
    "in_hand": Words("还在处理", "In hand"),
    "handed_on": Words("已转交", "Handed on"),
    "call_again": Words("还会再联系", "To be contacted again"),
    "wrong_number": Words("打错了", "Wrong number"),
    "abusive": Words("言语辱骂", "Abusive"),
    "dropped": Words("通话中断", "Cut off"),
}
KINDS_BY_TOPIC = {
    "payments": "payment_problem",
    "complaints": "question",
    "general": "question",
    "security": "question",
}
"""Topic of the queue → kind of the case that a contact opens when it brought none."""

OUTCOMES = {
    "talked": Words("通话结束", "Spoke with an agent"),
    "transferred": Words("转到其他线路", "Transferred to another line"),
    "served_by_menu": Words("自助完成", "Served by the menu"),
    "left_in_menu": Words("在菜单中挂断", "Left in the menu"),
    "left_in_greeting": Words("在问候语中挂断", "Left in the greeting"),
    "abandoned": Words("等待中挂断", "Left while waiting"),
    "call_back_kept": Words("约定回电", "To be called back"),
    "closed_hours": Words("非服务时间", "Outside opening hours"),
    "refused_place": Words("没有排上队", "No place in line"),
    "no_sound": Words("没有声音", "No sound"),
    "not_reached": Words("回电没有接通", "Not reached"),
    "dropped_by_us": Words("线路中断，是我们的原因", "Cut off by us"),
}


def case_kind(topic: str) -> str:
    return KINDS_BY_TOPIC.get(topic, "question")
