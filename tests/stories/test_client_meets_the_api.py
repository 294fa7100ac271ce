"""The client and its command line against the running product, every verb at least once: a shop's day with a test key."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from tests.databases import FreshDatabase
from tests.factories.foundation import a_png
from tests.product import RunningProduct, running_product
from tests.stories.people import a_bakery, a_customer, with_money
from walletdesk.client import (
    AsyncWalletdesk,
    Conflict,
    Money,
    NotAllowed,
    NotFound,
    NotSignedIn,
    NotUsable,
    Told,
    Walletdesk,
    new_key,
)
from walletdesk.client.answers import TestCustomer
from walletdesk.client.command.run import main
from walletdesk.foundation.clock.public import now
from walletdesk.money.merchants.public import MerchantView
from walletdesk.money.merchants.public import test_twin as twin_of
from walletdesk.trust.api_keys.public import KeyOwner, make_key, revoke_key, scopes_for

BUN = Money.of("8.00", "XTS")


@pytest.fixture(scope="module")
def bakery(shared_database: FreshDatabase) -> MerchantView:
    return a_bakery()


@pytest.fixture(scope="module")
def product(bakery: MerchantView, shared_database: FreshDatabase) -> Iterator[RunningProduct]:
    with running_product(shared_database, {"WALLETDESK_WEBHOOK_LOOPBACK": "1"}) as running:
        yield running


@pytest.fixture(scope="module")
def secret(bakery: MerchantView) -> str:
    """A test key that may do everything a shop may."""
    twin = twin_of(bakery.id)
    return make_key(
        "merchant", twin.id, "all", [one.name for one in scopes_for("merchant")], "test", None, [], "member:x"
    )[1]


@pytest.fixture
def shop(product: RunningProduct, secret: str) -> Iterator[Walletdesk]:
    with Walletdesk(secret, product.url) as client:
        yield client


@pytest.fixture
def tester(shop: Walletdesk) -> TestCustomer:
    return next(iter(shop.test.customers()))


def test_an_order_from_its_making_to_its_end(shop: Walletdesk) -> None:
    made = shop.orders.create(BUN, reference="A-1", note="One bun", key="order-A-1")
    assert (made.state, made.amount, made.reference, made.note) == ("waiting", BUN, "A-1", "One bun")
    assert shop.orders.create(BUN, reference="A-1", note="One bun", key="order-A-1") == made
    assert shop.orders.get(made.id) == made
    assert shop.orders.qr_svg(made.id).lstrip().startswith(b"<")
    assert shop.orders.qr_png(made.id).startswith(b"\x89PNG")
    for number in range(2, 7):
        shop.orders.create(BUN, reference=f"A-{number}")
    in_pages, at_once = list(shop.orders.list(limit=2)), list(shop.orders.list(limit=200))
    assert [one.id for one in in_pages] == [one.id for one in at_once]
    assert made.id in {one.id for one in in_pages}
    assert shop.orders.cancel(made.id).state == "cancelled"


def test_paid_by_agreement_refunded_in_part_and_listed(shop: Walletdesk, tester: TestCustomer) -> None:
    order = shop.orders.create(BUN, reference="B-1")
    paid = shop.payments.create(order.id, agreement_id=tester.agreement_id, key="pay-B-1")
    assert (paid.state, paid.amount, paid.order_id) == ("captured", BUN, order.id)
    refund = shop.payments.refund(paid.id, Money(300, "XTS"), "Half of it was stale")
    assert shop.refunds.get(refund.id).reason == "Half of it was stale"
    payment = shop.payments.get(paid.id)
    assert (payment.state, payment.refunded, [one.id for one in payment.refunds]) == (
        "partly_refunded",
        Money(300, "XTS"),
        [refund.id],
    )
    assert paid.id in {one.id for one in shop.payments.list()}
    assert shop.orders.get(order.id).state == "paid"
    outcome = shop.requests.get("pay-B-1")
    assert (outcome.state, outcome.status) == ("done", 201)
    assert outcome.answer is not None and outcome.answer["id"] == paid.id
    assert shop.requests.get(new_key()).state == "none"


def test_set_aside_captured_in_part_and_let_go(shop: Walletdesk, tester: TestCustomer) -> None:
    first, second = shop.orders.create(BUN, reference="C-1"), shop.orders.create(BUN, reference="C-2")
    held = shop.holds.create(first.id, agreement_id=tester.agreement_id)
    other = shop.payments.create(second.id, agreement_id=tester.agreement_id, capture=False)
    assert {held.state, other.state} == {"authorised"}
    assert shop.payments.capture(held.id, amount=Money(500, "XTS")).amount == Money(500, "XTS")
    assert shop.payments.void(other.id).state == "voided"
    assert (shop.holds.get(held.id).captured, shop.holds.get(other.id).state) == (Money(500, "XTS"), "voided")
    assert {held.id, other.id} <= {one.id for one in shop.holds.list()}


def test_an_agreement_is_proposed_and_ended(shop: Walletdesk) -> None:
    until = now() + timedelta(days=90)
    made = shop.agreements.propose("Daily bread", BUN, Money.of("20.00", "XTS"), valid_until=until)
    assert made.state == "proposed" and made.accept_url
    assert made.id in {one.id for one in shop.agreements.list()}
    assert shop.agreements.get(made.id).max_single == BUN
    assert shop.agreements.end(made.id).state in ("ended", "lapsed")


def test_refusals_have_their_kind_their_code_and_their_words(
    product: RunningProduct, secret: str, shop: Walletdesk, tester: TestCustomer, bakery: MerchantView
) -> None:
    order = shop.orders.create(BUN, reference="D-1", key="order-D-1")
    with pytest.raises(NotUsable) as other_body:
        shop.orders.create(Money(1, "XTS"), reference="D-1", key="order-D-1")
    assert other_body.value.code == "idempotency_body_differs"
    with pytest.raises(NotUsable):
        shop.orders.create(Money(0, "XTS"))
    with pytest.raises(NotFound):
        shop.orders.get(new_key())
    shop.payments.create(order.id, agreement_id=tester.agreement_id)
    with pytest.raises(Conflict) as paid:
        shop.payments.create(order.id, agreement_id=tester.agreement_id)
    assert paid.value.code == "order_paid"
    assert paid.value.money and paid.value.request_id
    with Walletdesk(secret, product.url, language="zh-CN") as chinese, pytest.raises(Conflict) as words:
        chinese.orders.cancel(order.id)
    assert words.value.title != paid.value.title
    key, weak = make_key("merchant", bakery.id, "reads", ["orders:read"], "live", None, [], "member:x")
    with Walletdesk(weak, product.url) as reader:
        with pytest.raises(NotAllowed):
            reader.orders.create(Money(1, "CNY"))
        revoke_key(key.id, KeyOwner("merchant", bakery.id), "member:x")
    with Walletdesk("wdk_test_nobody", product.url) as nobody, pytest.raises(NotSignedIn):
        nobody.merchant.get()


def test_the_desk_is_asked_and_shown_a_picture(shop: Walletdesk, tester: TestCustomer) -> None:
    order = shop.orders.create(BUN, reference="E-1")
    paid = shop.payments.create(order.id, agreement_id=tester.agreement_id)
    case = shop.cases.open("payment_problem", "The till shows it twice", payment_ids=[paid.id])
    assert case.reference.startswith("WD-") and case.promise is not None
    assert shop.cases.say(case.reference, "Here is our journal").text == "Here is our journal"
    assert shop.cases.attach(case.reference, a_png(), file_name="journal.png").attachments[0].name == "journal.png"
    texts = [one.text for one in shop.cases.get(case.reference).messages]
    assert "Here is our journal" in texts
    assert case.reference in {one.reference for one in shop.cases.list()}


def test_where_webhooks_go_is_looked_after(shop: Walletdesk) -> None:
    hook = shop.webhooks.add("http://127.0.0.1:9/", types=["order.created"], name="Nobody there")
    assert hook.secret is not None and hook.secret.startswith("whsec_")
    assert shop.webhooks.get(hook.id).secret is None
    assert shop.webhooks.change(hook.id, name="Still nobody", types=[]).name == "Still nobody"
    assert hook.id in {one.id for one in shop.webhooks.list()}
    sent = shop.webhooks.test(hook.id)
    assert sent.id in {one.id for one in shop.webhooks.deliveries(hook.id)}
    assert shop.webhooks.rotate(hook.id).secret not in (None, hook.secret)
    with pytest.raises((Conflict, NotFound)):
        shop.webhooks.replay(sent.id)  # still on its way
    shop.webhooks.remove(hook.id)
    with pytest.raises(NotFound):
        shop.webhooks.get(hook.id)


def test_what_is_only_read(product: RunningProduct, shop: Walletdesk, tester: TestCustomer) -> None:
    assert shop.merchant.get().mode == "test"
    assert [one.of for one in shop.wallets.balances()] == ["merchant"]
    order = shop.orders.create(BUN, reference="F-1")
    paid = shop.payments.create(order.id, agreement_id=tester.agreement_id)
    since, until = now() - timedelta(hours=1), now() + timedelta(hours=1)
    assert paid.id in {one.id for one in shop.statements.list(since, until)}
    assert len(shop.statements.csv(since, until).decode().splitlines()) > 1
    with Walletdesk("", product.url) as anybody:
        assert anybody.contacts.get().algorithm
        assert anybody.health.get().state == "well"


def test_a_customer_sends_money_with_a_key_of_their_own(product: RunningProduct) -> None:
    lin, wang = with_money(a_customer("Lin Xiaoyu"), "100"), a_customer("Wang Fang")
    scopes = ["wallets:read", "transfers:read", "events:read"]
    _, secret = make_key("customer", lin.id, "my script", scopes, "live", None, [], "customer:x")
    with Walletdesk(secret, product.url) as mine:
        (wallet,) = list(mine.wallets.list())
        assert (mine.wallets.get(wallet.id).balance.available, wallet.freeze) == (Money.of("100.00", "CNY"), "none")
        assert list(mine.transfers.list()) == []
        with pytest.raises(NotAllowed):
            mine.transfers.create(wang.number, Money.of("1.00", "CNY"))
        with pytest.raises(NotFound):
            mine.transfers.get(new_key())


def test_the_awaited_client_does_the_same_with_many_at_once(product: RunningProduct, secret: str) -> None:
    finished: list[Told] = []

    async def sell() -> int:
        async with AsyncWalletdesk(secret, product.url, on_answer=finished.append) as shop:
            testers = [one async for one in shop.test.customers()]
            orders = await asyncio.gather(*(shop.orders.create(BUN, reference=f"G-{n}") for n in range(8)))
            paid = await asyncio.gather(
                *(
                    shop.payments.create(
                        order.id, agreement_id=testers[n % len(testers)].agreement_id, key=f"pay-G-{n}"
                    )
                    for n, order in enumerate([*orders, *orders])
                    if n < 8
                )
            )
            return len({one.id for one in paid})

    with ThreadPoolExecutor(1) as elsewhere:  # a loop of its own: a browser's runs in this thread
        assert elsewhere.submit(lambda: asyncio.run(sell())).result() == 8
    assert {one.status for one in finished} == {200, 201}


def test_the_same_day_from_a_shell(
    product: RunningProduct,
    secret: str,
    shop: Walletdesk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("WALLETDESK_API_URL", product.url)
    monkeypatch.setenv("WALLETDESK_API_KEY", secret)

    def said(*words: str) -> tuple[int, str, str]:
        """Its exit code, its output, and what it says of trouble."""
        try:
            code = main(list(words))
        except SystemExit as end:
            code = int(str(end.code))
        out, err = capsys.readouterr()
        return code, out, err

    code, out, err = said("orders", "create", "8.00 XTS", "--reference", "H-1", "--key", "order-H-1")
    assert code == 0, err
    order = json.loads(out)
    assert shop.orders.get(order["id"]).reference == "H-1"
    assert len(said("orders", "list", "--most", "3")[1].splitlines()) == 3
    assert said("orders", "qr-svg", order["id"])[1].lstrip().startswith("<")
    code, out, err = said("orders", "create", "9.00 XTS", "--reference", "H-1", "--key", "order-H-1")
    assert (code, out) == (1, "")
    assert "idempotency_body_differs" in err
    for senseless in (
        ("orders", "create", "8,00 XTS"),
        ("orders", "create"),
        ("orders", "sell"),
        ("--url", "http://a.example", "health", "get"),
    ):
        assert said(*senseless)[0] == 2
    told = followed_to(order["id"], lambda: said("follow", "--once", "--cursor-file", str(tmp_path / "cursor")))
    assert len(told) == len(set(told)), "an event was printed twice"
    assert told == [one.id for one in shop.events.list()][: len(told)], "an event was left out"


def followed_to(order: str, follow: Callable[[], tuple[int, str, str]]) -> list[str]:
    """The ids of events in the order printed, until this order's making is among them and nothing new is left. What has
    just happened is published a moment later.
    """
    told: list[str] = []
    found, deadline = False, time.monotonic() + 60
    while True:
        assert time.monotonic() < deadline, f"still not at the end, order found: {found}"
        code, out, err = follow()
        assert code == 0, err
        if found and not out:
            return told
        events = [json.loads(line) for line in out.splitlines()]
        told += [event["id"] for event in events]
        found = found or any((e["type"], e["object"]["id"]) == ("order.created", order) for e in events)


def test_the_command_is_there_and_hides_the_key(product: RunningProduct, secret: str, tmp_path: Path) -> None:
    key_file = tmp_path / "key"
    key_file.write_text(f"{secret}\n")
    line = [
        sys.executable,
        "-m",
        "walletdesk.client",
        "--url",
        product.url,
        "--key-file",
        str(key_file),
        "merchant",
        "get",
    ]
    done = subprocess.run(line, env=product.environment, capture_output=True, text=True, timeout=60, check=False)
    assert json.loads(done.stdout)["mode"] == "test"
    assert secret not in done.stdout + done.stderr
