"""Staff and oversight as pages: who sees which, what a form does, and the way to the desk."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from tests.factories.desk_browser import BACKEND, at_desk, text_of, with_proof
from tests.factories.foundation import a_user
from tests.factories.service import a_desk, a_payer, charged_twice, everybody_hears, in_hand
from tests.factories.trust import an_employee, the_employee_again
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.identity.public import enrol_totp
from walletdesk.service.agent_actions.public import approve_refund, look_up, propose_refund
from walletdesk.service.oversight.public import alarms, canaries, glasses, third_looks
from walletdesk.trust.approvals.public import open_proposal_for
from walletdesk.trust.staff.public import day_began, employee_by_number, make_pass, plan_shift, shifts_between

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def signed_in(employee: object) -> Client:
    """By password alone."""
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(get_user_model().objects.get(pk=employee.user_id), backend=BACKEND)  # type: ignore[attr-defined]
    return browser


# ---- the way to the desk ----


def test_a_password_alone_leads_to_enrolment_and_nowhere_else() -> None:
    he = an_employee("supervisor")
    browser = signed_in(he)
    for page in ("/desk/", "/desk/approvals/", "/desk/staff/", "/wall/", "/desk/oversight/"):
        assert browser.get(page).headers["Location"] == "/desk/enrol/", page
    assert browser.post("/desk/staff/1024/post/").headers["Location"] == "/desk/enrol/"
    assert browser.get("/desk/", headers={"HX-Request": "true"}).headers["HX-Redirect"] == "/desk/enrol/"
    assert "Add a passkey" in text_of(browser.get("/desk/enrol/"))


@pytest.mark.parametrize("kind", ["push", "recovery_code", "password_pin", "email", "sms"])
def test_nothing_but_a_passkey_or_an_authenticator_opens_the_desk(kind: str) -> None:
    browser = with_proof(signed_in(an_employee("supervisor")), kind)
    assert browser.get("/desk/").headers["Location"] == "/desk/enrol/"


@pytest.mark.parametrize("kind", ["passkey", "totp"])
def test_either_of_the_two_opens_it(kind: str) -> None:
    assert with_proof(signed_in(an_employee("supervisor")), kind).get("/desk/").status_code == 200


def test_a_factor_of_a_thief_without_the_pass_opens_nothing() -> None:
    new = an_employee("supervisor", enrolled=False)
    browser = with_proof(signed_in(new))
    assert browser.get("/desk/").headers["Location"] == "/desk/enrol/"
    answer = browser.post("/desk/enrol/", {"pass": "ABCD-EFGH-JKMN"})
    assert (answer.status_code, "pass_not_usable" in text_of(answer)) == (422, True)


def test_the_pass_waits_for_the_factor() -> None:
    admin, new = an_employee("administrator", "systems"), an_employee(enrolled=False)
    code = make_pass(new.id, admin.id)
    browser = signed_in(new)
    assert browser.post("/desk/enrol/", {"pass": code}).status_code == 403
    assert with_proof(browser).post("/desk/enrol/", {"pass": code}).headers["Location"] == "/after-sign-in/"
    assert browser.get("/desk/").status_code == 200
    assert browser.get("/desk/enrol/").headers["Location"] == "/after-sign-in/"


def test_the_page_of_enrolment_is_of_employees_only() -> None:
    lin = a_payer()
    assert at_desk(lin).get("/desk/enrol/").status_code == 404
    assert "Show it now" in text_of(_with_app(an_employee()).get("/desk/enrol/"))


def _with_app(employee: object) -> Client:
    enrol_totp(employee.user_id, SECRET)  # type: ignore[attr-defined]
    return signed_in(employee)


# ---- posts ----


def test_an_administrator_employs_somebody_who_has_a_sign_in() -> None:
    admin = at_desk(an_employee("administrator", "systems"))
    form = {
        "email": "new@example.com",
        "number": "2001",
        "name_zh": "新人",
        "name_en": "New",
        "team": "systems",
        "role": "agent",
    }
    refused = admin.post("/desk/staff/employ/", form)
    assert (
        refused.status_code,
        "sign_in_unknown" in refused.content.decode() or "signs up first" in text_of(refused),
    ) == (409, True)
    a_user("new@example.com")
    assert admin.post("/desk/staff/employ/", form).headers["Location"] == "/desk/staff/2001/"
    made = employee_by_number("2001")
    assert made is not None
    assert not made.enrolled
    assert "No pass handed over yet" in text_of(admin.get("/desk/staff/2001/"))


def test_the_pass_is_on_one_answer_only() -> None:
    admin, new = an_employee("administrator", "systems"), an_employee(enrolled=False)
    browser, address = at_desk(admin), f"/desk/staff/{new.employee_number}/"
    shown = re.search(r"passcode code\">([A-Z2-9-]{14})<", browser.post(f"{address}pass/").content.decode())
    assert shown is not None
    assert shown[1] not in browser.get(address).content.decode()
    assert with_proof(signed_in(new)).post("/desk/enrol/", {"pass": shown[1]}).status_code == 302


def test_a_post_is_changed_with_a_reason_and_never_ones_own() -> None:
    admin, zhou = an_employee("administrator", "systems"), an_employee()
    browser = at_desk(admin)
    form = {"role": "senior_agent", "team": "systems", "active": "yes", "reason": "Learned it"}
    assert browser.post(f"/desk/staff/{zhou.employee_number}/post/", form).status_code == 302
    assert the_employee_again(zhou).role == "senior_agent"
    page = text_of(browser.get(f"/desk/staff/{zhou.employee_number}/"))
    assert "Learned it" in page
    assert "role: agent → senior_agent" in page
    own = browser.post(f"/desk/staff/{admin.employee_number}/post/", form)
    assert (own.status_code, "own_post" in own.content.decode()) == (403, True)


def test_caps_by_the_page() -> None:
    admin, zhou = an_employee("administrator", "systems"), an_employee()
    browser, address = at_desk(admin), f"/desk/staff/{zhou.employee_number}/caps/"
    assert browser.post(address, {"each": "12.50", "day": "", "reason": "New here"}).status_code == 302
    assert the_employee_again(zhou).refund_cap_minor == 1_250
    assert browser.post(address, {"each": "0", "day": "100", "reason": "No refunds"}).status_code == 302
    assert the_employee_again(zhou).refund_cap_minor == 0
    assert browser.post(address, {"each": "ten", "day": "", "reason": "x"}).status_code == 422
    assert browser.post(address, {"each": "1", "day": "", "reason": ""}).status_code == 422


def test_a_team_is_opened_and_a_team_without_a_code_is_not() -> None:
    admin = at_desk(an_employee("administrator", "systems"))
    assert (
        admin.post("/desk/staff/team/", {"code": "nights", "name_zh": "夜班", "name_en": "Nights"}).status_code == 302
    )
    assert "Nights" in text_of(admin.get("/desk/staff/"))
    assert admin.post("/desk/staff/team/", {"code": "No Code", "name_zh": "x", "name_en": "x"}).status_code == 422


def test_what_a_supervisor_and_an_agent_see_of_staff() -> None:
    zhou = an_employee()
    supervisor = at_desk(an_employee("supervisor", "checks"))
    page = supervisor.get(f"/desk/staff/{zhou.employee_number}/")
    assert "Change the post" not in text_of(page)
    assert supervisor.post(f"/desk/staff/{zhou.employee_number}/post/", {}).status_code == 403
    assert at_desk(zhou).get("/desk/staff/").status_code == 403
    assert supervisor.get("/desk/staff/9999/").status_code == 404
    assert "decide_refund" in text_of(supervisor.get("/desk/staff/roles/"))


def test_a_change_needs_a_fresh_proof() -> None:
    admin, zhou = an_employee("administrator", "systems"), an_employee()
    browser = at_desk(admin)
    session = browser.session
    session["proofs"] = {"totp": (now() - timedelta(hours=1)).isoformat()}
    session.save()
    answer = browser.post(f"/desk/staff/{zhou.employee_number}/post/", {"role": "auditor", "reason": "x"})
    assert answer.headers["Location"].startswith("/step-up/")
    assert the_employee_again(zhou).role == "agent"


# ---- shifts ----


def test_a_supervisor_plans_a_week() -> None:
    chief, zhou = an_employee("supervisor", "checks"), an_employee()
    browser = at_desk(chief)
    form = {"who": str(zhou.id), "day": "2026-11-24", "from": "22:00", "to": "06:00"}
    assert browser.post("/desk/staff/shifts/plan/", form).headers["Location"].endswith("week=2026-11-23")
    page = browser.get("/desk/staff/shifts/?week=2026-11-25")
    assert "22:00–06:00" in text_of(page)
    again = browser.post("/desk/staff/shifts/plan/", form)
    assert (again.status_code, "planned for this time already" in text_of(again)) == (409, True)
    assert browser.post("/desk/staff/shifts/plan/", {"who": "x", "day": "", "from": "", "to": ""}).status_code == 404
    assert browser.post("/desk/staff/shifts/plan/", form | {"day": "soon"}).status_code == 422


def test_a_shift_is_cancelled_and_an_agent_plans_none() -> None:
    chief, zhou = an_employee("supervisor", "checks"), an_employee()
    start = now() + timedelta(days=1)
    made = plan_shift(zhou.id, start, start + timedelta(hours=4), by="system")
    assert at_desk(zhou).post(f"/desk/staff/shifts/{made.id}/cancel/").status_code == 403
    assert at_desk(chief).post(f"/desk/staff/shifts/{made.id}/cancel/").status_code == 302
    assert not shifts_between(day_began(), start + timedelta(days=2))


# ---- two administrators ----


def test_a_recovery_goes_through_two_browsers() -> None:
    one, other, zhou = an_employee("administrator", "systems"), an_employee("administrator", "audit"), an_employee()
    first, second = at_desk(one), at_desk(other)
    form = {"reason": "Lost the phone", "seen_how": "In person"}
    assert first.post(f"/desk/staff/{zhou.employee_number}/recover/", form).status_code == 302
    made = open_proposal_for("staff_recovery", str(zhou.id))
    assert made is not None
    address = f"/desk/approvals/{made.id}/"
    assert "Withdraw it" in text_of(first.get(address))
    assert first.post(f"{address}approve/", {"hash": made.payload_hash}).status_code == 403
    page = text_of(second.get(address))
    assert "Lost the phone" in page
    assert "Approve; it takes effect now" in page
    assert second.post(f"{address}approve/", {"hash": made.payload_hash}).status_code == 302
    assert not the_employee_again(zhou).enrolled
    assert "Approved" in text_of(second.get(address))
    assert at_desk(an_employee("supervisor", "checks")).get(address).status_code == 404, "no part in it"


# ---- oversight ----


def test_alarms_are_answered_on_the_page() -> None:
    lin, he, other = a_payer(), an_employee("supervisor", "checks"), an_employee("supervisor", "care")
    mine, theirs = at_desk(he), at_desk(other)
    opened = mine.post("/desk/emergency/", {"number": lin.number, "reason": "The police is on the line"})
    assert "¥" in text_of(mine.get(opened.headers["Location"]))
    assert theirs.get(opened.headers["Location"]).status_code == 404
    (alarm,) = alarms()
    assert "It is about yourself" in text_of(mine.get("/desk/oversight/"))
    assert mine.post(f"/desk/oversight/alarms/{alarm.id}/", {"words": "Fine"}).status_code == 403
    assert theirs.post(f"/desk/oversight/alarms/{alarm.id}/", {"words": ""}).status_code == 422
    assert theirs.post(f"/desk/oversight/alarms/{alarm.id}/", {"words": "It was the police"}).status_code == 302
    assert "It was the police" in text_of(theirs.get("/desk/oversight/"))
    assert mine.post(f"{opened.headers['Location']}end/").status_code == 302
    assert "over" in text_of(mine.get(opened.headers["Location"]))
    assert glasses()[0].ended_at


def test_an_emergency_without_a_reason_or_a_customer_stays_shut() -> None:
    he = at_desk(an_employee("supervisor", "checks"))
    assert he.post("/desk/emergency/", {"number": "WD-1", "reason": "A good reason"}).status_code == 404
    assert he.post("/desk/emergency/", {"number": a_payer().number, "reason": "so"}).status_code == 422
    assert not glasses()


def test_canaries_pairs_and_third_looks_on_their_pages() -> None:
    story, desk = charged_twice(), a_desk()
    officer, auditor = at_desk(an_employee("risk_officer", "risk")), at_desk(an_employee("auditor", "audit"))
    assert officer.post("/desk/oversight/canaries/", {"number": story.lin.number}).status_code == 302
    assert officer.post("/desk/oversight/canaries/", {"number": story.lin.number}).status_code == 409
    in_hand(story, desk.zhou)
    look_up(desk.zhou.id, story.case.id)
    made = propose_refund(desk.zhou.id, story.case.id, story.second.id, 100, "One yuan")
    approve_refund(desk.he.id, made.id, made.payload_hash)
    everybody_hears()
    pairs = auditor.get("/desk/oversight/pairs/").content.decode()
    assert '<svg class="matrix"' in pairs
    assert desk.zhou.employee_number in pairs
    assert "canary account" in text_of(auditor.get("/desk/oversight/"))
    assert auditor.get("/desk/oversight/third/").status_code == 200
    (canary,) = canaries()
    assert officer.post(f"/desk/oversight/canaries/{canary.id}/lift/").status_code == 302
    assert at_desk(desk.he).get("/desk/oversight/canaries/").status_code == 403
    assert at_desk(an_employee("finance_officer", "money")).get("/desk/oversight/third/").status_code == 200
    assert len(third_looks()) in (0, 1)


def test_a_customer_objects_on_the_page() -> None:
    story, desk = charged_twice(), a_desk()
    look_up(desk.zhou.id, story.case.id)
    phone = at_desk(story.lin)
    address = re.search(
        r'href="(/wallet/me/who-looked/\d+/object/)"', phone.get("/wallet/me/who-looked/").content.decode()
    )
    assert address is not None
    assert f"Agent {desk.zhou.employee_number}" in text_of(phone.get(address[1]))
    assert phone.post(address[1], {"words": " "}).status_code == 422
    case = phone.post(address[1], {"words": "Why was that?"}).headers["Location"]
    assert "Why was that?" in text_of(phone.get(case))
    assert phone.get(address[1]).headers["Location"] == case
    assert at_desk(a_payer("王芳")).get(address[1]).status_code == 404
    reference = case.split("/")[-2]
    assert at_desk(desk.zhou).get(f"/desk/cases/{reference}/").status_code == 404
    assert at_desk(desk.he).get(f"/desk/cases/{reference}/").status_code == 200
