"""The till's pages on the real rooms: a code that turns to paid, one order per key, nothing of another shop's."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.factories.foundation import a_png, a_user
from tests.factories.money import a_payer, to_pay
from tests.factories.service import a_desk, everybody_hears, in_hand
from tests.factories.service import charged_twice as charged_twice_at
from tests.factories.trust import a_customer
from walletdesk.money.merchants.public import MerchantView, add_cashier, member_of_user, members_of, sign_up_merchant
from walletdesk.money.payments.public import OrderView, order, orders_of, pay
from walletdesk.service.cases.public import the_agent, the_customer
from walletdesk.service.conversations.public import conversation, say

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(frozen=True)
class Shop:
    """A bakery, its owner's browser and its cashier's."""

    view: MerchantView
    owner: Client
    cashier: Client


def a_browser(user_id: uuid.UUID) -> Client:
    user = get_user_model().objects.get(pk=user_id)
    user.language = "en"
    user.save(update_fields=["language"])
    client = Client(headers={"accept-language": "en"})
    client.force_login(user, backend=BACKEND)
    client.cookies["language"] = "en"
    return client


def a_shop(name_zh: str = "青禾面包", name_en: str = "Qinghe Bakery") -> Shop:
    owner, cashier = a_user(), a_user()
    view = sign_up_merchant(owner.id, name_zh, name_en, "bakery")
    add_cashier(view.id, members_of(view.id)[0].id, cashier.id, "小吴")
    return Shop(view, a_browser(owner.id), a_browser(cashier.id))


@pytest.fixture
def bakery() -> Shop:
    return a_shop()


@pytest.fixture
def other() -> Shop:
    return a_shop("南门书店", "South Gate Books")


def text_of(response: object) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())  # type: ignore[attr-defined]


def fields(amount: str = "26.50", reference: str = "QH-0832", key: str = "", **more: str) -> dict[str, str]:
    return {"amount": amount, "reference": reference, "note": "", "key": key or str(uuid.uuid4())} | more


def new_order(shop: Shop, **more: str) -> OrderView:
    """An order made on the cashier's page."""
    response = shop.cashier.post(reverse("till"), fields(**more))
    assert response.status_code == 302, text_of(response)
    found = order(uuid.UUID(response.url.rstrip("/").rpartition("/")[2]))
    assert found is not None
    return found


# ---- who may stand here ----


def test_nobody_enters_without_signing_in() -> None:
    response = Client().get(reverse("till"))
    assert response.status_code == 302
    assert "/sign-in/" in response.url


@pytest.mark.parametrize("where", ["till", "till-takings", "till-cases", "till-shop", "till-today"])
def test_who_works_at_no_shop_does_not_find_a_till(where: str) -> None:
    assert a_browser(a_customer().user_id).get(reverse(where)).status_code == 404


def test_a_shop_signs_up_and_stands_at_its_till() -> None:
    user = a_user()
    client = a_browser(user.id)
    bad = client.post(reverse("till-sign-up"), {"name_zh": "青禾", "name_en": "Qinghe", "category": "piracy"})
    assert bad.status_code == 422
    assert "no such kind of shop" in text_of(bad)
    good = client.post(reverse("till-sign-up"), {"name_zh": "青禾", "name_en": "Qinghe", "category": "bakery"})
    assert good.status_code == 302
    assert client.get(good.url).status_code == 200
    assert member_of_user(user.id).role == "owner"  # type: ignore[union-attr]
    assert client.get(reverse("till-sign-up")).status_code == 302, "one shop each"


def test_only_the_owner_takes_on_a_cashier(bakery: Shop) -> None:
    newcomer = a_user("newcomer@example.com")
    form = {"email": "newcomer@example.com", "name": "小李"}
    assert bakery.cashier.post(reverse("till-shop"), form).status_code == 403
    assert member_of_user(newcomer.id) is None
    assert bakery.owner.post(reverse("till-shop"), form).status_code == 302
    assert member_of_user(newcomer.id).merchant_id == bakery.view.id  # type: ignore[union-attr]
    nobody = bakery.owner.post(reverse("till-shop"), {"email": "nobody@example.com", "name": "小王"})
    assert nobody.status_code == 404
    assert "They need to sign up first" in text_of(nobody)


# ---- an order on the counter ----


def test_a_new_order_shows_its_code(bakery: Shop) -> None:
    made = new_order(bakery)
    page = bakery.cashier.get(reverse("till-order", args=[made.id]))
    html = page.content.decode()
    assert 'aria-label="Payment code, ¥26.50, order QH-0832"' in html
    assert made.code in html
    assert 'class="qr-ink"' in html
    assert "Not paid yet" in text_of(page)


def test_the_same_key_is_one_order(bakery: Shop) -> None:
    form = fields(key="phone-made-key")
    first, second = bakery.cashier.post(reverse("till"), form), bakery.cashier.post(reverse("till"), form)
    assert first.url == second.url
    assert len(orders_of(bakery.view.id)) == 1
    other_body = bakery.cashier.post(reverse("till"), form | {"amount": "99.00"})
    assert other_body.status_code == 422
    assert "idempotency_body_differs" in other_body.content.decode()
    assert len(orders_of(bakery.view.id)) == 1


def test_without_a_key_there_is_no_order(bakery: Shop) -> None:
    assert bakery.cashier.post(reverse("till"), fields() | {"key": ""}).status_code >= 400
    assert orders_of(bakery.view.id) == []


@pytest.mark.parametrize("amount", ["", "0", "-5", "1,5", "1e308", "NaN", "0.001", "３８", "9223372036854775808"])
def test_a_sum_that_cannot_be_is_said_at_the_field(bakery: Shop, amount: str) -> None:
    response = bakery.cashier.post(reverse("till"), fields(amount=amount))
    assert response.status_code == 422
    assert "amount_" in response.content.decode()
    assert orders_of(bakery.view.id) == []


def test_the_page_turns_to_paid_by_itself(bakery: Shop) -> None:
    made = new_order(bakery)
    state = f"{reverse('till-order-state', args=[made.id])}?seen=waiting"
    assert bakery.cashier.get(state).status_code == 204
    pay(to_pay(a_payer(100), made))
    turned = bakery.cashier.get(state)
    assert turned.status_code == 200
    assert "Paid ¥ 26 .50" in text_of(turned)
    assert "hx-get" not in turned.content.decode(), "what is paid asks no more"


def test_what_was_taken_back_cannot_be_paid(bakery: Shop) -> None:
    made = new_order(bakery)
    assert bakery.cashier.post(reverse("till-cancel", args=[made.id])).status_code == 302
    assert "Cancelled; nothing was taken" in text_of(bakery.cashier.get(reverse("till-order", args=[made.id])))
    assert order(made.id).state == "cancelled"  # type: ignore[union-attr]


def test_a_paid_order_stays_paid_when_it_is_cancelled_too_late(bakery: Shop) -> None:
    made = new_order(bakery)
    pay(to_pay(a_payer(100), made))
    bakery.cashier.post(reverse("till-cancel", args=[made.id]))
    assert order(made.id).state == "paid"  # type: ignore[union-attr]


def test_a_new_code_for_the_same_purchase_ends_the_old_one(bakery: Shop) -> None:
    made = new_order(bakery)
    response = bakery.cashier.post(reverse("till-again", args=[made.id]), {"key": "again-1"})
    newer = order(uuid.UUID(response.url.rstrip("/").rpartition("/")[2]))
    assert newer is not None
    assert (newer.amount, newer.order_reference, newer.state) == (made.amount, made.order_reference, "waiting")
    assert order(made.id).state == "cancelled"  # type: ignore[union-attr]


def test_a_purchase_that_was_paid_is_not_charged_again_by_habit(bakery: Shop) -> None:
    made = new_order(bakery)
    pay(to_pay(a_payer(100), made))
    response = bakery.cashier.post(reverse("till-again", args=[made.id]), {"key": "again-2"})
    assert "QH-0832 is already paid" in text_of(bakery.cashier.get(response.url))
    warned = bakery.cashier.post(reverse("till"), fields())
    assert warned.status_code == 409
    assert len(orders_of(bakery.view.id)) == 1
    insisted = bakery.cashier.post(reverse("till"), fields(anyway="QH-0832"))
    assert insisted.status_code == 302
    assert len(orders_of(bakery.view.id)) == 2


def test_another_shops_order_does_not_exist(bakery: Shop, other: Shop) -> None:
    made = new_order(bakery)
    for path in (reverse("till-order", args=[made.id]), reverse("till-order-state", args=[made.id])):
        assert other.cashier.get(path).status_code == 404
    for path in (reverse("till-cancel", args=[made.id]), reverse("till-again", args=[made.id])):
        assert other.cashier.post(path, {"key": "stolen"}).status_code == 404
    assert order(made.id).state == "waiting"  # type: ignore[union-attr]
    assert "QH-0832" not in text_of(other.cashier.get(f"{reverse('till')}?same={made.id}"))
    assert other.cashier.get(reverse("till-order", args=[uuid.uuid4()])).status_code == 404


# ---- takings ----


def test_takings_add_up_and_are_the_shops_own(bakery: Shop, other: Shop) -> None:
    payer = a_payer(500)
    for reference, amount in (("A-1", "26.50"), ("A-2", "13.00")):
        pay(to_pay(payer, new_order(bakery, reference=reference, amount=amount)))
    text = text_of(bakery.owner.get(reverse("till-takings")))
    assert "taken ¥39.50, fee ¥0.24" in text
    assert "¥ 39 .26" in text
    assert f"ending {payer.number[-4:]}" in text
    assert payer.name not in text, "a shop knows the end of a number, not a name"
    assert "Nothing taken on this day" in text_of(other.owner.get(reverse("till-takings")))


# ---- cases that concern the shop ----


def test_the_shop_reads_its_case_and_its_own_thread_only(bakery: Shop, other: Shop) -> None:
    story, people = charged_twice_at(bakery=bakery.view), a_desk()
    in_hand(story, people.zhou)
    zhou = the_agent(people.zhou.id, "1024", "周岚", "Zhou Lan")
    say(story.case.id, the_customer(story.lin.id), "I bought bread once.")
    say(story.case.id, zhou, "Did the till send twice?", to="merchant")
    say(story.case.id, zhou, "The owner sounds honest.", staff_only=True)
    path = reverse("till-case", args=[story.case.reference])
    text = text_of(bakery.cashier.get(path))
    assert "Did the till send twice?" in text
    assert "I bought bread once." not in text
    assert "The owner sounds honest." not in text
    assert story.lin.name not in text
    assert other.cashier.get(path).status_code == 404
    assert other.cashier.post(path, {"text": "let me in"}).status_code == 404


def test_the_shop_answers_the_desk_with_a_file(bakery: Shop) -> None:
    story, people = charged_twice_at(bakery=bakery.view), a_desk()
    in_hand(story, people.zhou)
    path = reverse("till-case", args=[story.case.reference])
    upload = SimpleUploadedFile("log.png", a_png(), "image/png")
    assert bakery.cashier.post(path, {"text": "Yes, it sent twice.", "files": upload}).status_code == 302
    zhou = the_agent(people.zhou.id, "1024", "周岚", "Zhou Lan")
    last = conversation(story.case.id, zhou)[-1]
    assert (last.text, last.audience) == ("Yes, it sent twice.", "merchant")
    link = reverse("till-file", args=[story.case.reference, last.attachments[0].id])
    assert f"SHA-256 {last.attachments[0].sha256}" in bakery.cashier.get(path).content.decode()
    signed = bakery.cashier.get(link)
    assert signed.status_code == 302
    opened = bakery.cashier.get(signed.url)
    assert opened.status_code == 200
    assert opened.headers["Content-Disposition"].startswith("attachment")
    assert a_shop("别家", "Elsewhere").cashier.get(signed.url).status_code == 404


def test_a_script_as_evidence_is_refused_and_the_words_are_kept(bakery: Shop) -> None:
    story = charged_twice_at(bakery=bakery.view)
    upload = SimpleUploadedFile("log.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "image/svg+xml")
    path = reverse("till-case", args=[story.case.reference])
    response = bakery.cashier.post(path, {"text": "See the log.", "files": upload})
    assert response.status_code == 415
    assert "See the log." in response.content.decode()


def test_a_paid_order_that_looks_double_leads_to_its_case(bakery: Shop) -> None:
    payer = a_payer(500)
    first, second = new_order(bakery), new_order(bakery, anyway="QH-0832")
    pay(to_pay(payer, first))
    pay(to_pay(payer, second))
    everybody_hears()
    text = text_of(bakery.cashier.get(reverse("till-order", args=[second.id])))
    assert "This order looks paid twice" in text
    assert "Charged twice, Qinghe Bakery" in text_of(bakery.cashier.get(reverse("till-cases")))


def test_no_page_carries_style_or_script_of_its_own(bakery: Shop) -> None:
    made = new_order(bakery)
    story = charged_twice_at(bakery=bakery.view)
    for path in (
        reverse("till"),
        reverse("till-order", args=[made.id]),
        reverse("till-takings"),
        reverse("till-cases"),
        reverse("till-case", args=[story.case.reference]),
        reverse("till-shop"),
    ):
        page = bakery.owner.get(path).content.decode()
        assert not re.search(r"\sstyle=|<style|\son\w+=|<script(?![^>]*\ssrc=)", page), path
