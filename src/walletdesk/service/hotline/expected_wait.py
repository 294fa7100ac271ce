"""How long a caller still waits, as far as somebody can tell: the plain estimate, until a better one joins (``ports``)."""

from __future__ import annotations

from datetime import datetime

from walletdesk.foundation.profiles.public import value
from walletdesk.service.hotline.models import Presence
from walletdesk.service.hotline.ports import WaitEstimator
from walletdesk.service.hotline.rules.promise_times import expected_seconds

ON_DUTY = ("available", "offered", "on_call", "wrap_up")
_joined: list[WaitEstimator] = []


def use_wait_estimator(estimator: WaitEstimator | None) -> None:
    """Called once at start by the project; None goes back to the plain estimate."""
    _joined[:] = [estimator] if estimator else []


def expected_wait(topic: str, language: str, position: int, at: datetime) -> int | None:
    """Seconds until the caller who is ``position`` in line is answered; None when nobody can tell."""
    if _joined:
        return _joined[0](topic, language, position, at)
    on_duty = Presence.objects.filter(state__in=ON_DUTY).count()
    return expected_seconds(position, on_duty, value("hotline.handling_seconds", at))
