"""The desk's pages on the real rooms: who may stand there, what an agent sees, what a second person can do."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from tests.factories.desk_browser import at_desk, page_of, proposed, sheet_of, text_of
from tests.factories.foundation import a_user
from tests.factories.money import a_payment as a_payment_at_the_bakery
from tests.factories.service import (
    ChargedTwice,
    Desk,
    a_desk,
    a_payer,
    charged_twice,
    in_hand,
)
from tests.factories.trust import a_customer, an_employee
from walletdesk.doors.agent_console.books_page import KEY
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.ledger.public import Finding, check_books
from walletdesk.service.cases.public import open_case, take_case, the_customer
from walletdesk.service.conversations.public import say
from walletdesk.trust.staff.public import change_post
from walletdesk.trust.verification.public import answer_prompt, open_prompt_of_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> ChargedTwice:
    return charged_twice()


@pytest.fixture
def people() -> Desk:
    return a_desk()


# ---- who may stand here ----


def test_nobody_enters_without_signing_in() -> None:
    response = Client().get(reverse("desk"))
    assert response.status_code == 302
    assert "/sign-in/" in response.url


@pytest.mark.parametrize("where", ["desk", "desk-queue", "desk-approvals", "desk-books", "desk-palette"])
def test_a_customer_does_not_find_the_desk(where: str) -> None:
    assert at_desk(a_customer()).get(reverse(where)).status_code == 404


def test_whoever_has_left_is_out_at_the_next_click(story: ChargedTwice, people: Desk) -> None:
    client = at_desk(people.zhou)
    assert client.get(page_of(story)).status_code == 200
    change_post(people.zhou.id, role="agent", team="care", active=False, by="system", reason="left")
    assert client.get(page_of(story)).headers["Location"].startswith("/sign-in/")
    assert at_desk(people.zhou).get(page_of(story)).status_code == 404


def test_each_area_belongs_to_roles(people: Desk) -> None:
    agent, supervisor = at_desk(people.zhou), at_desk(people.he)
    assert agent.get(reverse("desk-books")).status_code == 403
    assert agent.get(reverse("desk-approvals")).status_code == 403
    assert supervisor.get(reverse("desk-books")).status_code == 200
    assert supervisor.get(reverse("desk-approvals")).status_code == 200


def test_an_editor_sees_no_case(story: ChargedTwice) -> None:
    assert at_desk(an_employee("editor", "words")).get(page_of(story)).status_code == 403


def test_a_case_that_does_not_exist_is_not_found(people: Desk) -> None:
    client = at_desk(people.zhou)
    assert client.get(reverse("desk-case", args=["WD-990101-0001"])).status_code == 404
    assert client.post(reverse("desk-take", args=["WD-990101-0001"])).status_code == 404


# ---- the case ----


def test_the_queue_shows_what_waits_and_masks_the_name(story: ChargedTwice, people: Desk) -> None:
    text = text_of(at_desk(people.zhou).get(f"{reverse('desk')}?show=waiting"))
    assert "Charged twice, Qinghe Bakery" in text
    assert "Unclaimed" in text
    assert "林*雨" in text
    assert "林晓雨" not in text


def test_taking_a_case_makes_it_mine(story: ChargedTwice, people: Desk) -> None:
    client = at_desk(people.zhou)
    assert "Take this case" in text_of(client.get(page_of(story)))
    response = client.post(reverse("desk-take", args=[story.case.reference]))
    assert response.status_code == 302
    assert story.now().assigned_id == people.zhou.id
    assert "Ask the customer to confirm" in text_of(client.get(page_of(story)))


def test_a_colleague_who_comes_second_is_told_who_has_it(story: ChargedTwice, people: Desk) -> None:
    take_case(people.zhou.id, story.case.id)
    qin = an_employee("agent", "care", number="1016")
    response = at_desk(qin).post(reverse("desk-take", args=[story.case.reference]))
    assert response.status_code == 409
    assert "Agent 1024 already has it" in text_of(response)
    assert story.now().assigned_id == people.zhou.id


def test_the_code_stands_on_both_screens_and_the_answer_on_the_case(story: ChargedTwice, people: Desk) -> None:
    client = at_desk(people.zhou)
    take_case(people.zhou.id, story.case.id)
    client.post(reverse("desk-ask", args=[story.case.reference]))
    prompt = open_prompt_of_case(story.case.id)
    assert prompt is not None
    assert prompt.code_shown in text_of(client.get(page_of(story)))
    answer_prompt(story.lin.id, prompt.id, genuine=True)
    text = text_of(client.get(reverse("desk-case-parts", args=[story.case.reference])))
    assert "Level 2, own device" in text
    assert "Propose refund" in text


def test_before_the_customer_confirms_private_fields_are_masked(story: ChargedTwice, people: Desk) -> None:
    in_hand(story, people.zhou, verified=False)
    page = at_desk(people.zhou).get(page_of(story)).content.decode()
    assert story.lin.email not in page
    assert story.lin.masked_email in page
    assert "after verification" in page


def test_a_field_is_shown_for_a_reason_and_once(story: ChargedTwice, people: Desk) -> None:
    in_hand(story, people.zhou, verified=False)
    client, unmask = at_desk(people.zhou), reverse("desk-unmask", args=[story.case.reference])
    refused = client.post(unmask, {"field": "email", "reason": "  "})
    assert refused.status_code == 422
    assert story.lin.email not in refused.content.decode()
    shown = client.post(unmask, {"field": "email", "reason": "To write to the right address"})
    assert story.lin.email in shown.content.decode()
    again = client.get(page_of(story)).content.decode()
    assert story.lin.email not in again
    assert "To write to the right address" in again  # the reason stands on the timeline


def test_nobody_unmasks_in_a_case_that_is_not_theirs(story: ChargedTwice, people: Desk) -> None:
    client = at_desk(people.zhou)
    response = client.post(reverse("desk-unmask", args=[story.case.reference]), {"field": "email", "reason": "curious"})
    assert response.status_code == 409
    assert story.lin.email not in response.content.decode()


def test_what_a_customer_wrote_is_text_and_never_markup(story: ChargedTwice, people: Desk) -> None:
    say(story.case.id, the_customer(story.lin.id), "<script>alert(1)</script><img src=x onerror=alert(2)>")
    page = at_desk(people.zhou).get(page_of(story)).content.decode()
    assert "<script>alert(1)" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_words_go_where_they_were_sent(story: ChargedTwice, people: Desk) -> None:
    in_hand(story, people.zhou)
    client, path = at_desk(people.zhou), reverse("desk-say", args=[story.case.reference])
    for way, words in (("app", "We see both."), ("shop", "Did the till send twice?"), ("note", "Owner agrees.")):
        assert client.post(path, {"way": way, "text": words, "once": f"key-{way}"}).status_code == 302
    text = text_of(client.get(page_of(story)))
    assert all(words in text for words in ("We see both.", "Did the till send twice?", "Owner agrees."))


def test_a_form_that_is_sent_twice_speaks_once(story: ChargedTwice, people: Desk) -> None:
    in_hand(story, people.zhou)
    client, path = at_desk(people.zhou), reverse("desk-say", args=[story.case.reference])
    for _ in range(2):
        client.post(path, {"way": "app", "text": "Only once, please.", "once": "same-key"})
    assert text_of(client.get(page_of(story))).count("Only once, please.") == 1


def test_nothing_said_is_refused_on_the_spot(story: ChargedTwice, people: Desk) -> None:
    in_hand(story, people.zhou)
    response = at_desk(people.zhou).post(reverse("desk-say", args=[story.case.reference]), {"way": "app", "text": " "})
    assert response.status_code == 422
    assert "Nothing is written yet" in text_of(response)


# ---- finding, books, every page ----


def test_the_palette_finds_cases_and_customers_only_through_a_case(story: ChargedTwice, people: Desk) -> None:
    client, nobody = at_desk(people.zhou), a_customer("周明", "138 0000 9999")
    find = reverse("desk-palette")
    assert story.case.reference in text_of(client.get(find, {"q": story.case.reference[-4:]}))
    assert story.case.reference in text_of(client.get(find, {"q": story.lin.number}))
    assert nobody.number not in text_of(client.get(find, {"q": nobody.number})).replace(f"value {nobody.number}", "")
    assert "周" not in text_of(client.get(find, {"q": nobody.email})).replace("周岚", "")


def test_the_palette_leads_only_where_a_role_may_go(people: Desk) -> None:
    """Every place that it offers opens, and somebody without cases has a palette too."""
    for employee in (people.zhou, people.he, an_employee("auditor", "audit"), an_employee("editor", "words")):
        client = at_desk(employee)
        found = re.findall(
            r'role="option"[^>]*href="([^"]+)"',
            client.get(reverse("desk-palette"), headers={"HX-Request": "true"}).content.decode(),
        )
        assert found
        for place in found:
            assert client.get(place, follow=True).status_code == 200, (employee.role, place)
    assert reverse("wall-menu") in found
    assert reverse("desk-books") not in found


def test_the_books_page_says_that_they_are_true(people: Desk) -> None:
    caches["process"].clear()
    a_payment_at_the_bakery()
    client = at_desk(people.he)
    text = text_of(client.get(reverse("desk-books")))
    assert "The books are true" in text
    assert "Per asset the sum of all balances is zero" in text
    assert "The books are true" in text_of(client.post(reverse("desk-books")))


def test_the_books_page_names_what_is_wrong(people: Desk) -> None:
    """That a changed byte is found is tested with the ledger; here, that the page says so and names the record."""
    wrong = Finding("I3", Words("余额不等于分录之和", "The balance is not the sum of its lines"), "ledger_account 42")
    caches["process"].set(KEY, replace(check_books(), findings=(wrong,)))
    text = text_of(at_desk(people.he).get(reverse("desk-books")))
    for words in ("The books are not true", "The balance is not the sum of its lines", "ledger_account 42", "1 broken"):
        assert words in text
    caches["process"].clear()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_page_carries_style_or_script_of_its_own(story: ChargedTwice, people: Desk, language: str) -> None:
    made = proposed(story, people.zhou)
    pages = [reverse("desk"), page_of(story), sheet_of(story), reverse("desk-keys"), reverse("desk-palette")]
    for client, paths in (
        (at_desk(people.zhou, language), pages),
        (at_desk(people.he, language), [reverse("desk-proposal", args=[made]), reverse("desk-books")]),
    ):
        for path in paths:
            page = client.get(path).content.decode()
            assert not re.search(r"\sstyle=|<style|\son\w+=|<script(?![^>]*\ssrc=)", page), path


def test_a_queue_of_questions_needs_no_payment(people: Desk) -> None:
    asker = a_payer("何玉珍", language="en", email=a_user().email + ".x")
    case = open_case("question", asker.id, [])
    take_case(people.zhou.id, case.id)
    text = text_of(at_desk(people.zhou).get(reverse("desk-case", args=[case.reference])))
    assert "Ask whether it is solved" in text
