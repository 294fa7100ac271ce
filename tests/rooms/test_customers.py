"""Customers: they register, are found and are shown; the database keeps who they are."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, InternalError, ProgrammingError, connection, transaction

from tests.factories.foundation import a_user
from tests.factories.trust import a_customer
from walletdesk.foundation.outbox.public import events_after
from walletdesk.trust.customers import errors
from walletdesk.trust.customers.models import Customer
from walletdesk.trust.customers.public import (
    customer_by_address,
    customer_of_user,
    customers,
    find_customers,
    register_customer,
)

pytestmark = pytest.mark.django_db


def test_a_user_becomes_a_customer_with_a_number_from_the_database() -> None:
    user = a_user(email="lin@example.com")
    lin = register_customer(user.id, " 林小雨 ", "138 0000 2046")
    assert lin.number.startswith("WD-882")
    assert (lin.name, lin.phone, lin.email) == ("林小雨", "13800002046", "lin@example.com")
    assert (lin.masked_name, lin.masked_phone, lin.masked_email) == ("林*雨", "138****2046", "l***@example.com")
    assert not lin.has_pin
    assert customer_of_user(user.id) == lin
    assert customers([lin.id]) == {lin.id: lin}
    (told,) = events_after([f"customer:{lin.id}"], 0, 10)
    assert told.fact.customer_id == lin.id


@pytest.mark.parametrize(
    ("name", "phone", "user_is_known", "refusal"),
    [
        ("", "call me", False, errors.NameNotUsable),
        ("林小雨", "call me", False, errors.PhoneNotUsable),
        ("林小雨", "", False, errors.CustomerNotFound),
        ("林小雨", "", True, errors.AlreadyCustomer),
    ],
)
def test_refusals_in_the_order_they_are_tried(
    name: str, phone: str, user_is_known: bool, refusal: type[Exception]
) -> None:
    known = a_customer().user_id
    nobody = Customer.objects.values_list("id", flat=True)[0]
    with pytest.raises(refusal):
        register_customer(known if user_is_known else nobody, name, phone)


def test_numbers_follow_each_other_and_never_repeat() -> None:
    numbers = [a_customer().number for _ in range(5)]
    assert len(set(numbers)) == 5
    assert numbers == sorted(numbers)


class TestFinding:
    def test_by_number_mail_and_telephone_exactly(self) -> None:
        lin = a_customer("林小雨", "13800002046", email="lin@example.com")
        a_customer("王芳", "13900001111", email="wang@example.com")
        for text in (lin.number, lin.number.lower(), "LIN@example.com", "138-0000-2046", "+86 13800002046"):
            assert [one.id for one in find_customers(text)] == [lin.id], text
            assert customer_by_address(text) == lin

    def test_by_part_of_a_name_in_both_scripts(self) -> None:
        lin, other = a_customer("林小雨", ""), a_customer("Lin Xiaoyu", "")
        a_customer("王芳", "")
        assert [one.id for one in find_customers("小雨")] == [lin.id]
        assert [one.id for one in find_customers("xiaoyu")] == [other.id]
        assert [one.id for one in find_customers("Xiaoyv")] == [other.id]

    @pytest.mark.parametrize("text", ["", "   ", "%", "_", "\x00", "'; DROP TABLE customers_customer; --", "nobody"])
    def test_nothing_and_tricks_find_nobody(self, text: str) -> None:
        a_customer()
        assert list(find_customers(text)) == []
        assert customer_by_address(text) is None

    def test_a_shared_telephone_number_is_no_address_for_money(self) -> None:
        a_customer("林小雨", "13800002046")
        a_customer("林大雨", "13800002046")
        assert len(find_customers("13800002046")) == 2
        assert customer_by_address("13800002046") is None

    def test_a_name_is_no_address_for_money(self) -> None:
        a_customer("林小雨", "")
        assert customer_by_address("林小雨") is None

    def test_at_most_fifty_are_shown(self) -> None:
        for place in range(3):
            a_customer(f"赵{place}号", "")
        assert len(find_customers("赵", limit=2)) == 2
        assert len(find_customers("赵", limit=10**6)) == 3

    def test_a_list_costs_one_statement(self, django_assert_num_queries: object) -> None:
        ids = [a_customer().id for _ in range(4)]
        with django_assert_num_queries(1):  # type: ignore[operator]
            assert len(customers(ids)) == 4


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE customers_customer SET serial = serial + 1",
        "UPDATE customers_customer SET created_at = created_at - interval '1 day'",
        "UPDATE customers_customer SET id = gen_random_uuid()",
        "UPDATE customers_customer SET name = ''",
        "UPDATE customers_customer SET phone = '138'",
        "DELETE FROM customers_customer",
        "TRUNCATE customers_customer CASCADE",
    ],
)
def test_the_database_keeps_who_a_customer_is(statement: str) -> None:
    a_customer()
    with (
        pytest.raises((IntegrityError, ProgrammingError, InternalError)),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
