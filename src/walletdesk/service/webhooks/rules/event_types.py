"""Which events there are, who may hear them, and which of them an endpoint asked for."""

from __future__ import annotations

from collections.abc import Sequence

EVENT_TYPES = (
    "order.created",
    "order.cancelled",
    "payment.authorised",
    "payment.captured",
    "payment.voided",
    "refund.posted",
    "transfer.made",
    "transfer.cancelled",
    "agreement.accepted",
    "agreement.ended",
    "case.opened",
    "case.message",
    "case.closed",
)
TEST_TYPE = "webhook.test"
"""Sent by the test button to one endpoint, whatever it asked for; it is no part of the feed."""


def wants(asked_for: Sequence[str], type_: str) -> bool:
    """An endpoint that names no type hears all of them, those of later releases too."""
    return type_ == TEST_TYPE or not asked_for or type_ in asked_for


def unknown_types(types: Sequence[str]) -> list[str]:
    return sorted(set(types) - set(EVENT_TYPES))


def in_order(types: Sequence[str]) -> list[str]:
    """Each once, as the list above has them."""
    return [one for one in EVENT_TYPES if one in types]
