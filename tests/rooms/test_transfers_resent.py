"""A transfer asked for under one key answers the same for ever: whatever became of it, and of whom its payee's address names."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.attacks.everybody import BACKEND
from tests.factories.api import Answered, Api
from tests.factories.delays import delaying, under_report
from tests.factories.money import a_key, a_payer, has, proof_of, yuan
from tests.factories.trust import PIN
from walletdesk.foundation.clock.public import at, now
from walletdesk.foundation.identity.models import User
from walletdesk.foundation.identity.public import change_address
from walletdesk.money.agreements.public import KeyWish, make_own_key
from walletdesk.money.payments.public import scheduled_of, stop_transfer
from walletdesk.money.payments.services.make_due_transfers import make_due_transfers
from walletdesk.service.webhooks.public import moment_shape
from walletdesk.trust.customers.public import CustomerView, customer_by_address
from walletdesk.trust.risk.public import restrict

pytestmark = pytest.mark.django_db
MEI = "mei@example.com"


@pytest.fixture
def lin() -> CustomerView:
    return a_payer(1000, pin=PIN)


@pytest.fixture
def mei() -> CustomerView:
    return a_payer(0, name="梅", email=MEI, phone="139 0000 1111")


class Script:
    """Lin's own program: the same request as often as it likes."""

    def __init__(self, lin: CustomerView) -> None:
        scopes = ("transfers:read", "transfers:write")
        until = now() + timedelta(days=300)
        wish = KeyWish(a_key(), lin.id, "my program", scopes, "live", (), until, yuan(900), yuan(900))
        self.api, (_, self.secret) = Api(), make_own_key(wish, proof_of(lin.id))

    def sends(self, once: str, **more: object) -> Answered:
        body = {"to": MEI, "amount": {"minor": 5000, "asset": "CNY"}, "note": "lunch", **more}
        return self.api.post("/v1/transfers", body, key=self.secret, once=once)


def is_replayed(again: Answered, first: Answered) -> bool:
    return (again.status, again.body, again.headers.get("idempotent-replayed")) == (first.status, first.body, "true")


def moves_to_another_address(person: CustomerView) -> None:
    change_address(person.user_id, "mei.new@example.com")
    assert customer_by_address(MEI) is None


@pytest.mark.parametrize("next_owner", [False, True])
def test_the_payees_address_is_nobodys_or_somebody_elses_meanwhile(
    lin: CustomerView, mei: CustomerView, next_owner: bool
) -> None:
    script, when = Script(lin), moment_shape(now() + timedelta(days=1))
    sent, planned = script.sends("t-1"), script.sends("t-2", when=when)
    assert (sent.json["state"], planned.json["state"]) == ("made", "waiting")
    moves_to_another_address(mei)
    if next_owner:
        a_payer(0, name="美", email=MEI)
    assert is_replayed(script.sends("t-1"), sent)
    assert is_replayed(script.sends("t-2", when=when), planned)
    assert has(lin) == "900.00"
    assert script.sends("t-1", note="dinner").code == "idempotency_body_differs"
    assert script.sends("t-1", to="another@example.com").code == "idempotency_body_differs"
    if not next_owner:
        assert script.sends("t-3").code == "payee_not_found"


def test_planned_then_made_then_answered_as_it_was_planned(lin: CustomerView, mei: CustomerView) -> None:
    script, moment = Script(lin), now() + timedelta(days=1)
    when = moment_shape(moment)
    planned = script.sends("t-1", when=when)
    with at(moment + timedelta(minutes=1)):
        assert make_due_transfers() == 1
        assert is_replayed(script.sends("t-1", when=when), planned), "its moment is past, and that is not asked again"
    assert has(mei) == "50.00"


def test_delayed_by_risk_then_stopped_then_answered_as_it_was_delayed(lin: CustomerView, mei: CustomerView) -> None:
    delaying()
    script = Script(lin)
    under_report(mei)
    delayed = script.sends("t-1", accept_warnings=["reported"])
    assert delayed.json["state"] == "waiting"
    (waits,) = scheduled_of(lin.id)
    stop_transfer(waits.id, "employee:a", "A scam")
    assert is_replayed(script.sends("t-1"), delayed)
    assert (has(lin), has(mei)) == ("1000.00", "0.00")


def test_a_cancel_is_answered_as_it_was(lin: CustomerView, mei: CustomerView) -> None:
    script = Script(lin)
    planned = script.sends("t-1", when=moment_shape(now() + timedelta(days=1)))
    cancel = f"/v1/transfers/{planned.json['id']}/cancel"
    first = script.api.post(cancel, key=script.secret, once="t-2")
    assert first.json["state"] == "cancelled"
    with at(now() + timedelta(days=2)):
        make_due_transfers()
        assert is_replayed(script.api.post(cancel, key=script.secret, once="t-2"), first)


@pytest.mark.parametrize("planned", [False, True])
def test_the_form_sent_again_leads_to_the_same_bill(lin: CustomerView, mei: CustomerView, planned: bool) -> None:
    """Also when its moment is past, and the payee's address is nobody's by then."""
    phone = Client(headers={"accept-language": "en"})
    phone.force_login(User.objects.get(pk=lin.user_id), backend=BACKEND)
    moment = now() + timedelta(hours=1)
    form = {"to": MEI, "amount": "50", "note": "lunch", "pin": PIN, "key": a_key()}
    if planned:
        form["when"] = f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}"
    first = phone.post("/wallet/transfer/confirm/", form)
    assert first.status_code == 302
    moves_to_another_address(mei)
    with at(moment):
        make_due_transfers()
        again = phone.post("/wallet/transfer/confirm/", form)
        assert (again.status_code, again.headers["location"]) == (302, first.headers["location"])
        assert (has(lin), has(mei)) == ("950.00", "50.00")
        other = phone.post("/wallet/transfer/confirm/", {**form, "key": a_key()})
        assert (other.status_code, has(lin)) == (422 if planned else 404, "950.00")


@pytest.mark.parametrize("later", [False, True])
def test_what_stands_on_the_payee_is_accepted_by_name_and_a_key_that_was_used_answers(
    lin: CustomerView, mei: CustomerView, later: bool
) -> None:
    script, more = Script(lin), {"when": moment_shape(now() + timedelta(days=1))} if later else {}
    sent = script.sends("t-1", **more)
    restrict(mei.id, "warned", None, "Two persons said so")
    assert is_replayed(script.sends("t-1", **more), sent), "what was done before is not asked anew"
    told = script.sends("t-2", **more)
    assert (told.status, told.code, has(lin)) == (409, "payee_warned", "950.00")
    (warning,) = told.json["data"]["warnings"]
    assert warning["code"] == "warned" and "cheated" in warning["words"]["en"] and warning["words"]["zh"]
    assert script.sends("t-2", **more, accept_warnings=["in_review"]).code == "payee_warned", "another one was read"
    accepted = script.sends("t-2", **more, accept_warnings=["warned"])
    assert accepted.status == 201 and has(lin) == "900.00"
    assert is_replayed(script.sends("t-2", **more), accepted)
    restrict(mei.id, "fake", None, "A swindler")
    assert script.sends("t-3", accept_warnings=["warned"]).code == "payee_warned"
    assert script.sends("t-3", accept_warnings=["fake"]).code == "payment_stopped", "the rules stop it all the same"
