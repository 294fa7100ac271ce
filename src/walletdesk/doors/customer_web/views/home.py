"""Home: the balance, what waits for the customer, what happened lately."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from walletdesk.doors._shared.device import device_of
from walletdesk.doors._shared.guards import CustomerRequest, customer_only
from walletdesk.doors._shared.reader_time import local
from walletdesk.doors.customer_web.calling import calling
from walletdesk.doors.customer_web.monthly_review import review_due
from walletdesk.doors.customer_web.rows import BillRow, bill_row, by_day
from walletdesk.foundation.amount.public import CNY, Amount
from walletdesk.foundation.clock.public import now
from walletdesk.money.agreements.public import TermsEdition, terms_to_read
from walletdesk.money.payments.public import ActivityRow, TopUpView, activity, top_up
from walletdesk.money.wallets.public import WalletView, open_wallet, wallets_of
from walletdesk.service.cases.public import CaseView, cases_of_customer, open_cases_of_payments
from walletdesk.service.notifications.public import unread_count
from walletdesk.trust.customers.public import CustomerView
from walletdesk.trust.verification.public import open_prompt

LATELY = 6
SETTLING = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class OnTheWay:
    """Top-ups whose end is open: their sum and the one that is known first."""

    amount: Amount
    first: TopUpView | None


def main_wallet(customer_id: UUID) -> WalletView:
    """The customer's CNY wallet; opened if sign-up was interrupted before it was."""
    own = {wallet.asset.code: wallet for wallet in wallets_of(customer_id)}
    if "CNY" not in own:
        open_wallet(customer_id)
        own = {wallet.asset.code: wallet for wallet in wallets_of(customer_id)}
    return own["CNY"]


def rows_with_cases(rows: Sequence[ActivityRow]) -> list[BillRow]:
    """The lines, those with an open case saying so."""
    cases = open_cases_of_payments([row.id for row in rows if row.kind == "payment"])
    return [bill_row(row, cases) for row in rows]


def open_top_ups_of(customer_id: UUID) -> list[TopUpView]:
    """The customer's own top-ups whose end is open, among the latest."""
    rows = activity(customer_id, kind="top_up", limit=20).rows
    found = [top_up(row.id) for row in rows if row.state in ("pending", "unknown")]
    return [one for one in found if one is not None]


def _first(cases: Sequence[CaseView], *states: str) -> CaseView | None:
    return next((case for case in cases if case.state in states), None)


def _terms(customer: CustomerView) -> TermsEdition | None:
    """What waits to be read. Who opened the account just now accepted what holds; that it did is written down in a moment."""
    waits = terms_to_read(customer.id)
    just_now = now() - customer.since < SETTLING
    return None if waits and just_now and waits.from_on <= local(now()).date() else waits


@require_safe
@customer_only
def home(request: CustomerRequest) -> HttpResponse:
    customer = request.customer
    cases = cases_of_customer(customer.id, limit=10)
    waiting = open_top_ups_of(customer.id)
    here = device_of(request)
    fields = {
        "calling": calling(customer.id),
        "limits_until": here.limits_until if here else None,
        "wallet": main_wallet(customer.id),
        "terms": _terms(customer),
        "review": review_due(request, customer.id),
        "prompt": open_prompt(customer.id),
        "confirming": _first(cases, "resolved", "waiting_customer"),
        "case": _first(cases, "open", "waiting_other"),
        "unread": unread_count("customer", customer.id),
        "on_the_way": OnTheWay(
            Amount(sum(one.amount.minor for one in waiting), CNY),
            min(waiting, key=lambda one: one.due_at, default=None),
        ),
        "days": by_day(rows_with_cases(activity(customer.id, limit=LATELY).rows)),
    }
    return render(request, "customer_web/home.html", fields)


@require_POST
@customer_only
def hide_amounts(request: CustomerRequest) -> HttpResponse:
    """Turn the eye: hidden amounts are not even sent. Kept for this sign-in."""
    request.session["hide_amounts"] = not request.session.get("hide_amounts", False)
    return redirect("/wallet/")
