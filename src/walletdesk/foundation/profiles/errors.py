"""How this room says no.

LookupError
└── ProfileUnknown          our own mistake: a key that no row and no migration ever named
Conflict
└── ProfileDatedTwice       two figures for one key from one moment
"""

from walletdesk.foundation.errors import Conflict
from walletdesk.foundation.i18n.words import Words


class ProfileUnknown(LookupError):
    """No row for this key, or none yet at this moment. Never a default in silence: a fee must not become nothing."""


class ProfileDatedTwice(Conflict):
    code = "profile_dated_twice"
    what = Words("{key} 在这一时刻已有一个设定", "{key} already has a figure from this moment")
    next = Words("请换一个生效时间", "Choose another moment")
