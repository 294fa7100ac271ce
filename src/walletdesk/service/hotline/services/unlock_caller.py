"""A caller who is locked out: codes to verified addresses, typed on the keypad; what is proven stands on their case."""

from __future__ import annotations

from walletdesk.foundation.audit.public import record_act
from walletdesk.foundation.errors import Refusal
from walletdesk.service.cases.public import ask_for_code, open_locked_out, the_customer
from walletdesk.service.hotline.rules import commands as ask
from walletdesk.service.hotline.rules.places import FlowEvent
from walletdesk.service.hotline.rules.room_words import VerifyFailed, WayBackProved
from walletdesk.service.hotline.services.prove_caller import mark_verified
from walletdesk.service.hotline.services.run import Run
from walletdesk.trust.customers.public import customers
from walletdesk.trust.verification.public import (
    CodeRunOut,
    CodeWrong,
    RecoveryView,
    TooManyWaysBack,
    begin_recovery,
    channels_left,
    recovery,
    try_code,
)

NOBODYS = ("sms",)
"""Which channels a way back that is nobody's seems to have."""


def begin_way_back(run: Run, command: ask.BeginWayBack) -> list[FlowEvent]:
    """Remember whom the caller says to be. Nothing tells the caller whether such a customer exists."""
    try:
        way = begin_recovery("telephone", command.number, run.call.language or "zh-hans")
    except TooManyWaysBack:
        return [VerifyFailed(0)]
    run.call.recovery_id = way.id
    return []


def send_way_back_code(run: Run, command: ask.SendWayBackCode) -> list[FlowEvent]:
    way = _way(run)
    channel = _next_channel(way)
    if way is not None and channel:
        ask_for_code(way.id, channel)
    return []


def check_way_back(run: Run, command: ask.CheckWayBack) -> list[FlowEvent]:
    """One try, in the step's own transaction, which is committed whatever the answer is."""
    way = _way(run)
    channel = _next_channel(way)
    if way is None or not channel:
        return [VerifyFailed(0)]
    outcome = try_code(way.id, channel, command.digits)
    if isinstance(outcome, CodeWrong):
        return [VerifyFailed(outcome.fields["tries_left"])]
    if isinstance(outcome, CodeRunOut):  # too late, or its tries were used up: another one is on its way
        ask_for_code(way.id, channel)
        return [VerifyFailed(1)]
    if isinstance(outcome, Refusal):
        return [VerifyFailed(0)]
    return _proved(run, outcome)


def _proved(run: Run, way: RecoveryView) -> list[FlowEvent]:
    """The call belongs to this customer's case from now on; with two codes, to this customer."""
    assert way.customer_id is not None
    call = run.call
    call.customer_id = way.customer_id
    found, fresh = open_locked_out(way.id, the_customer(way.customer_id))
    if call.case_id is None and found is not None:
        call.case_id, call.case_is_new = found.id, fresh
    person = customers([way.customer_id])[way.customer_id]
    record_act(
        f"customer:{person.id}", "prove_by_keypad", f"call:{call.id}", case_id=call.case_id, customer_id=person.id,
        detail={"proof": way.kinds[-1]},
    )  # fmt: skip
    if way.is_enough:
        return [mark_verified(run, way.customer_id, "two_codes")]
    return [WayBackProved(str(way.customer_id), bool(channels_left(way)))]


def _way(run: Run) -> RecoveryView | None:
    return recovery(run.call.recovery_id) if run.call.recovery_id else None


def _next_channel(way: RecoveryView | None) -> str:
    """The verified address that has not been proven yet, the telephone first."""
    if way is None:
        return ""
    left = channels_left(way) if way.customer_id else NOBODYS
    return left[0] if left else ""
