"""A recording is heard at the desk and in the wallet: for a reason, by whom it concerns, and never unnoted."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.factories.desk_browser import at_desk, text_of
from tests.factories.hotline import Caller, an_agent, an_old_customer
from tests.factories.recordings import SOUND, recorded
from tests.factories.trust import a_customer, an_employee
from tests.factories.wallet_phone import phone_of
from walletdesk.service.hotline.public import call_view, open_permits, plays_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("always_open")]
REASON = {"reason": "客户要求复核"}


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "DATA_FOLDER", tmp_path)


@pytest.fixture
def story(django_capture_on_commit_callbacks: Any) -> tuple[Any, Any, Caller, str]:
    lin, zhou = an_old_customer(), an_agent("1024")
    return lin, zhou, *recorded(zhou, lin, django_capture_on_commit_callbacks)


def hear(browser: Client, call: Caller, name: str, **words: str) -> Any:
    return browser.post(f"/desk/calls/{call.uuid}/{name}/hear/", words or REASON)


def test_the_agent_hears_their_own_call_for_a_reason(story: Any) -> None:
    _, zhou, call, name = story
    desk = at_desk(zhou)
    assert hear(desk, call, name, reason=" ").status_code == 422
    assert plays_of(name) == []
    answer = hear(desk, call, name)
    assert b"".join(answer.streaming_content) == SOUND
    assert answer["X-Sound-SHA-256"] == hashlib.sha256(SOUND).hexdigest()
    assert "no-store" in answer["Cache-Control"]
    page = text_of(desk.get(f"/desk/calls/{call.uuid}/"))
    assert "客户要求复核" in page
    assert "1024" in page


def test_another_agent_asks_and_a_second_person_says_yes(story: Any) -> None:
    _, _, call, name = story
    he, chief = at_desk(an_agent("1187")), at_desk(an_employee("supervisor", "wall"))
    refused = hear(he, call, name)
    assert refused.status_code == 403
    assert f"/desk/calls/{call.uuid}/{name}/ask/" in refused.content.decode()
    he.post(f"/desk/calls/{call.uuid}/{name}/ask/", REASON)
    (wish,) = open_permits()
    assert he.post(f"/desk/hearings/{wish.id}/", {"answer": "yes"}).status_code == 403
    assert "客户要求复核" in text_of(chief.get("/desk/hearings/"))
    chief.post(f"/desk/hearings/{wish.id}/", {"answer": "yes"})
    assert b"".join(hear(he, call, name).streaming_content) == SOUND


def test_a_no_stays_a_no(story: Any) -> None:
    _, _, call, name = story
    he, chief = at_desk(an_agent("1187")), at_desk(an_employee("supervisor", "wall"))
    he.post(f"/desk/calls/{call.uuid}/{name}/ask/", REASON)
    (wish,) = open_permits()
    chief.post(f"/desk/hearings/{wish.id}/", {"answer": "no"})
    assert hear(he, call, name).status_code == 403
    assert open_permits() == []


def test_the_customer_hears_their_own_call_and_reads_who_else_did(story: Any) -> None:
    lin, zhou, call, name = story
    wallet = phone_of(lin)
    reference = call_view(call.uuid).case_reference
    assert f"/wallet/recordings/{name}/hear/" in wallet.get(f"/wallet/cases/{reference}/").content.decode()
    assert b"".join(wallet.post(f"/wallet/recordings/{name}/hear/").streaming_content) == SOUND
    b"".join(hear(at_desk(zhou), call, name).streaming_content)
    assert "客户要求复核" in wallet.get("/wallet/me/who-looked/").content.decode()


def test_a_recording_of_another_is_not_found(story: Any) -> None:
    _, zhou, _, name = story
    wang = a_customer("王强", "139 0000 7777")
    assert phone_of(wang).post(f"/wallet/recordings/{name}/hear/").status_code == 404
    other = Caller.signed_in(wang)
    assert at_desk(zhou).post(f"/desk/calls/{other.uuid}/{name}/hear/", REASON).status_code == 404
    assert plays_of(name) == []
