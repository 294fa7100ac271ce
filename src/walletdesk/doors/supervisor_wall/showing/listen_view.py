"""A conversation as somebody sees it who may listen: the agent, the topic, since when. Never who the caller is."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from walletdesk.doors.supervisor_wall.showing.queue_names import queue_words
from walletdesk.foundation.errors import Conflict
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.hotline.public import CallView, presence_of


class PageMissing(Conflict):
    """Protects: a sound goes to a page that its reader has opened, nowhere else."""

    code = "no_page_to_listen_on"
    what = Words("您的软电话没有打开", "Your soft-phone is not open")
    money = Words("什么都没有改变", "Nothing has changed")
    next = Words(
        "请先在另一个窗口打开工作台、上线（可设为小休），再回来旁听",
        "Open your desk in another window and go on line (a break will do), then come back",
    )


@dataclass(frozen=True, slots=True)
class Talk:
    call_id: uuid.UUID
    agent: Words
    topic: Words | str
    since: datetime | None


def page(call: CallView) -> Talk | None:
    """The conversation, or nothing when nobody of us is in it."""
    if not call.agents or call.ended_at is not None:
        return None
    agent = call.agents[0]
    words = Words(f"工号 {agent.employee_number} {agent.name_zh}", f"Agent {agent.employee_number} {agent.name_en}")
    return Talk(call.id, words, queue_words(call.topic), call.agent_at)


def seat_of(employee_id: uuid.UUID) -> str:
    """The page on which the listener's own soft-phone rings; empty when none is open."""
    mine = presence_of(employee_id)
    return mine.seat if mine else ""
