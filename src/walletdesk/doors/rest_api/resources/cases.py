"""Cases: open one, read it, write into it, attach to it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from walletdesk.doors.rest_api.asked import Answer, Asked, as_json
from walletdesk.doors.rest_api.cursors import read_moment_cursor
from walletdesk.doors.rest_api.endpoint import Endpoint
from walletdesk.doors.rest_api.listing import PageOf, page_of
from walletdesk.doors.rest_api.once import once
from walletdesk.doors.rest_api.refusals import NotForThisOwner, ParameterUnusable
from walletdesk.doors.rest_api.shapes import answers
from walletdesk.doors.rest_api.shapes.asks import CaseAsk, FileName, MessageAsk
from walletdesk.doors.rest_api.shapes.parts import Listing
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.merchants.public import merchant
from walletdesk.money.payments.public import payments
from walletdesk.service.cases.public import (
    Actor,
    CaseNotFound,
    CaseView,
    case,
    case_of_customer,
    case_of_merchant,
    cases_by_age,
    open_case,
    the_customer,
    the_merchant,
)
from walletdesk.service.conversations.public import conversation, say
from walletdesk.service.webhooks.public import case_shape, message_shape

OF_A_SHOP = ("payment_problem", "record_wrong", "question")
"""What a shop may ask the desk about a payment of its own."""
FILE_AT_MOST = 12 * 2**20


def create(asked: Asked) -> Answer:
    ask: CaseAsk = asked.body
    return once(asked, 201, lambda: _opened(asked, ask))


def _opened(asked: Asked, ask: CaseAsk) -> dict[str, object]:
    author = _who(asked)
    customer_id = _customer_of(asked, ask) if asked.of_merchant else asked.customer_id
    opened = open_case(ask.kind, customer_id, ask.payment_ids, author)
    say(opened.id, author, ask.text)
    return case_shape(case(opened.id), asked.owner.kind)


def _customer_of(asked: Asked, ask: CaseAsk) -> UUID:
    """Whose payments they are: all the same customer's, all at this shop. Refuses others as not found."""
    if ask.kind not in OF_A_SHOP:
        raise NotForThisOwner(whose=Words("客户", "customer"))
    found = payments(ask.payment_ids)
    theirs = {paid.customer_id for paid in found.values() if paid.merchant_id == asked.merchant_id}
    if not ask.payment_ids:
        raise ParameterUnusable(errors=[{"at": "$.payment_ids", "says": "a shop's case is about a payment of its own"}])
    mine = [paid for paid in found.values() if paid.merchant_id == asked.merchant_id]
    if len(mine) != len(set(ask.payment_ids)) or len(theirs) != 1:
        raise CaseNotFound()
    return theirs.pop()


def list_cases(asked: Asked) -> Answer:
    listing: Listing = asked.query
    after = read_moment_cursor(listing.cursor)
    mine = {"merchant_id": asked.owner.id} if asked.of_merchant else {"customer_id": asked.owner.id}
    rows = cases_by_age(**mine, before=after, limit=listing.limit + 1)
    return page_of(rows, listing.limit, lambda view: case_shape(view, asked.owner.kind), _place)


def _place(view: CaseView) -> tuple[datetime, UUID]:
    return view.created_at, view.id


def get(asked: Asked) -> Answer:
    found = _theirs(asked)
    said = [message_shape(one, found) for one in conversation(found.id, _who(asked))]
    return as_json(200, case_shape(found, asked.owner.kind) | {"messages": said})


def write(asked: Asked) -> Answer:
    ask: MessageAsk = asked.body
    return once(asked, 201, lambda: _said(asked, ask.text, []))


def attach(asked: Asked) -> Answer:
    name: FileName = asked.query
    return once(asked, 201, lambda: _said(asked, "", [(name.file_name, asked.body)]))


def _said(asked: Asked, text: str, files: list[tuple[str, bytes]]) -> dict[str, object]:
    found, author = _theirs(asked), _who(asked)
    message_id = say(found.id, author, text, files)
    (said,) = [one for one in conversation(found.id, author) if one.id == message_id]
    return message_shape(said, found)


def _who(asked: Asked) -> Actor:
    if not asked.of_merchant:
        return the_customer(asked.customer_id)
    shop = merchant(asked.merchant_id)
    return the_merchant(asked.merchant_id, shop.name_zh if shop else "", shop.name_en if shop else "")


def _theirs(asked: Asked) -> CaseView:
    reference = asked.places["reference"]
    if asked.of_merchant:
        return case_of_merchant(asked.merchant_id, reference)
    return case_of_customer(asked.customer_id, reference)


ENDPOINTS = [
    Endpoint(
        "POST",
        "/v1/cases",
        "cases.open",
        Words("建立案件", "Open a case"),
        answers.Case,
        create,
        scope="cases:write",
        status=201,
        body=CaseAsk,
        idempotent="optional",
        route="v1.cases",
        refuses="not_for_this_owner parameter_unusable case_not_found case_kind_unknown message_empty message_too_long "
        "case_event_refused",
        may_be_unknown=True,
    ),
    Endpoint(
        "GET",
        "/v1/cases",
        "cases.list",
        Words("案件，新的在前", "Cases, the newest first"),
        PageOf[answers.Case],
        list_cases,
        scope="cases:read",
        query=Listing,
    ),
    Endpoint(
        "GET",
        "/v1/cases/{reference}",
        "cases.get",
        Words("一个案件和往来消息", "One case with what was said in it"),
        answers.CaseWithMessages,
        get,
        scope="cases:read",
        refuses="case_not_found",
    ),
    Endpoint(
        "POST",
        "/v1/cases/{reference}/messages",
        "cases.say",
        Words("在案件里留言", "Write into a case"),
        answers.Message,
        write,
        scope="cases:write",
        status=201,
        body=MessageAsk,
        idempotent="optional",
        route="v1.cases.messages",
        refuses="case_not_found message_empty message_too_long case_event_refused",
        may_be_unknown=True,
    ),
    Endpoint(
        "POST",
        "/v1/cases/{reference}/attachments",
        "cases.attach",
        Words("给案件附一个文件", "Attach a file to a case"),
        answers.Message,
        attach,
        scope="cases:write",
        status=201,
        query=FileName,
        body=bytes,
        most=FILE_AT_MOST,
        idempotent="optional",
        route="v1.cases.attachments",
        refuses="case_not_found case_event_refused file_empty file_too_big file_type_refused file_is_active",
        may_be_unknown=True,
        about=Words("正文就是文件本身", "The body is the file itself, as it is"),
    ),
]
