"""Customers, with real commits and real threads."""

from __future__ import annotations

import pytest
from django.db import transaction

from tests.databases import FreshDatabase
from tests.factories.foundation import a_user
from tests.factories.trust import PIN, a_customer
from walletdesk.trust.customers import errors
from walletdesk.trust.customers.models import Customer, PaymentPin
from walletdesk.trust.customers.public import prove_pin, register_customer, set_pin

WRONG = "739147"


def test_two_registrations_of_one_user_at_once_make_one_customer(fresh_database: FreshDatabase) -> None:
    user = a_user()
    results = fresh_database.at_once(lambda: register_customer(user.id, "林小雨"), times=4)
    refused = [one for one in results if isinstance(one, errors.AlreadyCustomer)]
    assert (len(refused), Customer.objects.count()) == (3, 1)


def test_inside_another_transaction_it_fails_loudly_instead_of_forgetting(fresh_database: FreshDatabase) -> None:
    lin = a_customer(pin=PIN)
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        prove_pin(lin.id, WRONG)
    with pytest.raises(errors.PinWrong):
        prove_pin(lin.id, WRONG)
    assert PaymentPin.objects.get(pk=lin.id).wrong_tries == 1


def test_the_pin_set_twice_at_once_is_set_once(fresh_database: FreshDatabase) -> None:
    lin = a_customer()
    results = fresh_database.at_once(lambda: set_pin(lin.id, PIN), lambda: set_pin(lin.id, "482913"))
    assert sorted(type(one) for one in results if one) == [errors.OldPinNeeded]
