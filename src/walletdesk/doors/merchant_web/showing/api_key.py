"""An API key as the till shows it: never its secret, only the end of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from walletdesk.doors.merchant_web.showing.status import Status
from walletdesk.foundation.i18n.words import Words
from walletdesk.trust.api_keys.public import SCOPES, KeyView

STANDINGS = {
    "live": Status(Words("可用", "In use"), "go", "done"),
    "expired": Status(Words("已到期", "Expired"), "plain", "flat"),
    "revoked": Status(Words("已停用", "Revoked"), "plain", "x"),
}
MODES = {
    "live": Status(Words("正式", "Live"), "wait", "dot"),
    "test": Status(Words("测试", "Test"), "plain", "ring"),
}


@dataclass(frozen=True, slots=True)
class KeyRow:
    """``scopes`` are pairs of name and words."""

    id: UUID
    name: str
    shown: str
    mode: Status
    standing: Status
    in_use: bool
    test: bool
    scopes: list[tuple[str, Words]]
    addresses: tuple[str, ...]
    made_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None


def row(key: KeyView) -> KeyRow:
    return KeyRow(
        id=key.id,
        name=key.name,
        shown=key.shown,
        mode=MODES[key.mode],
        standing=STANDINGS[key.standing],
        in_use=key.standing == "live",
        test=key.mode == "test",
        scopes=[(name, SCOPES[name].words) for name in key.scopes if name in SCOPES],
        addresses=key.addresses,
        made_at=key.made_at,
        expires_at=key.expires_at,
        revoked_at=key.revoked_at,
        last_used_at=key.last_used_at,
    )
