"""Which key opens which operation under ``/v1``: the table of software, beside the table of people (``authorisation.py``).

It grants nothing either. ``tests/attacks/test_authorisation_of_keys.py`` holds it against the product: an operation
without a row fails the build, a row without an operation too, and every cell is tried with every key.

``scope`` is asked in this order (``doors/rest_api/passage.py``):

    anyone      no key is asked for
    any         a key that is good: else 401
    any other   the scope that the key must have: else 403

``keys`` are the owners whose keys have a use for it; a key of the other kind is refused (403), whatever its scopes.

``another's`` says what becomes of an address, or of a body, that names somebody else's thing:

    -           it names no thing, and lists and sums hold the key's own only
    own         the same name stands for the key's own thing: another's is as if it had never been
    404         not found, in the words of a thing that never was
    holder      a customer pays any order that was shown to them; another shop does not find it (404)
"""

from __future__ import annotations

from dataclasses import dataclass

TABLE = """
address                                       methods   scope            keys               another's
/v1/wallets                                   GET,HEAD  wallets:read     merchant,customer  -
/v1/wallets/{wallet_id}                       GET,HEAD  wallets:read     merchant,customer  404
/v1/balances                                  GET,HEAD  wallets:read     merchant,customer  -
/v1/freeze                                    GET,HEAD  wallets:read     customer           -
/v1/freeze                                    POST      wallets:freeze   customer           -
/v1/merchant                                  GET,HEAD  merchants:read   merchant           -
/v1/orders                                    GET,HEAD  orders:read      merchant           -
/v1/orders                                    POST      orders:write     merchant           -
/v1/orders/{order_id}                         GET,HEAD  orders:read      merchant           404
/v1/orders/{order_id}/qr                      GET,HEAD  orders:read      merchant           404
/v1/orders/{order_id}/cancel                  POST      orders:write     merchant           404
/v1/agreements                                GET,HEAD  payments:read    merchant,customer  -
/v1/agreements                                POST      payments:write   merchant           -
/v1/agreements/{agreement_id}                 GET,HEAD  payments:read    merchant,customer  404
/v1/agreements/{agreement_id}/end             POST      payments:write   merchant,customer  404
/v1/payments                                  GET,HEAD  payments:read    merchant,customer  -
/v1/payments                                  POST      payments:write   merchant,customer  holder
/v1/payments/{payment_id}                     GET,HEAD  payments:read    merchant,customer  404
/v1/payments/{payment_id}/capture             POST      holds:write      merchant           404
/v1/payments/{payment_id}/void                POST      holds:write      merchant           404
/v1/payments/{payment_id}/refunds             POST      refunds:write    merchant           404
/v1/holds                                     GET,HEAD  payments:read    merchant,customer  -
/v1/holds                                     POST      holds:write      merchant,customer  holder
/v1/holds/{payment_id}                        GET,HEAD  payments:read    merchant,customer  404
/v1/refunds/{refund_id}                       GET,HEAD  payments:read    merchant,customer  404
/v1/transfers                                 GET,HEAD  transfers:read   customer           -
/v1/transfers                                 POST      transfers:write  customer           -
/v1/transfers/{transfer_id}                   GET,HEAD  transfers:read   customer           404
/v1/transfers/{transfer_id}/cancel            POST      transfers:write  customer           404
/v1/statements                                GET,HEAD  statements:read  merchant,customer  -
/v1/test/customers                            GET,HEAD  payments:read    merchant           -
/v1/cases                                     GET,HEAD  cases:read       merchant,customer  -
/v1/cases                                     POST      cases:write      merchant,customer  404
/v1/cases/{reference}                         GET,HEAD  cases:read       merchant,customer  404
/v1/cases/{reference}/messages                POST      cases:write      merchant,customer  404
/v1/cases/{reference}/attachments             POST      cases:write      merchant,customer  404
/v1/events                                    GET,HEAD  events:read      merchant,customer  -
/v1/webhooks                                  GET,HEAD  webhooks:write   merchant           -
/v1/webhooks                                  POST      webhooks:write   merchant           -
/v1/webhooks/{webhook_id}                     GET,HEAD  webhooks:write   merchant           404
/v1/webhooks/{webhook_id}                     PATCH     webhooks:write   merchant           404
/v1/webhooks/{webhook_id}                     DELETE    webhooks:write   merchant           404
/v1/webhooks/{webhook_id}/rotate              POST      webhooks:write   merchant           404
/v1/webhooks/{webhook_id}/test                POST      webhooks:write   merchant           404
/v1/webhooks/{webhook_id}/deliveries          GET,HEAD  webhooks:write   merchant           404
/v1/webhook-deliveries/{delivery_id}/replay   POST      webhooks:write   merchant           404
/v1/requests/{key}                            GET,HEAD  any              merchant,customer  own
/v1/contacts                                  GET,HEAD  anyone           merchant,customer  -
/v1/health                                    GET,HEAD  anyone           merchant,customer  -
/v1/openapi.json                              GET,HEAD  anyone           merchant,customer  -
/v1/docs                                      GET,HEAD  anyone           merchant,customer  -
"""

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
ANOTHERS = ("-", "own", "404", "holder")


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One operation."""

    address: str
    method: str
    scope: str
    keys: frozenset[str]
    anothers: str


def read_table(text: str) -> dict[tuple[str, str], KeyRow]:
    """``{(address, method): KeyRow}``; a line that is not whole, or says a thing twice, is found at import."""
    rows: dict[tuple[str, str], KeyRow] = {}
    for line in text.strip().splitlines()[1:]:
        address, methods, scope, keys, anothers = line.split()
        for method in methods.split(","):
            if method not in METHODS or anothers not in ANOTHERS or (address, method) in rows:
                raise ValueError(f"not whole, or said twice: {line}")
            rows[address, method] = KeyRow(address, method, scope, frozenset(keys.split(",")), anothers)
    return rows


ROWS = read_table(TABLE)
