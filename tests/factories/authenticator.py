"""An authenticator app in somebody's pocket: shows real digits (RFC 6238), each thirty seconds once."""

from __future__ import annotations

import base64
import os
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from walletdesk.foundation.identity.public import enrol_totp, totp_now

TYPED_WITHIN = 8.0
APPS: dict[str, App] = {}
"""By address, for whoever signs in through the pages."""


@dataclass
class App:
    """The step before the present one and the one to come are good too, so three sign-ins need not wait."""

    secret: str
    last: int = -1

    def digits(self) -> str:
        here = int(time.time() + TYPED_WITHIN) // 30  # the step before must still be good when it arrives
        self.last = max(self.last + 1, here - 1)
        while self.last > int(time.time()) // 30 + 1:
            time.sleep(0.5)
        return totp_now(self.secret, datetime.fromtimestamp(self.last * 30, UTC))


def an_app(user_id: UUID, address: str) -> App:
    """A new secret, on the phone and with us."""
    APPS[address] = App(base64.b32encode(os.urandom(20)).decode())
    enrol_totp(user_id, APPS[address].secret)
    return APPS[address]
