"""Which key may ask for which address of ``/v1``: the table of ``authorisation.py``, for software.

It grants nothing either. ``tests/attacks/test_authorisation_by_api.py`` holds it against the endpoints and tries every cell with
every kind of key: none, one that nobody has, revoked, expired, from another network, with every scope but this one, with this one
alone, of the other kind of owner, of another owner.

``scope``   what the key must carry, else 401 without a key and 403 with one; ``open`` asks for no key, ``any`` for a key
``keys of`` whose keys have a use for it: ``shops``, ``customers`` or ``both``; the others' are told 403
``another's`` -  it names no thing, and shows and moves nothing but the owner's own;  404  not found, as a thing that never was
              holder  another shop's order is not found by a shop; any customer who was shown it may pay it
"""

from __future__ import annotations

from dataclasses import dataclass

TABLE = """
method  address                                       scope            keys_of    another's
GET     /v1/wallets                                   wallets:read     both       -
GET     /v1/wallets/{wallet_id}                       wallets:read     customers  404
GET     /v1/balances                                  wallets:read     both       -
GET     /v1/merchant                                  merchants:read   shops      -
GET     /v1/freeze                                    wallets:read     customers  -
POST    /v1/freeze                                    wallets:freeze   customers  -
POST    /v1/orders                                    orders:write     shops      -
GET     /v1/orders                                    orders:read      shops      -
GET     /v1/orders/{order_id}                         orders:read      shops      404
GET     /v1/orders/{order_id}/qr                      orders:read      shops      404
POST    /v1/orders/{order_id}/cancel                  orders:write     shops      404
POST    /v1/agreements                                payments:write   shops      -
GET     /v1/agreements                                payments:read    both       -
GET     /v1/agreements/{agreement_id}                 payments:read    both       404
POST    /v1/agreements/{agreement_id}/end             payments:write   both       404
POST    /v1/payments                                  payments:write   both       holder
GET     /v1/payments                                  payments:read    both       -
GET     /v1/payments/{payment_id}                     payments:read    both       404
POST    /v1/payments/{payment_id}/capture             holds:write      shops      404
POST    /v1/payments/{payment_id}/void                holds:write      shops      404
POST    /v1/holds                                     holds:write      both       holder
GET     /v1/holds                                     payments:read    both       -
GET     /v1/holds/{payment_id}                        payments:read    both       404
POST    /v1/payments/{payment_id}/refunds             refunds:write    shops      404
GET     /v1/refunds/{refund_id}                       payments:read    both       404
POST    /v1/transfers                                 transfers:write  customers  -
GET     /v1/transfers                                 transfers:read   customers  -
GET     /v1/transfers/{transfer_id}                   transfers:read   customers  404
POST    /v1/transfers/{transfer_id}/cancel            transfers:write  customers  404
GET     /v1/statements                                statements:read  both       -
GET     /v1/test/customers                            payments:read    shops      -
POST    /v1/cases                                     cases:write      both       404
GET     /v1/cases                                     cases:read       both       -
GET     /v1/cases/{reference}                         cases:read       both       404
POST    /v1/cases/{reference}/messages                cases:write      both       404
POST    /v1/cases/{reference}/attachments             cases:write      both       404
GET     /v1/events                                    events:read      both       -
GET     /v1/webhooks                                  webhooks:write   shops      -
POST    /v1/webhooks                                  webhooks:write   shops      -
GET     /v1/webhooks/{webhook_id}                     webhooks:write   shops      404
PATCH   /v1/webhooks/{webhook_id}                     webhooks:write   shops      404
DELETE  /v1/webhooks/{webhook_id}                     webhooks:write   shops      404
POST    /v1/webhooks/{webhook_id}/rotate              webhooks:write   shops      404
POST    /v1/webhooks/{webhook_id}/test                webhooks:write   shops      404
GET     /v1/webhooks/{webhook_id}/deliveries          webhooks:write   shops      404
POST    /v1/webhook-deliveries/{delivery_id}/replay   webhooks:write   shops      404
GET     /v1/requests/{key}                            any              both       -
GET     /v1/contacts                                  open             -          -
GET     /v1/health                                    open             -          -
"""

KEYS_OF = ("shops", "customers", "both", "-")


@dataclass(frozen=True, slots=True)
class ApiRow:
    """One method at one address."""

    method: str
    address: str
    scope: str
    keys_of: str
    anothers: str


def read_api_table(text: str) -> dict[tuple[str, str], ApiRow]:
    """``{(method, address): ApiRow}``; a line that is not whole, or says a thing twice, is found at import."""
    rows: dict[tuple[str, str], ApiRow] = {}
    for line in text.strip().splitlines()[1:]:
        row = ApiRow(*line.split())
        if (
            row.keys_of not in KEYS_OF
            or row.anothers not in ("-", "404", "holder")
            or (row.method, row.address) in rows
        ):
            raise ValueError(f"not whole, or said twice: {line}")
        rows[row.method, row.address] = row
    return rows


API_ROWS = read_api_table(TABLE)
