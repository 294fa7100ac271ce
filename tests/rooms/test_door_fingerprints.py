"""The fingerprint of a file stands beside it for everybody who may read its thread, and on the summary for both sides."""

from __future__ import annotations

import hashlib

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.desk_browser import at_desk, page_of
from tests.factories.foundation import a_png
from tests.factories.service import a_desk, charged_twice, in_hand
from tests.factories.wallet_phone import phone_of
from walletdesk.foundation.identity.models import User
from walletdesk.money.merchants.public import members_of
from walletdesk.service.cases.public import close_case, the_customer, the_merchant
from walletdesk.service.conversations.public import say

pytestmark = pytest.mark.django_db
RECEIPT, LOG = a_png(), a_png(3, 3)
MARK_OF_RECEIPT, MARK_OF_LOG = (hashlib.sha256(one).hexdigest() for one in (RECEIPT, LOG))


def marks(client: Client, address: str) -> dict[str, int]:
    """How often each file's whole fingerprint can be copied from a page."""
    page = client.get(address).content.decode()
    for mark in (MARK_OF_RECEIPT, MARK_OF_LOG):
        assert page.count(f'title="SHA-256 {mark}"') == page.count(f"{mark[:12]}…") == page.count(f'data-copy="{mark}"')
    return {"receipt": page.count(f'data-copy="{MARK_OF_RECEIPT}"'), "log": page.count(f'data-copy="{MARK_OF_LOG}"')}


def test_both_sides_read_the_same_fingerprints_beside_the_file_and_on_the_summary() -> None:
    story, people = charged_twice(), a_desk()
    till = Client()
    till.force_login(User.objects.get(pk=members_of(story.bakery.id)[0].user_id))
    in_hand(story, people.zhou)
    say(story.case.id, the_customer(story.lin.id), "my receipt", [("receipt.png", RECEIPT)])
    say(story.case.id, the_merchant(story.bakery.id), "our log", [("log.png", LOG)])
    lin, zhou = phone_of(story.lin), at_desk(people.zhou)
    customers_page, tills_page = (
        f"/wallet/cases/{story.case.reference}/",
        reverse("till-case", args=[story.case.reference]),
    )
    assert marks(lin, customers_page) == {"receipt": 1, "log": 0}
    assert marks(till, tills_page) == {"receipt": 0, "log": 1}
    assert marks(zhou, page_of(story)) == {"receipt": 1, "log": 1}
    close_case(people.zhou.id, story.case.id, "paid back by hand")
    assert marks(lin, customers_page) == {"receipt": 2, "log": 0}
    assert marks(zhou, page_of(story)) == {"receipt": 2, "log": 1}, "the shop's file is no part of what both sides read"
