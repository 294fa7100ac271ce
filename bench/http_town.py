"""A hundred thousand wallets, a thousand shops with an API key each, agreements between them, and orders to be paid.

What the product makes one by one is made here in bulk, through its own tables and guards: the town is the stage of the
measurement, not its subject. Every payer has an agreement with a shop of their own and one with the hot shop.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle, islice
from typing import TypeVar
from uuid import UUID

FUNDS = 10**10
PRICE = 2_600
CAP = 10**12
CHUNK = 5_000
Thing = TypeVar("Thing")

ORDERS = """
INSERT INTO payments_order (id, merchant_id, order_reference, amount_minor, asset_code, note, state, code, created_at, expires_at)
SELECT o.id, o.shop, '', %s, 'CNY', '', 'waiting', %s, now(), now() + interval '1 day'
FROM unnest(%s::uuid[], %s::uuid[]) AS o (id, shop)
"""


@dataclass(frozen=True)
class Shop:
    id: UUID
    secret: str


@dataclass(frozen=True)
class Payer:
    """``agreements``: with a shop of their own, then with the hot shop."""

    id: UUID
    shop: int
    agreements: tuple[UUID, UUID]


def chunks(things: Sequence[Thing]) -> Iterator[Sequence[Thing]]:
    return (things[start : start + CHUNK] for start in range(0, len(things), CHUNK))


class HttpTown:
    """``shops[0]`` is the hot one."""

    def __init__(self, people: int, shops: int, seed: int) -> None:
        self.dice = random.Random(seed)
        self.shops = self._open_shops(shops)
        customers = self._sign_up(people)
        self._fund(customers)
        self.payers = self._agree(customers)
        self.dice.shuffle(self.payers)
        self._turn = cycle(self.payers)

    def _open_shops(self, count: int) -> list[Shop]:
        from walletdesk.foundation.clock.public import uuid7
        from walletdesk.money.ledger.public import AccountSpec, open_accounts
        from walletdesk.money.merchants.models import Merchant
        from walletdesk.trust.api_keys.public import make_key

        ids = [uuid7() for _ in range(count)]
        accounts = open_accounts([AccountSpec("merchant_settlement", "CNY", f"merchant:{one}") for one in ids])
        Merchant.objects.bulk_create(
            Merchant(id=one, name_zh="店", name_en="Shop", category="other", ledger_account=account, fee_bps=60)
            for one, account in zip(ids, accounts, strict=True)
        )
        scopes = ["payments:write", "payments:read"]
        return [Shop(one, make_key("merchant", one, "till", scopes, "live", None, [], "bench")[1]) for one in ids]

    def _sign_up(self, count: int) -> list[UUID]:
        from walletdesk.foundation.identity.models import User
        from walletdesk.money.wallets.public import open_wallets
        from walletdesk.trust.customers.models import Customer

        users = [User(email=f"payer{number}@bench.example", password="!") for number in range(count)]
        people = [Customer(user=user, name="Payer", tier=1) for user in users]
        for some in chunks(users):
            User.objects.bulk_create(some)
        for some_people in chunks(people):
            Customer.objects.bulk_create(some_people)
            open_wallets([one.id for one in some_people])
        return [one.id for one in people]

    def _fund(self, customers: Sequence[UUID]) -> None:
        from walletdesk.foundation.clock.public import uuid7
        from walletdesk.money.ledger.public import Entry, Line, post_many, system_account
        from walletdesk.money.wallets.public import wallet_places

        bank = system_account("bank_clearing", "CNY")
        for some in chunks(customers):
            places = wallet_places(some)
            post_many(
                [
                    Entry(uuid7(), "bench", str(one), (Line(bank, places[one, "CNY"].ledger_account, FUNDS),))
                    for one in some
                ]
            )

    def _agree(self, customers: Sequence[UUID]) -> list[Payer]:
        from walletdesk.foundation.clock.public import now, uuid7
        from walletdesk.money.agreements.models import Agreement

        moment = now()
        payers = [
            Payer(one, 1 + number % (len(self.shops) - 1), (uuid7(), uuid7())) for number, one in enumerate(customers)
        ]
        rows = [
            Agreement(
                id=agreement, merchant_id=self.shops[shop].id, customer_id=payer.id, title="bench", asset_code="CNY",
                max_single_minor=CAP, max_day_minor=CAP, proposed_at=moment, proposal_ends_at=moment,
                valid_until=moment + timedelta(days=300), accepted_at=moment,
            )
            for payer in payers
            for agreement, shop in zip(payer.agreements, (payer.shop, 0), strict=True)
        ]  # fmt: skip
        for some in chunks(rows):
            Agreement.objects.bulk_create(some)
        return payers

    def orders(self, count: int, *, hot: bool = False) -> list[tuple[UUID, Payer]]:
        """So many orders waiting, each for the next payer: at the payer's own shop, or all at the hot one."""
        from walletdesk.foundation.arrays.public import uuid_array
        from walletdesk.foundation.clock.public import uuid7
        from walletdesk.foundation.statements.public import sent

        made = [(uuid7(), payer) for payer in islice(self._turn, count)]
        for some in chunks(made):
            shops = [self.shops[0 if hot else payer.shop].id for _, payer in some]
            sent(ORDERS, PRICE, "0" * 200, uuid_array([order for order, _ in some]), uuid_array(shops))
        return made

    def requests(self, count: int, *, hot: bool = False) -> list[bytes]:
        """Fresh payments as they go over the line."""
        return [self._request(order, payer, hot) for order, payer in self.orders(count, hot=hot)]

    def _request(self, order: UUID, payer: Payer, hot: bool) -> bytes:
        body = f'{{"order_id":"{order}","agreement_id":"{payer.agreements[hot]}"}}'
        secret = self.shops[0 if hot else payer.shop].secret
        return (
            f"POST /v1/payments HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {secret}\r\n"
            f"Idempotency-Key: bench-{order}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}"
        ).encode()
