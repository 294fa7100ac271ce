"""The page of alerts, and the desk's log of what went out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.desk_browser import at_desk, text_of
from tests.factories.telling import a_browser, a_reader, pushed_to
from tests.factories.trust import an_employee
from tests.factories.wallet_phone import proved_by
from tests.fakes.carriers import carriers
from walletdesk.foundation.identity.public import change_address, enrol_device
from walletdesk.service.cases.public import open_case
from walletdesk.service.notifications.models import Message, PushSubscription
from walletdesk.service.notifications.public import alert_choices, browsers_of, post_code, send_due_messages
from walletdesk.trust.customers.public import CustomerView

pytestmark = pytest.mark.django_db
PAGE = "/wallet/me/alerts/"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def carried() -> Iterator[None]:
    with carriers():
        yield


def browser_of(reader: CustomerView, language: str = "en") -> Client:
    from django.contrib.auth import get_user_model

    client = Client(headers={"accept-language": language, "user-agent": "Mozilla/5.0 (X11; Linux) Firefox/128.0"})
    client.force_login(get_user_model().objects.get(pk=reader.user_id), backend=BACKEND)
    return client


def proven(reader: CustomerView) -> Client:
    """The same, with a fresh proof: what makes debits quieter needs one."""
    client = browser_of(reader)
    proved_by(client, "totp")
    return client


def test_the_page_says_what_holds_and_where_it_goes() -> None:
    lin = a_reader()
    pushed_to(lin, "Chrome, Android")
    said = browser_of(lin).get(PAGE).content.decode()
    assert "Chrome, Android" in said
    assert "****" in said and "@example.com" in said
    assert 'name="debit" value="push" id="id_debit_0" checked' in said


def test_choices_are_kept_as_they_were_ticked() -> None:
    lin = a_reader()
    form = {
        "debit": ["sms", "email"],
        "cases": ["push"],
        "threshold": "100",
        "quiet": "on",
        "quiet_from": "23:00",
        "quiet_to": "06:30",
    }
    assert proven(lin).post(PAGE, form).status_code == 302
    kept = alert_choices(lin.id)
    assert kept.channels == {"debit": {"sms", "email"}, "credit": frozenset(), "cases": {"push"}}
    assert (kept.threshold, kept.debits_pass_quiet) == (10_000, False)
    assert kept.quiet is not None and [f"{one:%H:%M}" for one in kept.quiet] == ["23:00", "06:30"]


@pytest.mark.parametrize(("typed", "minor"), [("", 0), ("0", 0), ("0.00", 0), ("12.50", 1_250)])
def test_an_empty_threshold_is_every_sum(typed: str, minor: int) -> None:
    lin = a_reader()
    proven(lin).post(PAGE, {"debit": "push", "threshold": typed})
    assert alert_choices(lin.id).threshold == minor


@pytest.mark.parametrize(
    ("form", "where"),
    [
        ({"threshold": "1,5"}, "id_threshold_error"),
        ({"threshold": "-1"}, "id_threshold_error"),
        ({"threshold": "9999999999"}, "between 0 and 1,000,000"),
        ({"quiet": "on", "quiet_from": "07:00", "quiet_to": "07:00"}, "begin and end at different times"),
        ({"quiet": "on", "quiet_from": "25:00", "quiet_to": "07:00"}, "id_quiet_from_error"),
        ({"quiet": "on", "quiet_from": "", "quiet_to": "07:00"}, "id_quiet_from_error"),
        ({"debit": "pigeon"}, "id_debit_error"),
    ],
)
def test_what_makes_no_sense_is_shown_where_it_stands(form: dict[str, str], where: str) -> None:
    lin = a_reader()
    answer = browser_of(lin).post(PAGE, form)
    assert answer.status_code == 422
    assert where in answer.content.decode()
    assert alert_choices(lin.id).channels["debit"] == {"push"}


LOUDER: dict[str, Any] = {"debit": ["push", "sms"], "threshold": "5", "debits_pass": "on"}


@pytest.mark.parametrize(
    "quieter",
    [
        LOUDER | {"threshold": "5.01"},
        LOUDER | {"debit": ["push"]},
        LOUDER | {"debit": ["push", "email"]},
        LOUDER | {"debit": []},
        {key: LOUDER[key] for key in ("debit", "threshold")}
        | {"quiet": "on", "quiet_from": "22:00", "quiet_to": "7:00"},
    ],
    ids=["a higher sum", "a way less", "another way instead", "nothing", "later at night"],
)
def test_quieter_asks_who_is_there_and_louder_does_not(quieter: dict[str, Any]) -> None:
    lin = a_reader()
    proven(lin).post(PAGE, LOUDER | {"credit": "push"})
    standing, thief = alert_choices(lin.id), browser_of(lin)
    led = thief.post(PAGE, quieter)
    assert led.status_code == 302 and led.headers["Location"].startswith("/step-up/?next=%2Fwallet%2Fme%2Falerts%2F%3F")
    assert alert_choices(lin.id) == standing
    back = parse_qs(urlsplit(led.headers["Location"]).query)["next"][0]
    again = thief.get(back).content.decode()
    assert "Not changed yet" in again and alert_choices(lin.id) == standing, "coming back alone keeps nothing"
    assert ('value="5.01"' in again) == (quieter["threshold"] == "5.01"), "what was typed stands there again"
    proved_by(thief, "totp")
    assert thief.post(PAGE, quieter).headers["Location"] == PAGE
    assert alert_choices(lin.id) != standing
    assert browser_of(lin).post(PAGE, LOUDER | {"debit": ["push", "sms", "email"]}).headers["Location"] == PAGE


def test_the_old_address_is_told_that_alerts_are_quieter() -> None:
    lin = a_reader()
    change_address(lin.user_id, "thief@example.com")
    proven(lin).post(PAGE, {"debit": []})
    told = Message.objects.filter(kind="alerts_changed", channel="email").values_list("address", flat=True)
    assert set(told) == {lin.email, "thief@example.com"}


def test_another_devices_push_is_stopped_with_a_proof_only() -> None:
    lin = a_reader()
    theirs = pushed_to(lin)
    old = enrol_device(lin.user_id, "Mozilla/5.0 Firefox/128.0", "first", "")
    PushSubscription.objects.filter(id=theirs).update(device_id=old.view.id)
    thief = browser_of(lin)
    assert thief.post(f"{PAGE}browsers/{theirs}/stop/").headers["Location"].startswith("/step-up/")
    assert len(browsers_of(lin.id)) == 1
    proved_by(thief, "totp")
    thief.post(f"{PAGE}browsers/{theirs}/stop/")
    assert browsers_of(lin.id) == []


def test_a_browser_brings_itself_and_is_stopped() -> None:
    lin, given = a_reader(), a_browser()
    client = browser_of(lin)
    form = {"endpoint": given.endpoint, "p256dh": given.p256dh, "auth": given.auth}
    answer = client.post(f"{PAGE}browsers/", form)
    assert answer.status_code == 201
    (one,) = browsers_of(lin.id)
    assert answer.json() == {"id": str(one.id)}
    assert "Firefox" in one.name
    client.post(f"{PAGE}browsers/{one.id}/stop/")
    assert browsers_of(lin.id) == []


def test_w01_a_push_service_of_ones_own_is_refused_in_words() -> None:
    given = a_browser()
    form = {"endpoint": "https://10.0.0.1/x", "p256dh": given.p256dh, "auth": given.auth}
    answer = browser_of(a_reader()).post(f"{PAGE}browsers/", form)
    assert answer.status_code == 422
    assert answer.json()["code"] == "subscription_not_usable"


def test_o01_anothers_browser_is_not_found() -> None:
    lin, wang = a_reader(), a_reader("王明")
    its_id = pushed_to(lin)
    assert browser_of(wang).post(f"{PAGE}browsers/{its_id}/stop/").status_code == 404
    assert len(browsers_of(lin.id)) == 1


def test_the_desk_sees_how_far_each_message_came_and_not_what_it_said() -> None:
    lin, agent = a_reader(), an_employee()
    case = open_case("question", lin.id)
    post_code("email", lin.email, "recover", "493027", "en", 10)
    post_code("email", "somebody.else@example.com", "recover", "118820", "en", 10)
    send_due_messages()
    said = text_of(at_desk(agent).get(reverse("desk-messages", args=[case.reference])))
    assert said.count("Code") == 1 and "Handed over" in said
    assert "***@example.com" in said and lin.email not in said
    assert "493027" not in said and lin.name not in said


def test_the_desk_sees_nothing_without_a_case() -> None:
    agent = at_desk(an_employee())
    assert agent.get(reverse("desk-messages", args=["WD-990101-0001"])).status_code == 404
    assert (
        at_desk(an_employee("editor", "words")).get(reverse("desk-messages", args=["WD-990101-0001"])).status_code
        == 403
    )


def test_the_demo_says_where_its_texts_can_be_read(settings: Any, tmp_path: Path) -> None:
    settings.DEMO, settings.DATA_FOLDER = True, tmp_path
    people = '[{"door": "wallet", "email": "lin@example.com", "password": "x"}]'
    (tmp_path / "demo_people.json").write_text(people, encoding="utf-8")
    settings.DEMO_POST_URL = "http://localhost:8022/"
    assert 'href="http://localhost:8022/"' in Client().get("/").content.decode()
    settings.DEMO_POST_URL = ""
    assert "demo-post" not in Client().get("/").content.decode()
