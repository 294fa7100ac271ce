"""Everybody who could stand at a door, the things of one customer and one shop, and a browser for each.

world = everybody()
world.browser("wang").get(world.place("/wallet/bills/<uuid:bill_id>/"))       somebody else's bill
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model
from django.http import SimpleCookie
from django.test import Client
from django.test.client import ClientHandler
from django.urls import URLPattern, get_resolver

from tests.attacks.everybody_at_the_desk import ROLES, desk_forms, desk_things, staff_of_every_role
from tests.factories.api_log import a_logged_request
from tests.factories.delays import a_delayed_transfer
from tests.factories.desk_browser import with_proof
from tests.factories.foundation import a_png, a_user
from tests.factories.holding import an_agreement
from tests.factories.identity import TOTP_SECRET
from tests.factories.money import a_key, a_payer, a_shop, an_order, bank_is, proof_of, yuan
from tests.factories.service import ChargedTwice, charged_twice, everybody_hears, in_hand
from tests.factories.telling import a_browser
from tests.factories.trust import PIN
from tests.factories.way_back import photos
from tests.fakes.bank import FakeBank
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.identity.models import Approval
from walletdesk.foundation.identity.public import enrol_device, enrol_totp, factors_of
from walletdesk.money.agreements.public import KeyWish, make_own_key
from walletdesk.money.merchants.public import MerchantView, add_cashier, members_of
from walletdesk.money.payments.public import start_top_up, stop_token, transfer
from walletdesk.service.agent_actions.public import ask_verification, look_up, propose_refund
from walletdesk.service.cases.public import the_customer, the_merchant
from walletdesk.service.conversations.public import attachment_link, conversation, say
from walletdesk.service.notifications.public import subscribe_push
from walletdesk.service.webhooks.public import add_endpoint, send_test
from walletdesk.trust.api_keys.public import make_key
from walletdesk.trust.approvals.public import open_proposal_for
from walletdesk.trust.customers.public import CustomerView, PinProof, prove_pin
from walletdesk.trust.staff.public import EmployeeView
from walletdesk.trust.verification.public import hand_in_for_tier

PEOPLE = ("nobody", "lin", "wang", "cashier", "owner", "other_shop", *ROLES)
HOOK = "https://shop.example.com/hook"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
HANDLER = ClientHandler(enforce_csrf_checks=False)  # one for all browsers: building the middleware costs 40 ms a time
LIVE = ("/live/events", "/live/healthz", "/live/calls")


@dataclass
class World:
    """``things``: what a placeholder of an address stands for; by door where the doors mean different things."""

    story: ChargedTwice
    wang: CustomerView
    employees: dict[str, EmployeeView]
    users: dict[str, Any]
    things: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, dict[str, str]] = field(default_factory=dict)

    def browser(self, who: str, **more: Any) -> Client:
        """A fresh browser with this person's session in it; nothing that happened in another one is known here."""
        client = Client(raise_request_exception=False, headers={"accept-language": "en"}, **more)
        if not more:
            client.handler = HANDLER
        client.cookies = SimpleCookie(self.cookies.get(who, {}))
        return client

    def sign_in_everybody(self) -> None:
        for who in PEOPLE[1:]:
            browser = Client()
            browser.force_login(self.users[who], backend=BACKEND)
            if who in ROLES:
                with_proof(browser)
            self.cookies[who] = {name: cookie.value for name, cookie in browser.cookies.items()}

    def place(self, address: str, who: str = "lin", whose: str = "") -> str:
        """The address with Lin's and the bakery's things in it; a token is of Lin's own session. ``whose``: own or
        another's, where the same person is asked about both.
        """
        door = address.split("/")[1]

        def thing(match: re.Match[str]) -> str:
            name = match[1]
            if name == "token":
                session = self.cookies.get(who, self.cookies["lin"])[settings.SESSION_COOKIE_NAME]
                file = UUID(self.things["wallet attachment_id"])
                return attachment_link(the_customer(self.story.lin.id), file, session)
            mine = self.things.get(f"{whose} {who} {name}", "") if whose else ""
            return mine or self.things.get(f"{door} {name}") or self.things[name]

        return re.sub(r"<(?:\w+:)?(\w+)>", thing, address)

    def form(self, address: str, who: str = "lin") -> dict[str, Any]:
        """What the page itself would send, as far as it needs anything."""
        forms: dict[str, dict[str, Any]] = {
            "/wallet/top-up/": {"amount": "10.00", "bank": "linjiang", "key": a_key()},
            "/wallet/scan/": {"code": self.things["code"]},
            "/wallet/pay/<uuid:order_id>/": {"pin": PIN, "key": a_key()},
            "/wallet/bills/<uuid:bill_id>/wrong/": {"kind": "question"},
            "/wallet/transfer/confirm/": self.sending(who) | {"pin": PIN, "key": a_key()},
            "/wallet/transfer/<uuid:transfer_id>/cancel/": {"key": a_key()},
            "/wallet/agreements/<uuid:agreement_id>/": {"pin": PIN},
            "/wallet/me/terms/": {"edition": "1"},
            "/check/": {"what": "400-555-0100"},
            "/wallet/report/": {"to": self.sending(who)["to"], "kind": "goods", "words": "No bread came"},
            "/wallet/help/ask/": {"text": "Where is my bread?"},
            "/wallet/cases/<str:reference>/say/": {"text": "Hello"},
            "/wallet/verify/<uuid:prompt_id>/": {"genuine": "yes"},
            "/wallet/me/limits/<str:group>/<str:window>/": {"amount": "100.00"},
            "/wallet/me/limits/payee/<uuid:payee_id>/<str:window>/": {"amount": "100.00"},
            "/wallet/me/pin/": {"pin": "730519", "again": "730519", "old_pin": PIN},
            "/step-up/": {"way": "ask"},
            "/security/approve/<uuid:approval_id>/": {"answer": "no"},
            "/till/": {"amount": "3.00", "reference": "T-1", "note": "", "key": a_key()},
            "/till/sign-up/": {"name_zh": "新店", "name_en": "New shop", "category": "books"},
            "/till/orders/<uuid:order_id>/again/": {"key": a_key()},
            "/till/cases/<str:reference>/": {"text": "We see it"},
            "/till/keys/new/": {"name": "Web shop", "mode": "test", "scopes": ["orders:read"], "once": a_key()},
            "/till/webhooks/new/": {"address": HOOK, "mode": "live", "once": a_key()},
            "/till/webhooks/<uuid:endpoint_id>/": {"address": HOOK, "name": "till", "types": ["order.created"]},
            "/till/webhooks/<uuid:endpoint_id>/switch/": {"to": "on"},
            "/till/shop/": {"email": self.users["nobody yet"].email, "name": "小何"},
            "/desk/cases/<str:reference>/say/": {"way": "app", "text": "We are on it"},
            "/desk/cases/<str:reference>/close/": {"reason": "Done"},
            "/desk/cases/<str:reference>/unmask/": {"field": "email", "reason": "To write to the right address"},
            "/desk/oversight/canaries/": {"number": self.wang.number},
            "/desk/cases/<str:reference>/hand-on/": {"to": str(self.employees["senior"].id)},
            "/desk/approvals/<uuid:proposal_id>/approve/": {"hash": self.things["hash"]},
            "/desk/approvals/<uuid:proposal_id>/reject/": {"reason": "Not enough"},
        }
        return (forms | desk_forms(self.employees)).get(address, {})

    def sending(self, who: str) -> dict[str, str]:
        payee = self.story.lin if who == "wang" else self.wang
        return {"to": payee.number, "amount": "1.00", "note": "thanks"}


def everybody() -> World:
    """Lin was charged twice at the bakery; her case is in an agent's hands, a refund is proposed, a prompt is open."""
    lin = a_payer(1000, name="林晓雨", pin=PIN)
    wang = a_payer(100, name="王明", phone="139 0000 1111", pin=PIN)
    owner, cashier, other = a_user(), a_user(), a_user()
    bakery = a_shop(user_id=owner.id)
    add_cashier(bakery.id, members_of(bakery.id)[0].id, cashier.id, "小吴")
    a_shop("南门书店", "South Gate Books", user_id=other.id)
    story = charged_twice(lin, bakery)
    staff = staff_of_every_role()
    users = {"owner": owner, "cashier": cashier, "other_shop": other, "nobody yet": a_user()}
    by_id = get_user_model().objects.in_bulk([one.user_id for one in (lin, wang, *staff.values())])
    users |= {"lin": by_id[lin.user_id], "wang": by_id[wang.user_id]}
    users |= {role: by_id[one.user_id] for role, one in staff.items()}
    world = World(story, wang, staff, users)
    _things(world, bakery)
    world.sign_in_everybody()
    return world


def _things(world: World, bakery: MerchantView) -> None:
    story, agent = world.story, world.employees["agent"]
    order = an_order(bakery, "5.00", "QH-1")
    with bank_is(FakeBank()):
        top_up = start_top_up(a_key(), story.lin.id, yuan(10))
    in_hand(story, agent)
    propose_refund(agent.id, story.case.id, story.second.id, 3800, "Charged twice")
    say(story.case.id, the_customer(story.lin.id), "The receipt", [("receipt.png", a_png())])
    say(story.case.id, the_merchant(bakery.id), "Our journal", [("journal.png", a_png(3, 3))])
    everybody_hears()
    proposal = open_proposal_for("refund", str(story.second.id))
    assert proposal is not None
    files = {
        door: next(file for one in conversation(story.case.id, reader) for file in one.attachments).id
        for door, reader in (("wallet", the_customer(story.lin.id)), ("till", the_merchant(bakery.id)))
    }
    look_up(agent.id, story.case.id)
    world.things = desk_things(story, world.employees) | {
        "order_id": str(order.id),
        "code": order.code,
        "top_up_id": str(top_up.id),
        "bill_id": str(story.first.id),
        "payment_id": str(story.second.id),
        "reference": story.case.reference,
        "wallet attachment_id": str(files["wallet"]),
        "desk attachment_id": str(files["wallet"]),
        "till attachment_id": str(files["till"]),
        "prompt_id": str(ask_verification(agent.id, story.case.id).id),
        "proposal_id": str(proposal.id),
        "hash": proposal.payload_hash,
        **_to_sign_in(story.lin),
        "subscription_id": str(subscribe_push(story.lin.id, a_browser(service="https://fcm.googleapis.com/fcm/send"))),
        "papers_id": str(hand_in_for_tier(story.lin.id, "id_card", photos("front", "back")).id),
        "side": "front",
        "lesson": "first-payee",
        "terms number": "1",
        "group": "out",
        "window": "day",
        "wallet payee_id": str(bakery.id),
        "wall name": "six",
        "wall number": "1",
        "wall language": "en",
        "wall piece_id": "welcome",
        **_software_of(bakery),
        **_agreed_by(story.lin, world.wang, bakery),
    }


def _agreed_by(lin: CustomerView, wang: CustomerView, bakery: MerchantView) -> dict[str, str]:
    """What she agreed to: an agreement with the shop, a key of her own, a transfer that risk lets wait; its link."""
    wish = KeyWish(a_key(), lin.id, "Script", ["wallets:read"], "live", [], now() + timedelta(days=9), yuan(1), yuan(1))
    made, _ = make_own_key(wish, proof_of(lin.id))
    waits = a_delayed_transfer(lin, a_payer(name="周信", phone="139 0000 2222"), 1)
    return {
        "agreement_id": str(an_agreement(lin, bakery).id),
        "wallet key_id": str(made.key.id),
        "transfer_id": str(waits.id),
        "stop_token": stop_token(waits.id),
    }


def _software_of(bakery: MerchantView) -> dict[str, str]:
    """An API key of the shop, a request that was made with it, and a webhook that was tried."""
    key, _ = make_key("merchant", bakery.id, "Web shop", ["orders:write"], "live", None, [], "member:test")
    request = a_logged_request(key)
    hook, _ = add_endpoint(key.owner, HOOK)
    return {
        "till key_id": str(key.id),
        "till request_id": str(request.id),
        "till endpoint_id": str(hook.id),
        "till delivery_id": str(send_test(key.owner, hook.id).id),
    }


def _to_sign_in(lin: CustomerView) -> dict[str, str]:
    """A device of hers, an authenticator app, and a question that another browser asks."""
    enrol_totp(lin.user_id, TOTP_SECRET)
    asked = Approval.objects.create(
        user_id=lin.user_id,
        asker="0" * 64,
        purpose="sign_in",
        device_name="Browser",
        place="198.51.100.7",
        number=47,
        expires_at=now() + timedelta(minutes=2),
    )
    return {
        "device_id": str(enrol_device(lin.user_id, "", "first").view.id),
        "factor_id": str(factors_of(lin.user_id)[0].id),
        "approval_id": str(asked.id),
    }


def a_transfer_of(customer: CustomerView, to: CustomerView) -> str:
    """The id of a transfer that was made with the PIN."""
    proof: PinProof = prove_pin(customer.id, PIN)
    return str(transfer(a_key(), customer.id, to.id, yuan(1), "for lunch", proof).transfer_id)


def pages() -> list[str]:
    """Every address that Django's resolver knows, as the table writes it."""
    found: list[str] = []

    def walk(patterns: list[Any], prefix: str) -> None:
        for one in patterns:
            if isinstance(one, URLPattern):
                found.append(prefix + str(one.pattern))
            else:
                walk(one.url_patterns, prefix + str(one.pattern))

    walk(get_resolver().url_patterns, "/")
    return found
