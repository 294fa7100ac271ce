"""All endpoints, in the order in which the description lists them."""

from __future__ import annotations

from walletdesk.doors.rest_api.endpoint import Endpoint
from walletdesk.doors.rest_api.resources import (
    agreements,
    cases,
    freezes,
    hooks,
    orders,
    payments,
    plain,
    refunds,
    requests,
    statements,
    transfers,
    wallets,
)

_OTHERS: list[Endpoint] = [
    endpoint
    for resource in (
        wallets,
        freezes,
        orders,
        agreements,
        payments,
        refunds,
        transfers,
        statements,
        cases,
        hooks,
        plain,
    )
    for endpoint in resource.ENDPOINTS
]

ENDPOINTS: list[Endpoint] = [*_OTHERS, *requests.endpoints(_OTHERS)]
