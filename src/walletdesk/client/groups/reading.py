"""What is mostly read: wallets and their freeze, the shop, events, statements, the official contacts, people to test with."""

from __future__ import annotations

from datetime import datetime

from walletdesk.client.answers import (
    BalanceOf,
    Contacts,
    Event,
    FreezeState,
    Health,
    Merchant,
    Outcome,
    StatementLine,
    TestCustomer,
    Wallet,
)
from walletdesk.client.calls import Call, Page, describe, describe_bytes, usable_key
from walletdesk.client.verbs import Group, Way, listing, verb


class Wallets(Group[Way]):
    """Wallets, and balances as the books say now."""

    @listing
    def list(self) -> Call[Page[Wallet]]:
        """A customer's wallets, one for each asset."""
        return describe("GET", "/wallets", Page[Wallet])

    @verb
    def get(self, wallet_id: str) -> Call[Wallet]:
        """One wallet with what is in it now."""
        return describe("GET", "/wallets/{wallet_id}", Wallet, into={"wallet_id": wallet_id})

    @listing
    def balances(self) -> Call[Page[BalanceOf]]:
        """What the key's owner has, as the books say now."""
        return describe("GET", "/balances", Page[BalanceOf])


class Freezing(Group[Way]):
    """The owner's own switch. The app lifts it, never a key."""

    @verb
    def get(self) -> Call[FreezeState]:
        """Whether the account is frozen, and why."""
        return describe("GET", "/freeze", FreezeState)

    @verb
    def throw(self, *, key: str | None = None) -> Call[FreezeState]:
        """Nothing goes out any more, from now on. Throwing it again changes nothing."""
        return describe("POST", "/freeze", FreezeState, key=usable_key(key))


class Merchants(Group[Way]):
    """The shop itself."""

    @verb
    def get(self) -> Call[Merchant]:
        """The shop whose key this is."""
        return describe("GET", "/merchant", Merchant)


class Events(Group[Way]):
    """Events: what happened, from the beginning or from a cursor."""

    @listing
    def list(
        self, *, type: str | None = None, limit: int | None = None, cursor: str | None = None
    ) -> Call[Page[Event]]:
        """What happened, oldest first; ``type`` names one or more, with commas. The last cursor goes on where this ended, so
        that who keeps it misses nothing, with or without webhooks.
        """
        return describe("GET", "/events", Page[Event], query={"type": type, "limit": limit, "cursor": cursor})


class Statements(Group[Way]):
    """Statements: what moved money between two moments."""

    @listing
    def list(self, since: datetime, until: datetime, *, limit: int | None = None) -> Call[Page[StatementLine]]:
        """What moved money, from ``since`` to before ``until``, at most 100 days."""
        query = {"from": since, "to": until, "limit": limit}
        return describe("GET", "/statements", Page[StatementLine], query=query)

    @verb
    def csv(self, since: datetime, until: datetime) -> Call[bytes]:
        """The same as a table in CSV."""
        return describe_bytes("/statements", "text/csv", query={"from": since, "to": until})


class Directory(Group[Way]):
    """The official contacts."""

    @verb
    def get(self) -> Call[Contacts]:
        """The official contacts, signed. Needs no key."""
        return describe("GET", "/contacts", Contacts)


class Requests(Group[Way]):
    """What became of a request, by its idempotency key."""

    @verb
    def get(self, key: str, *, operation: str | None = None) -> Call[Outcome]:
        """What became of a request that was sent with this idempotency key. ``operation`` (like ``payments.create``) where one
        key was used for several; else the latest."""
        return describe("GET", "/requests/{key}", Outcome, into={"key": key}, query={"operation": operation})


class Standing(Group[Way]):
    """Whether the API is well."""

    @verb
    def get(self) -> Call[Health]:
        """Whether the API answers, and its database. Needs no key."""
        return describe("GET", "/health", Health)


class Testing(Group[Way]):
    """People with play money, for a test key."""

    @listing
    def customers(self) -> Call[Page[TestCustomer]]:
        """People with play money, each with an agreement that they have accepted for your test shop. Test keys only."""
        return describe("GET", "/test/customers", Page[TestCustomer])
