"""V07: a card number, a PIN or a code that is keyed. It is masked, the recording pauses, and nothing of it is stored."""

from __future__ import annotations

import logging

import pytest
from django.db import connection

from tests.factories.hotline import Caller, an_agent, an_old_customer, requests_to
from walletdesk.service.hotline.public import ask_call, show_digits
from walletdesk.service.hotline.rules import commands as ask
from walletdesk.service.hotline.rules.room_words import SecretTyped

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("always_open")]
CARD = "4111111111111111"
TABLES = """SELECT table_name FROM information_schema.tables
            WHERE table_schema = 'public' AND (table_name LIKE 'hotline%%' OR table_name IN ('audit_act', 'outbox_event'))"""


def everything_stored() -> str:
    """All rows of the hotline's tables, of the audit and of the outbox, as text."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        tables = [name for (name,) in cursor.fetchall()]
        found = []
        for name in tables:
            cursor.execute(f"SELECT coalesce(string_agg(t::text, chr(10)), '') FROM \"{name}\" t")
            found.append(cursor.fetchone()[0])
    assert len(tables) > 20
    return "\n".join(found)


def test_a_card_number_typed_for_a_telephone_number_is_stored_nowhere(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    call = Caller("+8613900001111").into_menu()
    call.press("1")
    assert call.asked[-1] != ask.Collect(call.leg, secret=False)
    call.tell(SecretTyped(call.leg, CARD))
    call.tell(SecretTyped(call.leg, CARD[:6]))
    stored = everything_stored()
    for part in (CARD, CARD[:15], CARD[:8]):
        assert part not in stored
        assert part not in caplog.text
    assert CARD not in repr(SecretTyped("leg", CARD))
    assert CARD not in repr(ask.NoteClaim(CARD))
    assert CARD not in repr(ask.CheckCode(CARD))


def test_the_digits_of_the_app_and_their_secret_are_stored_nowhere_readable() -> None:
    lin = an_old_customer()
    shown = show_digits(lin.id).digits
    call = Caller("+8613900001111").into_menu()
    call.press("1")
    call.tell(SecretTyped(call.leg, "13800002046"))
    call.tell(SecretTyped(call.leg, shown))
    assert call.view().verified
    assert f'"{shown}"' not in everything_stored()


def test_keys_pressed_while_talking_are_masked_one_by_one() -> None:
    zhou = an_agent("1024")
    call = Caller("+8613900001111").into_talk(zhou)
    call.press(CARD)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(detail::text, '') FROM hotline_callevent WHERE place = 'talking' AND name = 'Digit'"
        )
        (written,) = cursor.fetchone()
    assert written.count("•") == len(CARD)
    assert '"4"' not in written
    assert '"1"' not in written


def test_the_agent_pauses_the_recording_before_a_secret_and_it_resumes() -> None:
    zhou = an_agent("1024")
    call = Caller("+8613900001111").into_talk(zhou)
    ask_call(zhou.id, call.uuid, "secret_on")
    requests_to(call)
    assert call.view().secret
    assert [one.on for one in call.asked if isinstance(one, ask.PauseRecording)] == [True]
    call.timer("secret")
    assert not call.view().secret
    assert [one.on for one in call.asked if isinstance(one, ask.PauseRecording)] == [True, False]
