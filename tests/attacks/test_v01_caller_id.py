"""V01: a caller id equal to the customer's number. The network's word is shown to the desk and proves nothing."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from tests.factories.hotline import Caller, an_agent, an_old_customer, reached
from walletdesk.money.wallets.public import wallets_of
from walletdesk.service.hotline.models import Call
from walletdesk.service.hotline.public import due_call_backs, speaking_now
from walletdesk.service.hotline.rules import commands as ask
from walletdesk.trust.verification.public import level_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("always_open")]
SPOOFED = ("+8613800002046", "13800002046", "8613800002046", '"+8613800002046"', "+8613800002046;user=phone")


@pytest.mark.parametrize("number", SPOOFED)
def test_a_spoofed_number_opens_neither_balance_nor_freeze(number: str) -> None:
    lin = an_old_customer("13800002046")
    call = Caller(number).into_menu()
    call.press("1")
    assert call.place == "verifying"
    other = Caller(f"{number} ").into_menu()
    other.press("9")
    assert other.place == "verifying"
    for one in (call, other):
        seen = one.view()
        assert (seen.customer_id, seen.verified, seen.case_id) == (None, False, None)
        assert not {"balance", "verified", "call_code"} & set(one.said())
    assert wallets_of(lin.id)[0].freeze == "none"
    assert speaking_now(lin.id).nobody


def test_the_agent_is_told_stranger_and_the_case_is_not_opened_by_a_number() -> None:
    an_old_customer("13800002046")
    zhou = an_agent("1024")
    call = Caller("+8613800002046").into_talk(zhou)
    whispered = [
        word.id for one in call.asked if isinstance(one, ask.Play) for word in one.words if "whisper" in word.id
    ]
    assert whispered == ["whisper_stranger"]
    assert call.view().number_shown == "+8613800002046"
    assert call.view().customer_id is None


def test_a_call_back_reaches_the_number_and_still_proves_nobody() -> None:
    """Whoever picks up a stolen telephone is in the line, and is told nothing private."""
    lin = an_old_customer("13800002046")
    Caller.signed_in(lin).into_line().press("1")
    an_agent("1024")
    (taken,) = due_call_backs()
    back = reached(taken, "1")
    assert back.place == "waiting"
    assert not back.view().verified
    assert not {"balance", "call_code"} & set(back.said())
    assert level_of(back.view().case_id) is None or level_of(back.view().case_id).level <= 1


def test_the_database_takes_no_proof_without_a_kind_and_no_kind_called_number() -> None:
    lin = an_old_customer("13800002046")
    call = Caller("+8613800002046")
    for wrong in ({"verified_at": "2026-11-22T10:00Z", "customer_id": lin.id}, {"proof": "caller_id"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Call.objects.filter(pk=call.uuid).update(**wrong)
