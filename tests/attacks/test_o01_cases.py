"""O01, O03, O05: another customer's case, by reference, by id, through a payment, a message, a rating."""

from __future__ import annotations

import uuid

import pytest

from tests.factories.service import a_payer, a_shop, charged_twice, everybody_hears
from walletdesk.foundation.errors import NotFound
from walletdesk.service.cases.public import (
    case_of_customer,
    case_of_merchant,
    cases_of_customer,
    cases_of_merchant,
    confirm_solved,
    not_solved,
    open_case,
    rate,
    reopen,
    the_customer,
    the_merchant,
)
from walletdesk.service.conversations.public import conversation, say
from walletdesk.service.notifications.public import NoticeNotFound, mark_read, notices

pytestmark = pytest.mark.django_db


def test_o01_another_customers_case_is_not_there_by_any_verb() -> None:
    story, wang, other_shop = charged_twice(), a_payer("王明"), a_shop("别家", "Another")
    theirs = story.case
    tries = {
        "reference": lambda: case_of_customer(wang.id, theirs.reference),
        "reference of a shop": lambda: case_of_merchant(other_shop.id, theirs.reference),
        "confirm": lambda: confirm_solved(wang.id, theirs.id),
        "not yet": lambda: not_solved(wang.id, theirs.id),
        "rate": lambda: rate(wang.id, theirs.id, 1),
        "reopen": lambda: reopen(theirs.id, customer_id=wang.id),
        "read": lambda: conversation(theirs.id, the_customer(wang.id)),
        "write": lambda: say(theirs.id, the_customer(wang.id), "hello"),
        "read as a shop": lambda: conversation(theirs.id, the_merchant(other_shop.id)),
        "write as a shop": lambda: say(theirs.id, the_merchant(other_shop.id), "hello"),
    }
    for name, attempt in tries.items():
        with pytest.raises(NotFound) as refused:
            attempt()
        assert refused.value.status == 404, name
    assert story.now().changed_at == theirs.changed_at
    assert not cases_of_customer(wang.id)
    assert not cases_of_merchant(other_shop.id)


def test_o01_what_is_not_there_and_what_is_not_yours_sound_the_same() -> None:
    story, wang = charged_twice(), a_payer("王明")
    with pytest.raises(NotFound) as not_yours:
        case_of_customer(wang.id, story.case.reference)
    with pytest.raises(NotFound) as not_there:
        case_of_customer(wang.id, "WD-000000-0000")
    assert (not_yours.value.code, not_yours.value.fields) == (not_there.value.code, not_there.value.fields)


def test_o03_a_customers_references_can_be_counted_but_open_nothing() -> None:
    story, wang = charged_twice(), a_payer("王明")
    head, number = story.case.reference.rsplit("-", 1)
    for guess in range(int(number) + 3):
        with pytest.raises(NotFound):
            case_of_customer(wang.id, f"{head}-{guess:04d}")
    assert story.case.id.version == 7, "74 random bits, and checked all the same"


def test_o05_a_case_cannot_take_anothers_payment_along() -> None:
    story, wang = charged_twice(), a_payer("王明")
    with pytest.raises(NotFound):
        open_case("not_mine", wang.id, [story.first.id])
    with pytest.raises(NotFound):
        open_case("not_mine", wang.id, [uuid.uuid4()])
    assert not cases_of_customer(wang.id)


def test_o01_anothers_notice_cannot_be_read_away() -> None:
    story, wang = charged_twice(), a_payer("王明")
    confirm_solved(story.lin.id, story.case.id)
    everybody_hears()
    theirs = notices("customer", story.lin.id)[0]
    with pytest.raises(NoticeNotFound):
        mark_read("customer", wang.id, theirs.id)
    assert notices("customer", story.lin.id)[0].read_at is None
