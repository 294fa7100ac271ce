"""What the cases' room does when something happened elsewhere; each handler hears everything twice."""

from __future__ import annotations

import pytest

from tests.factories.service import a_desk, a_payer, a_payment, a_shop, charged_twice, everybody_hears, in_hand
from walletdesk.foundation.clock.public import now
from walletdesk.money.payments.public import DuplicateSuspected
from walletdesk.service.agent_actions.public import ask_verification, propose_refund
from walletdesk.service.cases import handlers
from walletdesk.service.cases.public import case, cases_of_customer, open_case, queue, take_case, timeline
from walletdesk.service.notifications.public import notices
from walletdesk.trust.verification.public import answer_prompt

pytestmark = pytest.mark.django_db


def suspicion(first: object, second: object) -> DuplicateSuspected:
    return DuplicateSuspected(
        first.id,
        second.id,
        second.customer_id,
        second.merchant_id,
        second.amount.minor,
        "CNY",
        "same_order",
        99,
        12,
        now(),
    )  # type: ignore[attr-defined]


def test_the_system_finds_the_double_charge_opens_the_case_and_tells_both_sides() -> None:
    lin, bakery = a_payer(), a_shop()
    a_payment(lin, bakery, reference="QH-0519-0832")
    second = a_payment(lin, bakery, reference="QH-0519-0832")
    everybody_hears()
    (found,) = cases_of_customer(lin.id)
    assert (found.kind, found.opened_by) == ("duplicate_charge", "system")
    assert second.id in found.payment_ids
    (line,) = timeline(found.id)
    assert [one["role"] for one in line.detail["payments"]] == ["purchase", "likely_double"]
    assert line.detail["order_reference"] == "QH-0519-0832"
    (to_lin,) = [one for one in notices("customer", lin.id) if one.kind == "charged_twice"]
    assert "¥38.00" in to_lin.words["en"]
    assert found.reference in to_lin.more["zh-hans"]
    (to_bakery,) = [one for one in notices("merchant", bakery.id) if one.kind == "charged_twice"]
    assert to_bakery.link == f"/till/cases/{found.reference}/"


def test_hearing_of_a_pair_twice_or_many_pairs_at_once_opens_one_case_each() -> None:
    lin, wang, bakery = a_payer(), a_payer("王明"), a_shop()
    pairs = [(a_payment(one, bakery), a_payment(one, bakery)) for one in (lin, wang)]
    facts = [suspicion(first, second) for first, second in pairs]
    handlers.on_duplicate_suspected(facts)
    handlers.on_duplicate_suspected(facts)
    assert [len(cases_of_customer(one.id)) for one in (lin, wang)] == [1, 1]
    assert len([one for one in notices("customer", lin.id) if one.kind == "charged_twice"]) == 1


def test_a_case_that_the_customer_opened_first_takes_up_what_the_system_found() -> None:
    lin, bakery = a_payer(), a_shop()
    first, second = a_payment(lin, bakery), a_payment(lin, bakery)
    hers = open_case("duplicate_charge", lin.id, [second.id])
    for _ in range(2):
        handlers.on_duplicate_suspected([suspicion(first, second)])
    (only,) = cases_of_customer(lin.id)
    assert only.id == hers.id
    assert set(only.payment_ids) == {first.id, second.id}
    assert [line.kind for line in timeline(only.id)] == ["opened", "payment_joined", "duplicate_found"]


def test_the_customers_confirmation_stands_on_the_timeline() -> None:
    story, desk = charged_twice(), a_desk()
    in_hand(story, desk.zhou)
    everybody_hears()
    kinds = [line.kind for line in timeline(story.case.id) if "verif" in line.kind]
    assert kinds == ["verification_asked", "customer_verified"]


def test_a_disowned_agent_is_an_alarm_at_the_front_of_the_queue() -> None:
    calm, story, desk = charged_twice(), charged_twice(), a_desk()
    take_case(desk.zhou.id, story.case.id)
    answer_prompt(story.lin.id, ask_verification(desk.zhou.id, story.case.id).id, genuine=False)
    everybody_hears()
    assert case(story.case.id).priority == 3
    assert [one.id for one in queue("all")] == [story.case.id, calm.case.id]
    assert "agent_disowned" in [line.kind for line in timeline(story.case.id)]


def test_what_the_desk_wrote_itself_is_not_written_again_when_the_fact_is_heard() -> None:
    story, desk = charged_twice(), a_desk()
    in_hand(story, desk.zhou)
    propose_refund(desk.zhou.id, story.case.id, story.second.id, 3_800, "收银机多扣了一次")
    everybody_hears()
    kinds = [line.kind for line in timeline(story.case.id, "staff")]
    assert kinds.count("proposal_made") == 1


def test_twenty_suspicions_are_heard_in_a_constant_number_of_statements(django_assert_max_num_queries: object) -> None:
    lin, bakery = a_payer(), a_shop()
    pairs = [(a_payment(lin, bakery, "1.00"), a_payment(lin, bakery, "1.00")) for _ in range(20)]
    facts = [suspicion(first, second) for first, second in pairs]
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        handlers.on_duplicate_suspected(facts)
    assert len(cases_of_customer(lin.id)) == 20
