"""Which adapter stands behind which port. The only place where adapters and rooms meet."""

from __future__ import annotations

from django.conf import settings

from walletdesk.adapters.bank.sandbox_http import SandboxBank
from walletdesk.money.payments.public import use_bank
from walletdesk.service.hotline.public import use_wait_estimator
from walletdesk.service.workforce.public import estimate_wait


def join() -> None:
    """Give each room the adapter that the settings name."""
    use_bank(SandboxBank(settings.BANK_URL, deadline=settings.BANK_PATIENCE))
    use_wait_estimator(estimate_wait)
