"""Payment agreements: a shop proposes, the payer accepts in the wallet with the PIN, either side ends it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings

from walletdesk.doors.rest_api.asked import Answer, Asked, as_json
from walletdesk.doors.rest_api.cursors import read_cursor
from walletdesk.doors.rest_api.endpoint import Endpoint
from walletdesk.doors.rest_api.listing import PageOf, page_of
from walletdesk.doors.rest_api.once import once
from walletdesk.doors.rest_api.shapes import answers
from walletdesk.doors.rest_api.shapes.asks import AgreementAsk
from walletdesk.doors.rest_api.shapes.parts import Listing
from walletdesk.doors.rest_api.sums import amount_of, in_utc
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.agreements.public import (
    AgreementNotFound,
    AgreementRequest,
    AgreementView,
    agreement,
    agreements_of_customer,
    agreements_of_merchant,
    end_agreement,
    propose_agreement,
)
from walletdesk.service.webhooks.public import agreement_shape


def propose(asked: Asked) -> Answer:
    ask: AgreementAsk = asked.body
    request = AgreementRequest(
        asked.key,
        asked.merchant_id,
        ask.title,
        amount_of(ask.max_single),
        amount_of(ask.max_day),
        in_utc(ask.valid_until),
    )
    return once(asked, 201, lambda: _shown(asked, propose_agreement(request).agreement))


def list_agreements(asked: Asked) -> Answer:
    listing: Listing = asked.query
    after = read_cursor(listing.cursor, UUID)
    if asked.of_merchant:
        rows = agreements_of_merchant(asked.merchant_id, after, listing.limit + 1)
    else:
        rows = sorted(agreements_of_customer(asked.customer_id), key=lambda view: view.id, reverse=True)
        rows = [view for view in rows if after is None or view.id < after]
    return page_of(rows, listing.limit, lambda view: _shown(asked, view), lambda view: view.id)


def get(asked: Asked) -> Answer:
    return as_json(200, _shown(asked, _theirs(asked)))


def end(asked: Asked) -> Answer:
    agreement_id = asked.place("agreement_id")
    mine = {"merchant_id": asked.owner.id} if asked.of_merchant else {"customer_id": asked.owner.id}
    return once(asked, 200, lambda: _shown(asked, end_agreement(agreement_id, **mine)))


def _theirs(asked: Asked) -> AgreementView:
    found = agreement(asked.place("agreement_id"))
    side = found and (found.merchant_id if asked.of_merchant else found.customer_id)
    if found is None or found.key_id is not None or side != asked.owner.id:
        raise AgreementNotFound()
    return found


def _shown(asked: Asked, view: AgreementView) -> dict[str, Any]:
    shape = agreement_shape(view, asked.owner.kind)
    if asked.of_merchant:
        shape["accept_url"] = f"{settings.PUBLIC_URL}/wallet/agreements/{view.id}/"
    return shape


ENDPOINTS = [
    Endpoint(
        "POST",
        "/v1/agreements",
        "agreements.propose",
        Words("向付款人提出免密协议", "Propose an agreement to a payer"),
        answers.Agreement,
        propose,
        scope="payments:write",
        status=201,
        body=AgreementAsk,
        idempotent="required",
        route="v1.agreements",
        refuses="not_for_this_owner asset_unknown agreement_title_not_usable asset_differs agreement_caps_not_usable "
        "agreement_time_not_usable",
        may_be_unknown=True,
    ),
    Endpoint(
        "GET",
        "/v1/agreements",
        "agreements.list",
        Words("免密协议，新的在前", "Agreements, the newest first"),
        PageOf[answers.Agreement],
        list_agreements,
        scope="payments:read",
        query=Listing,
    ),
    Endpoint(
        "GET",
        "/v1/agreements/{agreement_id}",
        "agreements.get",
        Words("一份免密协议", "One agreement"),
        answers.Agreement,
        get,
        scope="payments:read",
        refuses="agreement_not_found",
    ),
    Endpoint(
        "POST",
        "/v1/agreements/{agreement_id}/end",
        "agreements.end",
        Words("结束一份免密协议", "End an agreement"),
        answers.Agreement,
        end,
        scope="payments:write",
        idempotent="optional",
        route="v1.agreements.end",
        refuses="agreement_not_found",
        may_be_unknown=True,
    ),
]
