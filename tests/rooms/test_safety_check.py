"""“Is my account safe?”: an agent and a frightened customer look at it together, and the customer reads what was found."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from tests.factories.delays import a_delayed_transfer
from tests.factories.desk_browser import at_desk, text_of
from tests.factories.freezes import drains
from tests.factories.money import a_key, a_payer, proof_of, yuan
from tests.factories.service import ChargedTwice, charged_twice, in_hand
from tests.factories.trust import an_employee
from walletdesk.foundation.identity.public import devices_of, enrol_device, sessions_of
from walletdesk.money.payments.public import transfer
from walletdesk.money.wallets.public import set_own_limit, set_payee_limit
from walletdesk.service.agent_actions.public import (
    CaseNotInHand,
    CheckNotVerified,
    acts_seen_by_customer,
    ask_verification,
    freeze_account,
    report_for_customer,
    safety_sheet,
    sign_out,
    write_safety_check,
)
from walletdesk.service.cases.public import ReasonMissing, timeline
from walletdesk.trust.customers.public import CustomerView
from walletdesk.trust.risk.public import ReportedAlready, ReportKindUnknown, open_report
from walletdesk.trust.staff.public import EmployeeView
from walletdesk.trust.verification.public import answer_prompt

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent() -> EmployeeView:
    return an_employee(number="1024", name_zh="周岚", name_en="Zhou Lan")


@pytest.fixture
def story() -> ChargedTwice:
    return charged_twice()


@pytest.fixture
def stranger() -> CustomerView:
    return a_payer(10, name="陌生人")


def pays(story: ChargedTwice, stranger: CustomerView, figure: int = 20) -> None:
    transfer(a_key(), story.lin.id, stranger.id, yuan(figure), "", proof_of(story.lin.id))


def last_words(story: ChargedTwice) -> tuple[str, dict[str, str]]:
    line = timeline(story.case.id, "both")[-1]
    return line.kind, line.words


def page(story: ChargedTwice, part: str = "") -> str:
    return f"/desk/cases/{story.case.reference}/safety/{part}"


def test_before_the_customer_confirms_only_locks_and_freezes_are_seen(story: ChargedTwice, agent: EmployeeView) -> None:
    with pytest.raises(CaseNotInHand):
        safety_sheet(agent.id, story.case.id)
    in_hand(story, agent, verified=False)
    sheet = safety_sheet(agent.id, story.case.id)
    assert sheet.private is None
    with pytest.raises(CheckNotVerified):
        write_safety_check(agent.id, story.case.id)
    with pytest.raises(CheckNotVerified):
        report_for_customer(agent.id, story.case.id, story.bakery.id, "goods")
    assert "safety_check" not in [act.verb for act in acts_seen_by_customer(story.lin.id)]


def test_what_was_found_and_done_stands_on_the_case(
    story: ChargedTwice, agent: EmployeeView, stranger: CustomerView
) -> None:
    enrol_device(story.lin.user_id, "", "first")
    enrol_device(story.lin.user_id, "Mozilla/5.0 (X11; Linux x86_64)", "email")
    in_hand(story, agent)
    pays(story, stranger)
    set_own_limit(story.lin.id, "out", "day", yuan(300))
    freeze_account(agent.id, story.case.id, "debit", "怕被骗")
    sheet = safety_sheet(agent.id, story.case.id)
    assert sheet.private is not None
    assert {one.id for one in sheet.private.payees} == {stranger.id, story.bakery.id}
    assert len(sheet.standing.new_devices) == 1
    found = write_safety_check(agent.id, story.case.id, "  不要再  理会来电 ")
    assert (found.frozen, found.devices, found.new_devices, found.payments, found.limits) == (True, 2, 1, 3, 1)
    kind, words = last_words(story)
    assert kind == "safety_checked"
    assert words["en"].startswith("Agent 1024 made a safety check with you. Found: sign-in not locked, account frozen")
    assert words["en"].endswith("Measures: froze the account. 不要再 理会来电")
    assert "措施：冻结了账户" in words["zh-hans"]
    assert acts_seen_by_customer(story.lin.id)[0].what.en == "Made a safety check with you"
    again = write_safety_check(agent.id, story.case.id)
    assert again == found
    assert last_words(story)[1]["en"].endswith("Measures: nothing had to be done."), "said once, not at each check"


def test_what_risk_did_not_let_pass_is_counted(story: ChargedTwice, agent: EmployeeView) -> None:
    in_hand(story, agent)
    drains(story.lin, 2_000)
    assert write_safety_check(agent.id, story.case.id).stopped >= 1


def test_signing_out_one_device_and_every_place(story: ChargedTwice, agent: EmployeeView) -> None:
    Client().force_login(get_user_model().objects.get(pk=story.lin.user_id))
    enrol_device(story.lin.user_id, "", "first")
    intruder = enrol_device(story.lin.user_id, "Mozilla/5.0 (X11; Linux x86_64)", "email").view
    in_hand(story, agent, verified=False)
    with pytest.raises(ReasonMissing):
        sign_out(agent.id, story.case.id, None, "  ")
    sign_out(agent.id, story.case.id, intruder.id, "不是本人的")
    assert intruder.id not in {one.id for one in devices_of(story.lin.user_id)}
    assert last_words(story)[0] == "signed_out"
    assert sign_out(agent.id, story.case.id, None, "客户要求") == 1
    assert sessions_of(story.lin.user_id) == {}
    assert len(devices_of(story.lin.user_id)) == 1, "their own phone stays known"


def test_a_report_for_the_customer_is_answered_in_the_case(
    story: ChargedTwice, agent: EmployeeView, stranger: CustomerView
) -> None:
    in_hand(story, agent)
    with pytest.raises(ReportKindUnknown):
        report_for_customer(agent.id, story.case.id, stranger.id, "posed_as_us")
    pays(story, stranger)
    report_for_customer(agent.id, story.case.id, stranger.id, "posed_as_us")
    said = open_report(story.lin.id, stranger.id)
    assert said is not None and (said.reference, said.about) == (story.case.reference, "person")
    with pytest.raises(ReportedAlready):
        report_for_customer(agent.id, story.case.id, stranger.id, "posed_as_us")
    assert write_safety_check(agent.id, story.case.id).warned == 1


def test_the_sheet_at_the_desk(story: ChargedTwice, agent: EmployeeView, stranger: CustomerView) -> None:
    device = enrol_device(story.lin.user_id, "Mozilla/5.0 (X11; Linux x86_64)", "first").view
    in_hand(story, agent, verified=False)
    pays(story, stranger)
    desk = at_desk(agent)
    case = text_of(desk.get(f"/desk/cases/{story.case.reference}/"))
    assert "Safety check" in case and "Locks, devices, marks" in case
    masked = text_of(desk.get(page(story)))
    assert "Not yet verified" in masked and device.name not in masked and stranger.masked_name not in masked
    assert desk.post(page(story, "check/")).status_code == 409
    _confirms(story, agent)
    shown = text_of(desk.get(page(story)))
    assert device.name in shown and stranger.masked_name in shown and "Write the check down" in shown
    assert desk.post(page(story, "report/"), {"payee": str(stranger.id), "kind": "threat"}).status_code == 302
    assert desk.post(page(story, "sign-out/"), {"device": str(device.id), "reason": "lost"}).status_code == 302
    set_payee_limit(story.lin.id, stranger.id, "day", yuan(40))
    a_delayed_transfer(story.lin, a_payer(name="周信", phone="139 0000 2222"), 1)
    shown = text_of(desk.get(page(story)))
    assert f"To {stranger.masked_name}, today ¥ 40 .00" in shown
    assert shown.count("Why stop it? The customer will see this") == 2, "on the pane and on the sheet"
    done = desk.post(page(story, "check/"), {"words": "Call us back"}, follow=True)
    assert "Written down; the customer reads it" in text_of(done)
    theirs = text_of(at_desk(story.lin).get(f"/wallet/cases/{story.case.reference}/"))
    assert "made a safety check with you" in theirs and "signed devices out, reported a payee for you" in theirs


def _confirms(story: ChargedTwice, agent: EmployeeView) -> None:
    answer_prompt(story.lin.id, ask_verification(agent.id, story.case.id).id, genuine=True)
