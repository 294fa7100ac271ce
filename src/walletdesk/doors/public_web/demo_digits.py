"""What the authenticator apps of the demo's staff show now: only in a demo, where nobody is who they are called."""

from __future__ import annotations

import json

from django.conf import settings

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.identity.public import totp_now


def demo_digits(email: str) -> str:
    """Six digits, or nothing: outside a demo, and for everybody to whom the demo gave no app."""
    kept = settings.DATA_FOLDER / "demo_factors.json"
    if not settings.DEMO or not email or not kept.is_file():
        return ""
    secret = json.loads(kept.read_text(encoding="utf-8")).get(email, "")
    return totp_now(secret, now()) if secret else ""
