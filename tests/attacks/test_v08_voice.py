"""V08: a voice like the customer's. A voice is no factor: no wish of an agent makes a caller verified, nor opens a door."""

from __future__ import annotations

from typing import get_args

import pytest

from tests.factories.hotline import Caller, an_agent, an_old_customer, requests_to
from walletdesk.service.hotline.models.calls import PROOFS
from walletdesk.service.hotline.public import ask_call, name_caller, speaking_now
from walletdesk.service.hotline.rules.room_words import DeskWish
from walletdesk.trust.verification.public import ENOUGH_FOR_MONEY, level_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("always_open")]


IN_THE_CALL = ("hold", "resume", "mute", "unmute", "secret_on", "secret_off", "consult", "back_to_caller", "join")


def test_nothing_that_an_agent_can_wish_verifies_a_caller() -> None:
    zhou, he = an_agent("1024"), an_agent("1187")
    call = Caller("+8613900001111").into_talk(zhou)
    for wish in IN_THE_CALL:
        ask_call(zhou.id, call.uuid, wish, to=str(he.id))
        requests_to(call)
        assert not call.view().verified
    assert set(IN_THE_CALL) < set(get_args(DeskWish))
    assert "voice" not in PROOFS


def test_an_agent_who_believes_a_voice_gets_a_case_and_nothing_private() -> None:
    """The name is noted, the case is opened, level 0: money and masked fields still wait for the customer's own device."""
    lin, zhou = an_old_customer(), an_agent("1024")
    call = Caller("+8613900001111").into_talk(zhou)
    name_caller(zhou.id, call.uuid, lin.id)
    seen = call.view()
    assert (seen.customer_id, seen.verified) == (lin.id, False)
    assert level_of(seen.case_id) is None
    assert ENOUGH_FOR_MONEY == 2
    call.hangs_up()
    assert call.view().case_id == seen.case_id


def test_the_customer_sees_in_the_app_that_somebody_speaks_in_their_name() -> None:
    lin, zhou = an_old_customer(), an_agent("1024")
    call = Caller("+8613900001111").into_talk(zhou)
    name_caller(zhou.id, call.uuid, lin.id)
    assert speaking_now(lin.id).agent_number == "1024"
