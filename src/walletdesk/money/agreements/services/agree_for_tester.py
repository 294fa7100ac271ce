"""A test customer has agreed already: play money may be paid without anybody's PIN."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from walletdesk.foundation.amount.public import Amount
from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.profiles.public import value
from walletdesk.money.agreements.models import Agreement
from walletdesk.money.agreements.queries.agreements import AgreementView, views_of
from walletdesk.money.merchants.public import is_twin


class NotATwin(RuntimeError):
    """Our own mistake: only a test twin's customers agree to anything without a PIN."""


def agree_for_testers(merchant_id: UUID, testers: Sequence[UUID], cap: Amount) -> list[AgreementView]:
    """An accepted agreement for each tester, as long as the house allows. Nothing is told: nobody reads a tester's mail."""
    if not is_twin(merchant_id):
        raise NotATwin(merchant_id)
    moment = now()
    until = moment + timedelta(days=value("agreement.longest_days", moment))
    rows = Agreement.objects.bulk_create(
        Agreement(
            id=uuid7(),
            merchant_id=merchant_id,
            customer_id=tester,
            title="Test",
            asset_code=cap.asset.code,
            max_single_minor=cap.minor,
            max_day_minor=cap.minor,
            proposed_at=moment,
            proposal_ends_at=moment,
            valid_until=until,
            accepted_at=moment,
        )
        for tester in testers
    )
    return views_of(rows)
