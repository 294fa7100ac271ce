"""The record of acts as a page: who may read it, what can be looked for, and that looking is written down too."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.factories.desk_browser import at_desk, text_of
from tests.factories.money import a_payer
from tests.factories.trust import an_employee
from walletdesk.foundation.audit.public import record_act
from walletdesk.foundation.clock.public import now
from walletdesk.service.agent_actions.public import acts_seen_by_customer
from walletdesk.service.cases.public import open_case
from walletdesk.service.oversight.public import object_to_act

pytestmark = pytest.mark.django_db
PAGE = "/desk/oversight/acts/"


def found(reader: object, **asked: str) -> str:
    answer = at_desk(reader).get(PAGE, asked)  # type: ignore[arg-type]
    assert answer.status_code == 200, asked
    return text_of(answer)


def test_the_record_is_read_by_agent_act_customer_case_and_day() -> None:
    auditor, zhou, song = an_employee("auditor"), an_employee("agent"), an_employee("senior_agent")
    lin, wang = a_payer(10), a_payer(10, name="王明", phone="139 0000 1111")
    about = open_case("question", lin.id)
    record_act(f"employee:{zhou.id}", "unmask", f"customer:{lin.id}", "Lin rang about her card", about.id, lin.id)
    record_act(f"employee:{song.id}", "lock_account", f"customer:{wang.id}", "Wang said so himself", None, wang.id)
    both = found(auditor)
    assert "Lin rang about her card" in both and "Wang said so himself" in both
    today = f"{now():%Y-%m-%d}"
    for asked in (
        {"agent": zhou.employee_number},
        {"verb": "unmask"},
        {"customer": lin.number},
        {"case": about.reference.lower()},
        {"agent": zhou.employee_number, "verb": "unmask", "customer": lin.number},
    ):
        shown = found(auditor, **asked)
        assert "Lin rang about her card" in shown and "Wang said so himself" not in shown, asked
    yesterday = f"{now() - timedelta(days=2):%Y-%m-%d}"
    assert "Lin rang" not in found(auditor, to=yesterday) and "Lin rang" in found(auditor, **{"from": yesterday})
    assert "No act answers to this" in found(auditor, agent=zhou.employee_number, verb="lock_account"), today


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"agent": "99999"}, "No agent has this number"),
        ({"customer": "138 0000 2047"}, "No customer has this number"),
        ({"case": "WD-000000-0000"}, "There is no such case"),
        ({"from": "19 May"}, "A day is written like"),
    ],
)
def test_what_names_nothing_says_so_and_shows_nothing(asked: dict[str, str], words: str) -> None:
    record_act("system:test", "unmask", "thing:1", "something that happened")
    answer = at_desk(an_employee("auditor")).get(PAGE, asked)
    assert answer.status_code == 422 and words in text_of(answer)
    assert "something that happened" not in text_of(answer)


def test_looking_a_customer_up_in_the_record_is_a_look_that_they_read() -> None:
    auditor, lin = an_employee("auditor"), a_payer(10)
    found(auditor, customer=lin.number)
    (seen,) = acts_seen_by_customer(lin.id)
    assert (seen.verb, seen.agent_number) == ("see_acts", auditor.employee_number)


def test_the_record_is_read_page_by_page() -> None:
    auditor = an_employee("auditor")
    for number in range(60):
        record_act("system:test", "unmask", f"thing:{number}", f"act {number} of many")
    browser = at_desk(auditor)
    first = browser.get(PAGE, {"verb": "unmask"})
    assert "act 59 of many" in text_of(first) and "act 9 of many" not in text_of(first)
    onward = first.content.decode().partition('href="?')[2].partition('"')[0].replace("&amp;", "&")
    rest = text_of(browser.get(f"{PAGE}?{onward}"))
    assert "act 9 of many" in rest and "act 10 of many" not in rest and "Earlier ones" not in rest


def test_who_is_complained_about_reads_nothing_of_that_case() -> None:
    risk, lin = an_employee("risk_officer"), a_payer(10)
    number = record_act(f"employee:{risk.id}", "look_up", f"customer:{lin.id}", customer_id=lin.id)
    complaint = object_to_act(lin.id, number, "I do not know why")
    other = an_employee("senior_agent")
    record_act(f"employee:{other.id}", "unmask", f"customer:{lin.id}", "looked into it", complaint.id, lin.id)
    assert "looked into it" not in found(risk) and "looked into it" in found(an_employee("auditor"))
    assert at_desk(risk).get(PAGE, {"case": complaint.reference}).status_code == 422


@pytest.mark.parametrize("role", ["agent", "supervisor", "finance_officer", "administrator"])
def test_who_may_not_read_the_record_does_not(role: str) -> None:
    assert at_desk(an_employee(role)).get(PAGE).status_code == 403
