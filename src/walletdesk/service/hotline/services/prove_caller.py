"""Who calls: a claim, then the app's six digits or a yes in the app. The line's own number proves nothing, ever."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from walletdesk.foundation.audit.public import record_act
from walletdesk.foundation.profiles.public import value
from walletdesk.service.hotline.events import ApprovalAsked
from walletdesk.service.hotline.models import CallApproval
from walletdesk.service.hotline.rules import app_code
from walletdesk.service.hotline.rules import commands as ask
from walletdesk.service.hotline.rules.places import FlowEvent
from walletdesk.service.hotline.rules.room_words import Verified, VerifyFailed
from walletdesk.service.hotline.services.app_digits import locked_row, secret_of
from walletdesk.service.hotline.services.run import Run
from walletdesk.trust.customers.public import customer_by_address

MOST_APPROVALS = 3
APPROVAL_WINDOW = timedelta(minutes=10)


def short_code() -> str:
    return f"{secrets.randbelow(10_000):04d}"


def note_claim(run: Run, command: ask.NoteClaim) -> list[FlowEvent]:
    """Remember whom the caller says to be. Nothing tells the caller whether such a customer exists."""
    person = customer_by_address(f"+86{command.number}") or customer_by_address(command.number)
    run.call.claimed_id = person.id if person else None
    return []


def ask_approval(run: Run, command: ask.AskApproval) -> list[FlowEvent]:
    """The claimed customer's app asks; one question at a time and at most three in ten minutes (A07)."""
    customer = run.call.claimed_id
    if customer is None:
        return []
    mine = CallApproval.objects.filter(customer_id=customer)
    mine.filter(state="open", expires_at__lte=run.at).update(state="expired")
    flooded = mine.filter(asked_at__gt=run.at - APPROVAL_WINDOW).count() >= MOST_APPROVALS
    if flooded or mine.filter(state="open").exists():
        return []
    ends = run.at + timedelta(seconds=value("hotline.approval_seconds", run.at))
    made = CallApproval.objects.create(call=run.call, customer_id=customer, asked_at=run.at, expires_at=ends)
    run.facts.append(ApprovalAsked(made.id, customer, run.at))
    return []


def check_code(run: Run, command: ask.CheckCode) -> list[FlowEvent]:
    """One try. A wrong one counts for the call and for the customer; a locked customer is a wrong one too."""
    call = run.call
    if call.claimed_id is not None and _right(call.claimed_id, command.digits, run.at):
        return [mark_verified(run, call.claimed_id, "app_code")]
    call.wrong_tries += 1
    return [VerifyFailed(max(0, app_code.MOST_WRONG_IN_A_CALL - call.wrong_tries))]


def _right(customer_id: UUID, digits: str, at: datetime) -> bool:
    row = locked_row(customer_id)
    if row is None or (row.locked_until is not None and row.locked_until > at):
        return False
    step = app_code.accepted(secret_of(row), digits, at, row.last_used)
    if step is not None:
        row.last_used, row.wrong_tries, row.locked_until = step, 0, None
    else:
        row.wrong_tries += 1
        if row.wrong_tries >= app_code.MOST_WRONG:
            row.wrong_tries, row.locked_until = 0, at + app_code.LOCK
    row.save(update_fields=["last_used", "wrong_tries", "locked_until"])
    return step is not None


def mark_verified(run: Run, customer_id: UUID, how: str) -> Verified:
    """The call belongs to this customer from now on; the database lets nobody replace them."""
    call = run.call
    call.customer_id, call.proof, call.verified_at = customer_id, how, run.at
    CallApproval.objects.filter(call=call, state="open").exclude(customer_id=customer_id).update(state="expired")
    record_act(
        f"customer:{customer_id}", "prove_by_telephone", f"call:{call.id}", customer_id=customer_id, detail={"how": how}
    )
    return Verified(str(customer_id), call.short_code, how)
