"""The front door of customers.

    register_customer(user_id, name, phone="") -> CustomerView
        NameNotUsable, PhoneNotUsable, CustomerNotFound, AlreadyCustomer
    payers(ids) -> {id: PayerFacts}             who they are and how well known: what a batch of payments needs
    customers(ids) -> {id: CustomerView}        customer_of_user(user_id) -> CustomerView | None
    customers_of_users(user_ids) -> [CustomerView]
    find_customers(text, limit=20)              for the desk: number, e-mail, phone exactly, else part of the name
    customer_by_address(text)                   for a payer: exactly one customer, or None
    reset_pin(customer_id, pin, proved_at)      by who forgot the old one and proved themselves otherwise
    set_pin(customer_id, pin, old_pin=None)
        CustomerNotFound, PinNotUsable, PinTooWeak, OldPinNeeded, then as prove_pin
    prove_pin(customer_id, pin) -> PinProof     never inside a transaction
        PinNotSet, PinBusy, PinLocked(until), PinWrong(tries_left)
    set_tier(customer_id, tier, by, reason) -> CustomerView     4 known by an address only … 1 in person
        TierUnknown, TierReasonMissing, CustomerNotFound
    make_testers(names) -> [CustomerView]       nobody, for a shop's test twin
    mask_name, mask_phone, mask_email           pure

Facts: ``CustomerRegistered``, ``PinChanged``, ``PinLockedOut``, ``TierChanged``. The refusals stand in ``errors.py``.
"""

from walletdesk.trust.customers.errors import CustomerNotFound, NameNotUsable, PinLocked, PinNotSet, PinWrong
from walletdesk.trust.customers.events import CustomerRegistered, PinChanged, PinLockedOut, TierChanged
from walletdesk.trust.customers.queries import (
    CustomerView,
    PayerFacts,
    ask_payers,
    customer_by_address,
    customer_of_user,
    customers,
    customers_of_users,
    find_customers,
    payers,
)
from walletdesk.trust.customers.rules.masking import mask_email, mask_name, mask_phone
from walletdesk.trust.customers.rules.person import LONGEST_NAME, read_name
from walletdesk.trust.customers.services.make_testers import make_testers
from walletdesk.trust.customers.services.prove_pin import PinProof, prove_pin
from walletdesk.trust.customers.services.register_customer import register_customer
from walletdesk.trust.customers.services.set_pin import reset_pin, set_pin
from walletdesk.trust.customers.services.set_tier import set_tier

__all__ = [
    "LONGEST_NAME",
    "CustomerNotFound",
    "CustomerRegistered",
    "CustomerView",
    "NameNotUsable",
    "PayerFacts",
    "PinChanged",
    "PinLocked",
    "PinLockedOut",
    "PinNotSet",
    "PinProof",
    "PinWrong",
    "TierChanged",
    "ask_payers",
    "customer_by_address",
    "customer_of_user",
    "customers",
    "customers_of_users",
    "find_customers",
    "make_testers",
    "mask_email",
    "mask_name",
    "mask_phone",
    "payers",
    "prove_pin",
    "read_name",
    "register_customer",
    "reset_pin",
    "set_pin",
    "set_tier",
]
