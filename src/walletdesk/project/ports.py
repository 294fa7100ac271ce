"""Which adapter stands behind which port. The only place where adapters and rooms meet."""

from __future__ import annotations

from django.conf import settings

from walletdesk.adapters.bank.sandbox_http import SandboxBank
from walletdesk.adapters.push.addresses import KNOWN_SERVICES
from walletdesk.adapters.push.web_push import WebPush
from walletdesk.adapters.sms.choice import provider as sms_provider
from walletdesk.adapters.webhooks.carrier import HttpCarrier
from walletdesk.money.payments.public import use_bank
from walletdesk.service.hotline.public import use_wait_estimator
from walletdesk.service.notifications.ports import use_push, use_sms
from walletdesk.service.webhooks.ports import use_carrier
from walletdesk.service.workforce.public import estimate_wait


def join() -> None:
    """Give each room the adapter that the settings name."""
    use_bank(SandboxBank(settings.BANK_URL, deadline=settings.BANK_PATIENCE))
    use_wait_estimator(estimate_wait)
    use_sms(sms_provider(settings.SMS_PROVIDER, settings.SMS, settings.PATIENCE_OUTSIDE))
    use_carrier(HttpCarrier(settings.WEBHOOK_PATIENCE, loopback=settings.WEBHOOK_LOOPBACK))
    use_push(
        WebPush(
            settings.DATA_FOLDER,
            settings.PUSH_CONTACT,
            (*KNOWN_SERVICES, *settings.PUSH_SERVICES),
            settings.PATIENCE_OUTSIDE,
        )
    )
