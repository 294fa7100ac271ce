"""Risk at the doors: the customer's switch, the challenge and the way over a proof; and the desk's pages of risk."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.factories.desk_browser import at_desk, text_of, with_proof
from tests.factories.freezes import a_new_device, drains
from tests.factories.money import a_key, a_payer, a_shop, an_order, has, proof_of, purse, to_pay, yuan
from tests.factories.trust import PIN, an_employee
from tests.factories.wallet_phone import pay_by_phone, phone_of, proved_by
from tests.factories.way_back import photos
from walletdesk.foundation.amount.public import CNY, Amount
from walletdesk.foundation.outbox.public import deliver_all
from walletdesk.money.payments.public import pay, transfer
from walletdesk.service.agent_actions.public import acts_seen_by_customer
from walletdesk.service.cases.public import THE_SYSTEM, cases_of_customer, open_case, take_case
from walletdesk.service.freezes.public import freeze_own, freeze_state
from walletdesk.trust.approvals.public import open_proposal_for
from walletdesk.trust.customers.public import CustomerView
from walletdesk.trust.risk.public import (
    PaymentStopped,
    restrictions_of,
    rule_version,
    rules_in_force,
    stopped_lately,
)
from walletdesk.trust.risk.queries.rule_sets import forget_remembered
from walletdesk.trust.staff.public import EmployeeView
from walletdesk.trust.verification.public import papers_of_customer

pytestmark = pytest.mark.django_db
FREEZE = "/wallet/me/freeze/"


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    forget_remembered()


@pytest.fixture
def lin() -> CustomerView:
    return a_payer(3_000, pin=PIN, email="lin@example.com")


@pytest.fixture
def officer() -> EmployeeView:
    return an_employee("risk_officer", "risk", name_zh="何清", name_en="He Qing")


# -- the customer's switch ---------------------------------------------------------------------------------------------


def test_one_tap_freezes_and_every_page_says_so(lin: CustomerView) -> None:
    phone = phone_of(lin)
    assert "Freeze now" in text_of(phone.get(FREEZE))
    assert phone.post(FREEZE).headers["Location"] == FREEZE
    assert purse(lin).freeze == "debit"
    shown = text_of(phone.get(FREEZE))
    assert "Not a cent can go out" in shown and "You pressed freeze" in shown
    order = an_order(a_shop(), 1)
    for page in (
        "/wallet/",
        "/wallet/bills/",
        "/wallet/help/",
        "/wallet/me/",
        "/wallet/transfer/",
        f"/wallet/pay/{order.id}/",
    ):
        assert "Your account is frozen; all the money is there" in text_of(phone.get(page)), page
    refused = pay_by_phone(phone, order.id)
    assert refused.status_code == 409 and FREEZE in refused.content.decode()
    assert has(lin) == "3000.00"


def test_lifting_leads_over_a_proof_and_back(lin: CustomerView) -> None:
    phone = phone_of(lin)
    freeze_own(lin.id, "page")
    answer = phone.post(f"{FREEZE}lift/")
    assert answer.headers["Location"].startswith("/step-up/?next=%2Fwallet%2Fme%2Ffreeze%2F")
    assert freeze_state(lin.id).frozen
    assert with_proof(phone).post(f"{FREEZE}lift/").headers["Location"] == FREEZE
    assert not freeze_state(lin.id).frozen


def test_a_way_back_by_messages_alone_lifts_nothing(lin: CustomerView) -> None:
    """Who reads somebody's mail and texts must not undo the freeze that was put there against exactly that."""
    phone = phone_of(lin)
    freeze_own(lin.id, "page")
    proved_by(phone, "weak_recovery")
    assert phone.post(f"{FREEZE}lift/").headers["Location"].startswith("/step-up/")
    assert freeze_state(lin.id).frozen
    proved_by(phone, "recovery")
    assert phone.post(f"{FREEZE}lift/").headers["Location"] == FREEZE
    assert not freeze_state(lin.id).frozen


def test_after_a_drain_the_page_asks_was_it_you(lin: CustomerView) -> None:
    drains(lin, 2_900)
    deliver_all()
    (case,) = cases_of_customer(lin.id)
    shown = text_of(phone_of(lin).get(FREEZE))
    assert "It was me; lift it" in shown and "It was not you?" in shown and case.reference in shown


def test_what_an_employee_froze_leads_to_documents(lin: CustomerView, officer: EmployeeView) -> None:
    _freeze_from_the_desk(at_desk(officer), lin, officer, "full")
    phone = with_proof(phone_of(lin))
    assert "Our people lift this one" in text_of(phone.get(FREEZE))
    refused = phone.post(f"{FREEZE}lift/")
    assert refused.status_code == 403 and "lift_needs_person" in refused.content.decode()


# -- the challenge -----------------------------------------------------------------------------------------------------


def on_a_new_device(monkeypatch: pytest.MonkeyPatch, view: str) -> None:
    """The browser is one of the last minute; what makes a device new is tested with identity."""
    from walletdesk.doors._shared.step_up import stepped_up_at

    def origin(request: Any) -> Any:
        device = a_new_device()
        return type(device)("page", device.device_id, device.device_limits_until, stepped_up_at(request))

    monkeypatch.setattr(f"walletdesk.doors.customer_web.views.{view}.origin_of", origin)


def test_a_challenged_payment_goes_on_under_its_key_after_a_proof(
    lin: CustomerView, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_a_new_device(monkeypatch, "pay")
    phone, order, key = phone_of(lin), an_order(a_shop(), "1100.00"), "7f9d3c1e-1111-4222-8333-444455556666"
    address = f"/wallet/pay/{order.id}/"
    answer = phone.post(address, {"pin": PIN, "key": key})
    assert answer.status_code == 403
    shown = answer.content.decode()
    assert "step_up_needed" in shown and "This device is new and the sum is large" in shown
    step = re.search(r'href="(/step-up/[^"]*)"', shown)
    assert step and key in step[1]
    assert has(lin) == "3000.00"
    assert with_proof(phone).post(address, {"pin": PIN, "key": key}).status_code == 302
    assert has(lin) == "1900.00"


def test_a_challenged_transfer_says_why_and_keeps_what_was_typed(
    lin: CustomerView, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_a_new_device(monkeypatch, "transfer")
    zhou = a_payer(0, name="周明", email="zhou@example.com")
    phone, typed = phone_of(lin), {"to": zhou.email, "amount": "1100.00", "note": "rent"}
    key = "7f9d3c1e-1111-4222-8333-444455557777"
    answer = phone.post("/wallet/transfer/confirm/", {**typed, "pin": PIN, "key": key})
    assert answer.status_code == 403 and "Confirm that it is me" in text_of(answer)
    again = phone.get("/wallet/transfer/confirm/", {**typed, "key": key})
    assert key in again.content.decode()
    assert with_proof(phone).post("/wallet/transfer/confirm/", {**typed, "pin": PIN, "key": key}).status_code == 302
    assert has(zhou) == "1100.00"


def test_more_than_there_is_is_told_before_any_proof(lin: CustomerView, monkeypatch: pytest.MonkeyPatch) -> None:
    on_a_new_device(monkeypatch, "pay")
    answer = pay_by_phone(phone_of(lin), an_order(a_shop(), "4000.00").id)
    assert "not_enough_money" in answer.content.decode()


# -- the desk ----------------------------------------------------------------------------------------------------------


def test_the_overview_names_what_was_stopped_and_why(lin: CustomerView, officer: EmployeeView) -> None:
    empty = text_of(at_desk(officer).get(reverse("desk-risk")))
    assert "All was allowed" in empty
    drains(lin, 2_900)
    pay(to_pay(lin_two(), an_order(a_shop(), 1)))
    page = at_desk(officer).get(reverse("desk-risk"))
    shown = text_of(page)
    for words in (lin.number, "A large sum on a new device", "More than its share leaves within a day", "Frozen"):
        assert words in shown, words
    one = at_desk(officer).get(reverse("desk-risk-decision", args=[stopped_lately()[0].id]))
    assert "New device yes" in text_of(one) and "Did money move No" in text_of(one)


def lin_two() -> CustomerView:
    return a_payer(100, email="second@example.com")


def test_one_person_only_warns_and_two_stop_payments_to_a_payee(lin: CustomerView, officer: EmployeeView) -> None:
    stranger = drains(lin, 2_900)
    desk, found = at_desk(officer), stopped_lately()[0]
    mark, victim = reverse("desk-risk-mark", args=[found.id]), a_payer(100, email="victim@example.com")
    assert desk.post(mark, {"kind": "in_review", "reason": " "}).status_code == 422
    assert desk.post(mark, {"kind": "frozen", "reason": "x"}).status_code == 404
    assert desk.post(mark, {"kind": "fake", "reason": "a mule"}).status_code == 302
    assert restrictions_of(stranger.id) == [], "what stops money waits for a second person"
    assert desk.post(mark, {"kind": "in_review", "reason": "a mule"}).status_code == 302
    transfer(a_key(), victim.id, stranger.id, yuan(1), "", proof_of(victim.id))
    assert "Under review" in text_of(desk.get(reverse("desk-risk")))
    proposal = open_proposal_for("payee_mark", str(stranger.id))
    assert proposal is not None
    second = at_desk(an_employee("supervisor", "floor"))
    second.post(reverse("desk-approve", args=[proposal.id]), {"hash": proposal.payload_hash})
    with pytest.raises(PaymentStopped):
        transfer(a_key(), victim.id, stranger.id, yuan(1), "", proof_of(victim.id))
    assert desk.post(reverse("desk-risk-unmark", args=[lin.id, "frozen"]), {"why": "x"}).status_code == 404


def _typed(**changed: str) -> dict[str, str]:
    """The form of the rules in force, as the browser sends it back."""
    rules = rules_in_force()
    fields = {f"levels.{name}": str(score) for name, score in rules.levels.items()}
    for rule in rules.rules:
        fields |= {f"{rule.code}.score": str(rule.score), f"{rule.code}.at_least": rule.at_least}
        fields[f"{rule.code}.delay_hours"] = str(rule.delay_hours)
        fields |= {
            f"{rule.code}.{name}": Amount(value, CNY).plain if name.endswith("_minor") else str(value)
            for name, value in rule.figures.items()
        }
        if rule.on:
            fields[f"{rule.code}.on"] = "on"
    return {**fields, "note": "Fewer false alarms", **changed}


def test_sums_in_rules_are_typed_as_money_and_a_refused_form_keeps_what_was_typed(officer: EmployeeView) -> None:
    desk = at_desk(officer)
    assert _typed()["new_device.floor_minor"] == "1000.00"
    for wrong in ("1,200", "-3", "12.345", "much"):
        sent = _typed(**{"new_device.floor_minor": wrong, "night.score": "33"})
        del sent["drain.on"]
        refused = desk.post(reverse("desk-risk-write"), sent)
        assert refused.status_code == 422 and "new_device.floor_minor" in text_of(refused)
        page = refused.content.decode()
        for field, value in (("new_device.floor_minor", wrong), ("night.score", "33"), ("note", "Fewer false alarms")):
            assert f'name="{field}" value="{value}"' in page
        assert 'name="drain.on" checked' not in page and 'name="night.on" checked' in page
    answer = desk.post(reverse("desk-risk-write"), _typed(**{"new_device.floor_minor": "1200.5"}))
    assert "¥1,000.00 → ¥1,200.50" in text_of(desk.get(answer.headers["Location"]))


def test_a_changed_rule_is_tried_on_the_past_and_published_by_another_team(
    lin: CustomerView, officer: EmployeeView
) -> None:
    drains(lin, 2_900)
    desk = at_desk(officer)
    refused = desk.post(reverse("desk-risk-write"), _typed(**{"drain.percent": "half"}))
    assert refused.status_code == 422 and "drain.percent" in text_of(refused)
    page = desk.post(reverse("desk-risk-write"), _typed(**{"levels.freeze": "900", "levels.deny": "880"})).headers[
        "Location"
    ]
    number = int(page.rstrip("/").rsplit("/", 1)[1])
    shown = text_of(desk.get(page))
    assert (
        "115 → 900" in shown and "1 decisions looked at" in shown and "Freeze" in shown and "Ask for a proof" in shown
    )
    assert desk.get(page).content.count(b'<svg class="chart"') == 1
    assert desk.post(reverse("desk-risk-propose", args=[number])).status_code == 302
    proposal = open_proposal_for("risk_rules", str(number))
    assert proposal is not None
    approve = reverse("desk-approve", args=[proposal.id])
    desk.post(approve, {"hash": proposal.payload_hash})
    assert rule_version(number).state == "draft", "nobody approves their own"
    supervisor = an_employee("supervisor", "floor")
    slip = at_desk(supervisor).get(reverse("desk-proposal", args=[proposal.id]))
    assert "Fewer false alarms" in text_of(slip) and "115 → 900" in text_of(slip)
    at_desk(supervisor).post(approve, {"hash": proposal.payload_hash})
    assert rule_version(number).state == "in_force"


def test_an_auditor_reads_and_writes_nothing(lin: CustomerView) -> None:
    auditor = at_desk(an_employee("auditor", "audit"))
    assert auditor.get(reverse("desk-risk-rules")).status_code == 200
    assert "Write a new version" not in text_of(auditor.get(reverse("desk-risk-rules")))
    assert auditor.post(reverse("desk-risk-write"), _typed()).status_code == 403
    assert at_desk(an_employee()).get(reverse("desk-risk")).status_code == 403


def _freeze_from_the_desk(desk: Client, lin: CustomerView, agent: EmployeeView, mode: str) -> str:
    case = open_case("question", lin.id, (), THE_SYSTEM)
    take_case(agent.id, case.id)
    address = reverse("desk-freeze", args=[case.reference])
    assert desk.post(address, {"mode": mode, "reason": "The police asked"}).status_code == 302
    return case.reference


def test_the_desk_freezes_at_once_and_lifts_by_documents_and_two(lin: CustomerView, officer: EmployeeView) -> None:
    desk = at_desk(officer)
    reference = _freeze_from_the_desk(desk, lin, officer, "debit")
    assert purse(lin).freeze == "debit"
    shown = text_of(desk.get(reverse("desk-freeze", args=[reference])))
    assert "The account is frozen" in shown and "The police asked" in shown and "Not yet" in shown
    lift = reverse("desk-unfreeze", args=[reference])
    refused = desk.post(lift, {"reason": "Passport seen"})
    assert refused.status_code == 409 and "papers_wanted" in refused.content.decode()

    phone, second = phone_of(lin), an_employee("senior_agent", "papers")
    assert desk.post(reverse("desk-freeze-papers", args=[reference])).status_code == 302
    assert "冻结账户 › 交证件" in text_of(phone.get(f"/wallet/cases/{reference}/"))
    assert hand_in(phone).status_code == 302
    assert "Being looked at" in text_of(phone.get(f"{FREEZE}papers/"))
    assert "Handed in, to be looked at" in text_of(desk.get(reverse("desk-freeze", args=[reference])))
    waiting = papers_of_customer(lin.id, "unlock")
    assert waiting is not None
    judged = reverse("desk-papers-one", args=[waiting.id])
    assert at_desk(second).post(judged, {"act": "yes"}).status_code == 302
    assert "Accepted by another agent" in text_of(desk.get(reverse("desk-freeze", args=[reference])))
    assert desk.post(lift, {"reason": "Passport seen"}).status_code == 302
    proposal = open_proposal_for("unfreeze", str(lin.id))
    assert proposal is not None and purse(lin).freeze == "debit"
    approve = reverse("desk-approve", args=[proposal.id])
    desk.post(approve, {"hash": proposal.payload_hash})
    assert purse(lin).freeze == "debit", "nobody approves their own"
    supervisor = at_desk(an_employee("supervisor", "floor"))
    assert "Passport seen" in text_of(supervisor.get(reverse("desk-proposal", args=[proposal.id])))
    supervisor.post(approve, {"hash": proposal.payload_hash})
    assert purse(lin).freeze == "none"
    seen = [one.what.en for one in acts_seen_by_customer(lin.id)]
    assert "Proposed to unfreeze your wallet" in seen and "Approved unfreezing your wallet" in seen
    assert not any("refund" in what for what in seen)
    pay(to_pay(lin, an_order(a_shop(), 1)))


def test_every_door_says_that_it_is_frozen_and_whoever_looks_is_written_down(lin: CustomerView) -> None:
    """Roles that see a case but no card, and the owner's page of devices; and the owner reads who looked at what."""
    case = open_case("question", lin.id, (), THE_SYSTEM)
    auditor = an_employee("auditor", "audit")
    page = reverse("desk-case", args=[case.reference])
    assert "In order" in text_of(at_desk(auditor).get(page))
    freeze_own(lin.id, "page")
    assert "Frozen" in text_of(at_desk(auditor).get(page)) and "In order" not in text_of(at_desk(auditor).get(page))
    assert "Your account is frozen" in text_of(phone_of(lin).get("/security/"))
    assert at_desk(auditor).get(reverse("desk-messages", args=[case.reference])).status_code == 200
    seen = [one.verb for one in acts_seen_by_customer(lin.id)]
    assert seen == ["see_messages", "see_case"], "once each, however often the page was opened"


def hand_in(phone: Client) -> Any:
    """What the form on the frozen page sends: the document, and its owner holding it."""
    shown = {side: SimpleUploadedFile(f"{side}.jpg", content) for side, content in photos("front", "face").items()}
    return phone.post(f"{FREEZE}papers/", {"document": "id_card", **shown})
