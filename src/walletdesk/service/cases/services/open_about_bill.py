"""A case about a line of the bills that is no charged payment: a transfer, a top-up, a refund, a payment that failed."""

from __future__ import annotations

import uuid

from django.db import transaction

from walletdesk.foundation.i18n.words import Words
from walletdesk.money.payments.public import ActivityRow, activity_row
from walletdesk.service.cases.errors import CaseNotFound
from walletdesk.service.cases.models import CaseBill
from walletdesk.service.cases.queries import CaseView, case
from walletdesk.service.cases.rules.actor import the_customer
from walletdesk.service.cases.services.open_cases import CaseDraft, lock_matters, open_cases

ABOUT = Words("您就单号 {number} 建立了案件", "You opened this case about {number}")


def open_about_bill(
    kind: str, customer_id: uuid.UUID, bill_id: uuid.UUID, title: Words, device: dict[str, str] | None = None
) -> CaseView:
    """``bill_id`` is the id of an ``ActivityRow``; its number, sum and time stand on the timeline. ``title`` says what is
    wrong in the customer's choice of words. One line has one open case of a kind: a second opening answers the first.

    Refuses, in this order: a line that does not exist or is another's (``CaseNotFound``); as ``open_cases``.
    """
    row = activity_row(customer_id, bill_id)
    if row is None:
        raise CaseNotFound()
    # A refund brings the payment that it came from: the desk can act on that one only.
    paid = activity_row(customer_id, row.payment_id) if row.kind == "refund" and row.payment_id else None
    with transaction.atomic():
        lock_matters([(kind, bill_id)])
        known = CaseBill.objects.filter(bill_id=bill_id, case_kind=kind, case_open=True).first()
        if known is not None:
            return case(known.case_id)
        (opened,) = open_cases(
            [
                CaseDraft(
                    kind,
                    customer_id,
                    the_customer(customer_id),
                    (paid.id,) if paid else (),
                    title.both(),
                    device or {},
                    ABOUT.both(number=row.number),
                    {
                        "payments": [_as_detail(one) for one in (row, paid) if one],
                        "bill": {"id": str(row.id), "kind": row.kind},
                    },
                )
            ]
        )
        CaseBill.objects.get_or_create(
            case_id=opened.id, bill_id=bill_id, defaults={"bill_kind": row.kind, "number": row.number}
        )
    return opened


def _as_detail(row: ActivityRow) -> dict[str, str | int]:
    """The sum as the customer's page shows it: what left is negative; the desk's box turns it round once more."""
    return {
        "receipt_number": row.number,
        "at": row.at.isoformat(),
        "amount_minor": -row.amount.minor,
        "asset": row.amount.asset.code,
        "role": row.kind,
    }
