"""Two persons at the desk: the refund's sheet, the proposal, and the colleague who decides."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from tests.factories.desk_browser import at_desk, hidden, page_of, proposed, sheet_of, text_of
from tests.factories.service import (
    ChargedTwice,
    Desk,
    a_desk,
    a_payer,
    balance_of,
    charged_twice,
    everybody_hears,
    in_hand,
)
from tests.factories.trust import an_employee
from walletdesk.trust.approvals.public import open_proposal_for, proposal

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> ChargedTwice:
    return charged_twice()


@pytest.fixture
def people() -> Desk:
    return a_desk()


# ---- two persons ----


def test_the_sheet_shows_what_the_ledger_will_do(story: ChargedTwice, people: Desk) -> None:
    in_hand(story, people.zhou)
    text = text_of(at_desk(people.zhou).get(sheet_of(story)))
    for words in ("What the ledger will do", "Merchant payable", "Customer wallet", "Fee income", "Debits = credits"):
        assert words in text
    assert "¥ 38 .00" in text
    assert open_proposal_for("refund", str(story.second.id)) is None


def test_two_steps_make_a_proposal_and_the_ledger_rests(story: ChargedTwice, people: Desk) -> None:
    in_hand(story, people.zhou)
    client, before = at_desk(people.zhou), balance_of(story.lin)
    step_two = client.post(sheet_of(story), {"step": "1", "amount": "38.00", "reason": "Sent twice by the till"})
    assert open_proposal_for("refund", str(story.second.id)) is None, "step 1 does nothing"
    fields = {"step": "2", "amount": "38.00", "reason": "Sent twice by the till", "seen": hidden(step_two, "seen")}
    assert client.post(sheet_of(story), fields).status_code == 302
    made = open_proposal_for("refund", str(story.second.id))
    assert made is not None
    assert made.payload["amount_minor"] == 3800
    assert balance_of(story.lin) == before
    twice = client.post(sheet_of(story), fields)
    assert twice.status_code == 409
    assert "open proposal" in text_of(twice)


def test_what_was_checked_must_be_what_is_proposed(story: ChargedTwice, people: Desk) -> None:
    in_hand(story, people.zhou)
    fields = {"step": "2", "amount": "38.00", "reason": "Sent twice", "seen": "0" * 16}
    response = at_desk(people.zhou).post(sheet_of(story), fields)
    assert response.status_code == 409
    assert "The books have moved since you checked" in text_of(response)


def test_without_verification_nothing_can_be_proposed(story: ChargedTwice, people: Desk) -> None:
    in_hand(story, people.zhou, verified=False)
    client = at_desk(people.zhou)
    shown = client.get(sheet_of(story))
    assert "level 2 is needed" in text_of(shown)
    assert re.search(r'<button class="btn btn-go" disabled', shown.content.decode())
    step_two = client.post(sheet_of(story), {"step": "1", "amount": "38.00", "reason": "Sent twice"})
    fields = {"step": "2", "amount": "38.00", "reason": "Sent twice", "seen": hidden(step_two, "seen")}
    response = client.post(sheet_of(story), fields)
    assert response.status_code == 409
    assert "not_verified" in response.content.decode()
    assert open_proposal_for("refund", str(story.second.id)) is None


@pytest.mark.parametrize("amount", ["0", "-1", "1e3", "３８", "38.001", "99999999999999999999"])
def test_a_sum_that_cannot_be_is_refused(story: ChargedTwice, people: Desk, amount: str) -> None:
    in_hand(story, people.zhou)
    response = at_desk(people.zhou).post(sheet_of(story), {"step": "1", "amount": amount, "reason": "Sent twice"})
    assert response.status_code == 422
    assert "amount_" in response.content.decode()


def test_a_payment_of_another_case_is_not_found(story: ChargedTwice, people: Desk) -> None:
    other = charged_twice(a_payer("赵启航"), story.bakery)
    in_hand(story, people.zhou)
    strange = reverse("desk-refund", args=[story.case.reference, other.second.id])
    assert at_desk(people.zhou).get(strange).status_code == 404


def test_the_second_person_approves_and_the_money_is_back(story: ChargedTwice, people: Desk) -> None:
    made, before = proposed(story, people.zhou), balance_of(story.lin)
    client = at_desk(people.he)
    page = client.get(reverse("desk-proposal", args=[made]))
    text = text_of(page)
    assert "Agent 1024, Zhou Lan" in text
    assert "Sent twice" in text
    done = client.post(reverse("desk-approve", args=[made]), {"hash": hidden(page, "hash")})
    assert done.status_code == 302
    assert balance_of(story.lin) == before + 3800
    assert "Approved; the ledger moved once" in text_of(client.get(reverse("desk-proposal", args=[made])))
    everybody_hears()
    assert story.now().state == "resolved"
    again = client.post(reverse("desk-approve", args=[made]), {"hash": hidden(page, "hash")})
    assert again.status_code == 409
    assert balance_of(story.lin) == before + 3800


def test_nobody_approves_what_they_proposed(story: ChargedTwice) -> None:
    zhou = an_employee("senior_agent", "care", number="1025")
    made, client = proposed(story, zhou), at_desk(zhou)
    page = client.get(reverse("desk-proposal", args=[made]))
    assert "You proposed this, so you cannot decide it" in text_of(page)
    assert reverse("desk-approve", args=[made]) not in page.content.decode()
    forced = proposal(made)
    assert forced is not None
    response = client.post(reverse("desk-approve", args=[made]), {"hash": forced.payload_hash})
    assert response.status_code == 403
    assert proposal(made).state == "proposed"  # type: ignore[union-attr]


def test_nobody_approves_for_their_own_team(story: ChargedTwice, people: Desk) -> None:
    made = proposed(story, people.zhou)
    mate = an_employee("supervisor", "care", number="1030")
    assert "The maker is of your team" in text_of(at_desk(mate).get(reverse("desk-proposal", args=[made])))


def test_an_old_page_approves_nothing(story: ChargedTwice, people: Desk) -> None:
    made = proposed(story, people.zhou)
    response = at_desk(people.he).post(reverse("desk-approve", args=[made]), {"hash": "f" * 64})
    assert response.status_code == 409
    assert "changed while you looked" in text_of(response)


def test_sending_back_needs_a_reason(story: ChargedTwice, people: Desk) -> None:
    made, client = proposed(story, people.zhou), at_desk(people.he)
    assert client.post(reverse("desk-reject", args=[made]), {"reason": ""}).status_code == 422
    assert client.post(reverse("desk-reject", args=[made]), {"reason": "Ask the shop first"}).status_code == 302
    text = text_of(client.get(reverse("desk-proposal", args=[made])))
    assert "Sent back; the ledger did not move" in text
    assert "Ask the shop first" in text


def test_an_open_page_is_told_only_when_something_changed(story: ChargedTwice, people: Desk) -> None:
    made, client = proposed(story, people.zhou), at_desk(people.he)
    state = reverse("desk-proposal-state", args=[made])
    assert client.get(state).status_code == 204
    client.post(reverse("desk-reject", args=[made]), {"reason": "Ask the shop first"})
    assert "Sent back" in text_of(client.get(state))


def test_a_closed_case_carries_its_summary(story: ChargedTwice, people: Desk) -> None:
    in_hand(story, people.zhou)
    client = at_desk(people.zhou)
    assert client.post(reverse("desk-close", args=[story.case.reference]), {"reason": " "}).status_code == 422
    client.post(reverse("desk-close", args=[story.case.reference]), {"reason": "The customer withdrew it"})
    text = text_of(client.get(page_of(story)))
    assert "Handled by Agent 1024 Zhou Lan" in text
    assert "This case is closed" in text
