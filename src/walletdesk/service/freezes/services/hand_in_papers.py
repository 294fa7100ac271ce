"""Documents for a freeze that its owner cannot lift alone: they go to the case that deals with it, for two persons to judge."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from walletdesk.service.cases.public import case, open_case
from walletdesk.service.freezes.errors import NotFrozenAtAll
from walletdesk.service.freezes.queries import FreezeState, freeze_state
from walletdesk.trust.verification.public import PapersView, hand_in_to_lift


def hand_in_papers(customer_id: UUID, document: str, photos: Mapping[str, bytes]) -> PapersView:
    """A freeze that no open case deals with gets one. Refuses, in this order: ``NotFrozenAtAll``; then as
    ``verification.hand_in_for_tier``.
    """
    state = freeze_state(customer_id)
    if not state.frozen:
        raise NotFrozenAtAll()
    with transaction.atomic():
        return hand_in_to_lift(customer_id, _case_of(state), document, photos)


def _case_of(state: FreezeState) -> UUID:
    if state.case_id is not None and case(state.case_id).is_open:
        return state.case_id
    return open_case("frozen_account", state.customer_id).id
