"""A house whose rules delay transfers to people under report, and such a transfer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.factories.money import a_key, proof_of, yuan
from walletdesk.foundation.clock.public import now
from walletdesk.money.payments.public import Transferred, TransferView, transfer, transfer_view
from walletdesk.trust.customers.public import CustomerView
from walletdesk.trust.risk.public import publish_rules, restrict, rules_in_force, write_rules, written
from walletdesk.trust.risk.queries.rule_sets import forget_remembered


def delaying(hours: int = 24, code: str = "payee_reported") -> None:
    """From now on this rule leads to a delay."""
    forget_remembered()
    rules: dict[str, Any] = written(rules_in_force())
    rules["rules"][code] |= {"at_least": "delay", "delay_hours": hours}
    publish_rules(write_rules(rules, "Let them think it over", "system:test").number, "system:other")
    forget_remembered()


def under_report(payee: CustomerView) -> CustomerView:
    restrict(payee.id, "reported", now() + timedelta(days=30), "looked into", "system")
    return payee


def sends(payer: CustomerView, payee: CustomerView, figure: str | int, key: str = "") -> Transferred:
    return transfer(key or a_key(), payer.id, payee.id, yuan(figure), "for the room", proof_of(payer.id))


def a_delayed_transfer(
    payer: CustomerView, payee: CustomerView, figure: str | int = 60, hours: int = 24
) -> TransferView:
    delaying(hours)
    found = transfer_view(sends(payer, under_report(payee), figure).transfer_id)
    assert found is not None and found.state == "waiting"
    return found
