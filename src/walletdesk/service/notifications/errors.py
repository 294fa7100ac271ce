"""How this room says no."""

from __future__ import annotations

from walletdesk.foundation.errors import NotFound
from walletdesk.foundation.i18n.words import Words


class NoticeNotFound(NotFound):
    """No such notice, or another's: the same answer."""

    code = "notice_not_found"
    what = Words("没有找到这条消息", "This message was not found")
    next = Words("请从消息列表打开", "Open it from the list of messages")
