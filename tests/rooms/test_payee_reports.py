"""A payer says that a payee looks like a scam; two persons make a mark of it; who pays then is warned and may stop."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.desk_browser import at_desk, text_of
from tests.factories.money import a_key, a_payer, a_shop, an_order, has, proof_of, yuan
from tests.factories.trust import PIN, an_employee
from tests.factories.wallet_phone import pay_by_phone, phone_of
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.outbox.public import deliver_all
from walletdesk.money.payments.public import transfer
from walletdesk.service.agent_actions.public import acts_seen_by_customer
from walletdesk.service.cases.public import cases_of_customer, the_customer, timeline
from walletdesk.service.conversations.public import conversation
from walletdesk.service.notifications.public import notices
from walletdesk.trust.approvals.public import open_proposal_for
from walletdesk.trust.customers.public import CustomerView
from walletdesk.trust.risk.models import PayeeReport, RiskFlag
from walletdesk.trust.risk.public import (
    ReportedAlready,
    open_report,
    payee_warning,
    payees_reported,
    report_payee,
    reports_on,
    restrict,
    restrictions_of,
)
from walletdesk.trust.risk.queries.rule_sets import forget_remembered
from walletdesk.trust.risk.rules.reports import MOST_A_DAY, gravest
from walletdesk.trust.staff.public import EmployeeView

pytestmark = pytest.mark.django_db
REPORT, WHO_LOOKED = "/wallet/report/", "/wallet/me/who-looked/"


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    forget_remembered()


@pytest.fixture
def lin() -> CustomerView:
    return a_payer(1_000, pin=PIN, email="lin@example.com")


@pytest.fixture
def zhou() -> CustomerView:
    return a_payer(10, name="周明", email="zhou@example.com")


@pytest.fixture
def officer() -> EmployeeView:
    return an_employee("risk_officer", "risk", name_zh="何清", name_en="He Qing")


# -- the payer ---------------------------------------------------------------------------------------------------------


def test_a_report_from_the_transfers_page_opens_a_case_and_hinders_nobody(
    lin: CustomerView, zhou: CustomerView
) -> None:
    phone = phone_of(lin)
    sheet = phone.get("/wallet/transfer/confirm/", {"to": zhou.email, "amount": "10.00"})
    assert "This looks like a scam" in text_of(sheet)
    shown = text_of(phone.get(REPORT, {"to": zhou.email}))
    assert zhou.masked_name in shown and zhou.name not in shown
    answer = phone.post(REPORT, {"to": zhou.email, "kind": "goods", "words": "No parcel came"})
    (case,) = cases_of_customer(lin.id)
    assert answer.headers["Location"] == f"/wallet/cases/{case.reference}/"
    assert (case.kind, case.title["en"]) == ("scam_report", f"You reported {zhou.masked_name}")
    (first,) = conversation(case.id, the_customer(lin.id))
    assert "No parcel came" in first.text
    assert payee_warning(zhou.id) == "" and restrictions_of(zhou.id) == []
    assert cases_of_customer(zhou.id) == []
    transfer(a_key(), lin.id, zhou.id, yuan(1), "", proof_of(lin.id))
    assert has(zhou) == "11.00"


def test_one_open_report_of_a_payer_about_a_payee(lin: CustomerView, zhou: CustomerView) -> None:
    phone = phone_of(lin)
    typed = {"to": zhou.email, "kind": "threat"}
    assert phone.post(REPORT, typed).status_code == 302
    again = phone.post(REPORT, typed)
    (case,) = cases_of_customer(lin.id)
    assert again.status_code == 409 and case.reference in text_of(again)
    neutral = text_of(phone.get(REPORT, {"to": zhou.email}))
    assert "You have told us; we are looking into it" in neutral and "What happened?" not in neutral
    assert PayeeReport.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        PayeeReport.objects.create(payer_id=lin.id, payee_id=zhou.id, about="person", kind="other", reference="X")


def test_what_cannot_be_reported(lin: CustomerView, zhou: CustomerView) -> None:
    phone = phone_of(lin)
    assert "Who?" in text_of(phone.get(REPORT))
    for asked in ({"to": "nobody@example.com"}, {"order": "x"}, {"bill": str(a_shop().id)}):
        assert phone.get(REPORT, asked).status_code == 404, asked
    assert phone.post(REPORT, {"kind": "goods"}).status_code == 404
    for typed, code in (
        ({"to": zhou.email, "kind": "ugly"}, "report_kind_unknown"),
        ({"to": lin.email, "kind": "goods"}, "report_of_oneself"),
    ):
        refused = phone.post(REPORT, typed)
        assert refused.status_code == 422 and code in refused.content.decode()
    assert cases_of_customer(lin.id) == [], "what was refused opens no case"


def test_so_many_reports_a_day(lin: CustomerView) -> None:
    for place in range(MOST_A_DAY):
        report_payee(lin.id, a_shop(f"店{place}", f"Shop {place}").id, "shop", "goods", "", "C-1")
    refused = phone_of(lin).post(REPORT, {"order": str(an_order(a_shop(), "5.00").id), "kind": "goods"})
    assert refused.status_code == 429
    assert not open_report(lin.id, lin.id)


def test_a_bill_names_the_other_side_and_nobody_elses_bill_does(lin: CustomerView, zhou: CustomerView) -> None:
    phone, shop = phone_of(lin), a_shop()
    order = an_order(shop, "5.00")
    assert f"?order={order.id}" in phone.get(f"/wallet/pay/{order.id}/").content.decode()
    receipt = pay_by_phone(phone, order.id).headers["Location"]
    assert "This looks like a scam" in text_of(phone.get(receipt))
    bill = receipt.removesuffix("receipt/").rstrip("/").rsplit("/", 1)[1]
    assert "This looks like a scam" in text_of(phone.get(f"/wallet/bills/{bill}/"))
    assert phone_of(zhou).get(REPORT, {"bill": bill}).status_code == 404
    assert phone.post(REPORT, {"bill": bill, "kind": "goods"}).status_code == 302
    (case,) = cases_of_customer(lin.id)
    assert [str(one) for one in case.payment_ids] == [bill]
    (said,) = reports_on(shop.id)
    assert (said.about, said.reference) == ("shop", case.reference)
    sent = transfer(a_key(), zhou.id, lin.id, yuan(1), "", proof_of(zhou.id))
    assert "report" in phone.get(f"/wallet/bills/{sent.transfer_id}/").content.decode()
    assert zhou.masked_name in text_of(phone.get(REPORT, {"bill": str(sent.transfer_id)}))


# -- the desk ----------------------------------------------------------------------------------------------------------


def test_two_persons_mark_and_the_reports_end(lin: CustomerView, zhou: CustomerView, officer: EmployeeView) -> None:
    phone_of(lin).post(REPORT, {"to": zhou.email, "kind": "profit", "words": "Double in a week"})
    desk, (case,) = at_desk(officer), cases_of_customer(lin.id)
    assert zhou.number in text_of(desk.get(reverse("desk-risk")))
    page, mark = reverse("desk-risk-payee", args=[zhou.id]), reverse("desk-risk-payee-mark", args=[zhou.id])
    shown = text_of(desk.get(page))
    for words in (zhou.masked_name, "Double in a week", case.reference, lin.number):
        assert words in shown, words
    assert desk.post(mark, {"mark": "warned", "reason": " "}).status_code == 422
    assert desk.post(mark, {"mark": "frozen", "reason": "x"}).status_code == 404
    assert desk.post(mark, {"mark": "warned", "reason": "The same story twice"}).status_code == 302
    assert payee_warning(zhou.id) == "", "one person alone marks nobody"
    proposal = open_proposal_for("payee_mark", str(zhou.id))
    assert proposal is not None and proposal.payload["reports"] == 1
    approve = reverse("desk-approve", args=[proposal.id])
    desk.post(approve, {"hash": proposal.payload_hash})
    assert payee_warning(zhou.id) == "", "nobody approves their own"
    supervisor = at_desk(an_employee("supervisor", "floor"))
    slip = text_of(supervisor.get(reverse("desk-proposal", args=[proposal.id])))
    assert "The same story twice" in slip and zhou.masked_name in slip
    supervisor.post(approve, {"hash": proposal.payload_hash})
    assert payee_warning(zhou.id) == "warned" and payees_reported() == []
    assert [one.outcome for one in reports_on(zhou.id)] == ["marked"]
    assert desk.post(mark, {"mark": "warned", "reason": "Again"}).status_code == 409
    off, mine = reverse("desk-risk-unmark", args=[zhou.id, "warned"]), phone_of(zhou)
    who_looked = text_of(mine.get(WHO_LOOKED))
    assert "Put a warning before payments to you" in who_looked and "The same story twice" not in who_looked
    assert desk.post(off, {"why": " "}).status_code == 422 and payee_warning(zhou.id) == "warned"
    assert desk.post(off, {"why": "It was a rent"}).status_code == 302
    assert payee_warning(zhou.id) == "" and desk.post(off, {"why": "Again"}).status_code == 404
    assert "Took the warning before payments to you off" in text_of(mine.get(WHO_LOOKED))
    told = [one.kind for one in notices("customer", zhou.id, 10)]
    assert told[:2] == ["payee_unmarked", "payee_marked"]
    act = acts_seen_by_customer(zhou.id)[0]
    assert mine.post(f"/wallet/me/who-looked/{act.number}/object/", {"words": "Why at all?"}).status_code == 302


def test_one_person_warns_for_a_day_and_not_again_the_same_week(
    lin: CustomerView, zhou: CustomerView, officer: EmployeeView
) -> None:
    mark, typed = reverse("desk-risk-payee-mark", args=[zhou.id]), {"mark": "in_review", "reason": "An odd story"}
    assert at_desk(officer).post(mark, typed).status_code == 302
    (stands,) = restrictions_of(zhou.id)
    assert stands.until is not None and timedelta(hours=23) < stands.until - stands.made_at <= timedelta(days=1)
    sheet = phone_of(lin).get("/wallet/transfer/confirm/", {"to": zhou.email, "amount": "10.00"})
    assert "we are checking" in text_of(sheet) and "sure=1" in sheet.content.decode()
    assert "for a day" not in text_of(phone_of(zhou).get(WHO_LOOKED)), "told when it has ended"
    other = at_desk(an_employee("risk_officer", "night"))
    assert other.post(mark, typed).status_code == 409, "nor by a colleague: for longer it needs two"
    off = reverse("desk-risk-unmark", args=[zhou.id, "in_review"])
    assert other.post(off, {"why": "Nothing in it"}).status_code == 302 and payee_warning(zhou.id) == ""
    assert "for a day" in text_of(phone_of(zhou).get(WHO_LOOKED))


def test_nothing_found_ends_the_reports_and_one_may_report_anew(
    lin: CustomerView, zhou: CustomerView, officer: EmployeeView
) -> None:
    report_payee(lin.id, zhou.id, "person", "other", "", "C-1")
    with pytest.raises(ReportedAlready):
        report_payee(lin.id, zhou.id, "person", "other", "", "C-2")
    mark = reverse("desk-risk-payee-mark", args=[zhou.id])
    assert at_desk(officer).post(mark, {"mark": "sound", "reason": "A rent, paid late"}).status_code == 302
    assert [one.outcome for one in reports_on(zhou.id)] == ["sound"] and payee_warning(zhou.id) == ""
    report_payee(lin.id, zhou.id, "person", "other", "", "C-3")
    with pytest.raises(IntegrityError, match="only closed, once"), transaction.atomic():
        PayeeReport.objects.update(words="Something else was said")


def test_a_ring_names_its_people_as_the_role_may_read_and_leads_to_a_case(
    lin: CustomerView, zhou: CustomerView, officer: EmployeeView
) -> None:
    for payer, payee in ((lin, zhou), (zhou, lin)):
        transfer(a_key(), payer.id, payee.id, yuan(9), "", proof_of(payer.id))
    deliver_all()
    found, desk = RiskFlag.objects.get(), at_desk(officer)
    address = reverse("desk-risk-ring", args=[found.id])
    assert address in desk.get(reverse("desk-risk")).content.decode()
    shown = text_of(desk.get(address))
    for words in (lin.number, zhou.number, zhou.masked_name, "How it went"):
        assert words in shown, words
    read = text_of(at_desk(an_employee("auditor", "audit")).get(address))
    assert zhou.number in read and zhou.masked_name not in read and "Open a case" not in read
    check = reverse("desk-risk-payee-check", args=[zhou.id])
    case = desk.post(check).headers["Location"]
    assert desk.post(check).headers["Location"] == case, "one check at a time"
    (opened,) = cases_of_customer(zhou.id)
    assert opened.kind == "payee_check" and "ring" not in opened.title["en"].lower()
    assert opened.reference in text_of(desk.get(reverse("desk-risk-payee", args=[zhou.id])))
    assert timeline(opened.id)


# -- who pays is warned ------------------------------------------------------------------------------------------------


def test_a_payer_is_warned_before_the_pin_and_may_stop_or_go_on(lin: CustomerView, zhou: CustomerView) -> None:
    phone, typed = phone_of(lin), {"to": zhou.email, "amount": "10.00"}
    restrict(zhou.id, "warned", None, "Two persons said so")
    warned = phone.get("/wallet/transfer/confirm/", typed)
    assert "Others say they were cheated" in text_of(warned) and 'name="pin"' not in warned.content.decode()
    assert "Do not pay; keep the money" in text_of(warned) and "sure=1" in warned.content.decode()
    onward = phone.get("/wallet/transfer/confirm/", {**typed, "sure": "1"})
    assert 'name="pin"' in onward.content.decode() and 'name="sure" value="1"' in onward.content.decode()
    answer = phone.post("/wallet/transfer/confirm/", {**typed, "sure": "1", "pin": PIN, "key": a_key()})
    assert answer.status_code == 302 and has(zhou) == "20.00"


def test_at_a_shop_known_to_be_false_there_is_no_way_on(lin: CustomerView) -> None:
    shop, phone = a_shop(), phone_of(lin)
    order = an_order(shop, "5.00")
    restrict(shop.id, "fake", None, "A false bakery")
    shown = phone.get(f"/wallet/pay/{order.id}/").content.decode()
    assert "They are known to be false" in shown and "sure=1" not in shown
    assert pay_by_phone(phone, order.id).status_code == 409 and has(lin) == "1000.00"


def test_marks_are_warned_of_by_their_weight_and_only_while_they_last(zhou: CustomerView) -> None:
    assert gravest(["frozen", "cleared"]) == ""
    assert gravest(["warned", "fake", "reported"]) == "fake"
    restrict(zhou.id, "warned", now() - timedelta(seconds=1), "Long ago")
    assert payee_warning(zhou.id) == ""


def test_a_payment_reads_no_report(lin: CustomerView, zhou: CustomerView) -> None:
    """The page asks; the path of payment does not."""
    report_payee(lin.id, zhou.id, "person", "other", "", "C-1")
    with CaptureQueriesContext(connection) as seen:
        transfer(a_key(), lin.id, zhou.id, yuan(1), "", proof_of(lin.id))
    assert not [one["sql"] for one in seen if "payee_report" in one["sql"]]
