"""Where an agent stands: six states, and which may follow which. ``wished`` by the agent, ``moved`` by a call."""

from __future__ import annotations

from walletdesk.foundation.i18n.words import Words

LOGGED_OFF, AVAILABLE, OFFERED, ON_CALL, WRAP_UP, PAUSED = STATES = (
    "logged_off", "available", "offered", "on_call", "wrap_up", "paused",
)  # fmt: skip

STATE_WORDS = {
    LOGGED_OFF: Words("离席", "Logged off"),
    AVAILABLE: Words("空闲", "Available"),
    OFFERED: Words("来电中", "Ringing"),
    ON_CALL: Words("通话中", "On a call"),
    WRAP_UP: Words("整理中", "Wrapping up"),
    PAUSED: Words("暂停", "Paused"),
}
REASONS = {
    "break": Words("休息", "Break"),
    "meal": Words("用餐", "Meal"),
    "training": Words("培训", "Training"),
    "meeting": Words("会议", "Meeting"),
    "technical": Words("设备故障", "Technical trouble"),
    "after_hard_call": Words("缓一缓", "A breather after a hard call"),
    "no_answer": Words("来电没有接", "Did not answer"),
    "declined": Words("没有接这通来电", "Declined a call"),
    "page_closed": Words("页面关闭了", "The page was closed"),
}
OWN_REASONS = ("break", "meal", "training", "meeting", "technical", "after_hard_call")

WISHED = {
    LOGGED_OFF: {AVAILABLE, PAUSED},
    AVAILABLE: {PAUSED, LOGGED_OFF},
    WRAP_UP: {AVAILABLE, PAUSED, LOGGED_OFF},
    PAUSED: {AVAILABLE, LOGGED_OFF, PAUSED},
}
MOVED = {
    AVAILABLE: {OFFERED, ON_CALL},
    OFFERED: {ON_CALL, AVAILABLE, PAUSED, LOGGED_OFF},
    ON_CALL: {WRAP_UP, AVAILABLE, PAUSED, LOGGED_OFF},
}


def may_wish(state: str, wish: str) -> bool:
    """Whether an agent may go there by themselves; with a caller on the line or on the way they may not."""
    return wish in WISHED.get(state, ())


def may_move(state: str, to: str) -> bool:
    """Whether a call may bring them there."""
    return to in MOVED.get(state, ())
