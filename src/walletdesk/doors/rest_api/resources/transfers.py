"""Transfers between people, by a customer's own key: at once, or at a moment to come."""

from __future__ import annotations

from uuid import UUID

from walletdesk.doors.rest_api.asked import Answer, Asked, as_json
from walletdesk.doors.rest_api.cursors import read_cursor
from walletdesk.doors.rest_api.endpoint import Endpoint
from walletdesk.doors.rest_api.house import House
from walletdesk.doors.rest_api.lanes import BY_API
from walletdesk.doors.rest_api.listing import PageOf, page_of
from walletdesk.doors.rest_api.made import transfer_made
from walletdesk.doors.rest_api.refusals import PayeeWarned, ThingUnknown
from walletdesk.doors.rest_api.resources.payments import CONSENT
from walletdesk.doors.rest_api.shapes import answers
from walletdesk.doors.rest_api.shapes.asks import TransferAsk
from walletdesk.doors.rest_api.shapes.parts import Listing
from walletdesk.doors.rest_api.sums import amount_of, in_utc
from walletdesk.foundation.amount.public import Amount
from walletdesk.foundation.i18n.words import Words
from walletdesk.foundation.idempotency.public import lookup
from walletdesk.money.agreements.public import KeyUse
from walletdesk.money.payments.public import (
    NOBODY,
    Cancelled,
    CancelTransferIntent,
    Scheduled,
    ScheduleIntent,
    TransferIntent,
    Transferred,
    TransferView,
    cancel_many,
    schedule_many,
    transfer_view,
    transfers_of,
)
from walletdesk.service.webhooks.public import transfer_shape
from walletdesk.trust.customers.public import customer_by_address
from walletdesk.trust.risk.public import WARNING_WORDS, payee_warning

ROUTE = "payments.transfer"


async def create(asked: Asked, house: House) -> Answer:
    """At once through the lane; for later, the money is set aside now."""
    ask: TransferAsk = asked.body
    payer = asked.customer_id
    assert asked.caller is not None
    consent = KeyUse(asked.caller.id, payer)
    amount, to = await house.pool.do(lambda: _named(asked, ask))
    if ask.when is None:
        result = await house.lanes.transfer.do(
            TransferIntent(asked.key, payer, to, amount, consent, ask.note, BY_API, named=ask.to)
        )
        return _made(201, result)
    intent = ScheduleIntent(asked.key, payer, to, amount, consent, in_utc(ask.when), ask.note, BY_API, named=ask.to)
    return await house.pool.do(lambda: _made(201, schedule_many([intent])[0]))


def _named(asked: Asked, ask: TransferAsk) -> tuple[Amount, UUID]:
    """How much, and to whom. What stands on the payee is accepted by its code first, as it is read before the PIN on the page;
    what was sent before is not asked anew: its key answers. Refuses: ``PayeeWarned``.
    """
    amount, payee = amount_of(ask.amount), customer_by_address(ask.to)
    if payee is None or payee.id == asked.customer_id:
        return amount, payee.id if payee else NOBODY
    mark = payee_warning(payee.id)
    if mark and mark not in ask.accept_warnings and lookup(f"customer:{asked.customer_id}", ROUTE, asked.key) is None:
        what, more = WARNING_WORDS[mark]
        raise PayeeWarned(warnings=[{"code": mark, "words": _said(what), "more": _said(more)}])
    return amount, payee.id


def _said(words: Words) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}


def cancel(asked: Asked) -> Answer:
    intent = CancelTransferIntent(asked.key, asked.place("transfer_id"), asked.customer_id)
    return _made(200, cancel_many([intent])[0])


def _made(status: int, result: object) -> Answer:
    if not isinstance(result, Transferred | Scheduled | Cancelled):
        raise result.refusal  # type: ignore[attr-defined]
    answer = as_json(status, transfer_made(result.body))
    answer.replayed = result.replayed
    return answer


def list_transfers(asked: Asked) -> Answer:
    listing: Listing = asked.query
    after = read_cursor(listing.cursor, UUID)
    rows = transfers_of(asked.customer_id, after, listing.limit + 1)
    return page_of(rows, listing.limit, lambda row: transfer_shape(row, asked.customer_id), lambda row: row.id)


def get(asked: Asked) -> Answer:
    """One's own: sent, planned or received. What somebody else only plans to send is not known yet (``ThingUnknown``)."""
    found: TransferView | None = transfer_view(asked.place("transfer_id"))
    mine = found is not None and (
        found.from_customer == asked.customer_id
        or (found.to_customer == asked.customer_id and found.made_at is not None)
    )
    if found is None or not mine:
        raise ThingUnknown()
    return as_json(200, transfer_shape(found, asked.customer_id))


ENDPOINTS = [
    Endpoint(
        "POST",
        "/v1/transfers",
        "transfers.create",
        Words("转账，现在或到指定时间", "Send money to a person, now or later"),
        answers.TransferMade,
        in_lane=create,
        waits_in="transfer",
        scope="transfers:write",
        status=201,
        body=TransferAsk,
        idempotent="required",
        route=ROUTE,
        refuses="not_for_this_owner asset_unknown amount_too_big payee_warned note_too_long transfer_when_not_usable "
        "transfer_to_self payee_not_found wallet_missing payee_cannot_receive "
        + CONSENT
        + "step_up_needed payment_on_hold payment_stopped "
        "limit_single limit_day limit_month limit_year limit_lifetime "
        "limit_payee_single limit_payee_day too_many_planned wallet_frozen not_enough_money booked_already payment_not_done",
        may_be_unknown=True,
    ),
    Endpoint(
        "GET",
        "/v1/transfers",
        "transfers.list",
        Words("转账，新的在前", "Transfers, the newest first"),
        PageOf[answers.Transfer],
        list_transfers,
        scope="transfers:read",
        query=Listing,
    ),
    Endpoint(
        "GET",
        "/v1/transfers/{transfer_id}",
        "transfers.get",
        Words("一笔转账", "One transfer"),
        answers.Transfer,
        get,
        scope="transfers:read",
        refuses="thing_not_found",
    ),
    Endpoint(
        "POST",
        "/v1/transfers/{transfer_id}/cancel",
        "transfers.cancel",
        Words("取消还没到时间的转账", "Cancel a transfer that is not due yet"),
        answers.TransferMade,
        cancel,
        scope="transfers:write",
        idempotent="required",
        route="payments.cancel_transfer",
        refuses="not_for_this_owner transfer_not_found transfer_ended transfer_late payment_not_done",
        may_be_unknown=True,
    ),
]
