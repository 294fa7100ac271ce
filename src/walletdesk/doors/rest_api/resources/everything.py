"""All endpoints, in the order in which the description lists them."""

from __future__ import annotations

from walletdesk.doors.rest_api.endpoint import Endpoint
from walletdesk.doors.rest_api.resources import (
    agreements,
    cases,
    hooks,
    orders,
    payments,
    plain,
    refunds,
    statements,
    transfers,
    wallets,
)

ENDPOINTS: list[Endpoint] = [
    endpoint
    for resource in (
        wallets,
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
