"""How this room says no.

NotFound
└── DeadLetterNotFound      no such delivery, or it is not dead
"""

from walletdesk.foundation.errors import NotFound
from walletdesk.foundation.i18n.words import Words


class DeadLetterNotFound(NotFound):
    code = "dead_letter_not_found"
    what = Words("没有这封未送达的通知", "There is no such undelivered message")
    next = Words("请刷新列表", "Reload the list")
