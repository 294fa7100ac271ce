"""Being told: a phone lets us push, a payment appears on it and by text; a page says what is told, and by what.

The browser's own push service lives far away; a practice one stands in for it, which checks our signature and opens what was
sealed for this browser. What it read is handed to the messenger that the page registered, as the browser would do it.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import httpx
import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.chromium import FLAGS, WHOLE
from tests.contracts.practice_post import PostOffice, PushService, post_office, push_service
from tests.databases import FreshDatabase
from tests.factories.money import an_order
from tests.product import RunningProduct, running_product
from tests.stories.conftest import Window
from tests.stories.looking import faults_of, look, too_wide
from tests.stories.people import (
    PASSWORD,
    PIN,
    a_bakery,
    a_colleague,
    a_customer,
    email_of,
    sign_in,
    types_pin,
    with_money,
)
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.identity.models import User
from walletdesk.money.merchants.public import MerchantView
from walletdesk.service.cases.public import open_case, take_case
from walletdesk.service.notifications.public import browsers_of, delivery_log
from walletdesk.trust.customers.public import CustomerView

PATIENCE = 20.0
RECEIPT_SECRET = "the post office and the product know it"
PHONE = {"zh": "+8613900000001", "en": "+8613900000002"}
PHONE_OF: dict[UUID, str] = {}
RECEIVED = {
    "zh": {
        "agent": "Zhou Lan",
        "number": "1024",
        "reads": "zh-hans",
        "delivered": "已送达",
        "lost": "没有送到",
        "code": "验证码",
        "why": "手机关机或不在服务区",
        "advice": "请客户在同一页改用邮箱收码",
    },
    "en": {
        "agent": "Zhang Yu",
        "number": "1025",
        "reads": "en",
        "delivered": "Delivered",
        "lost": "Not delivered",
        "code": "Code",
        "why": "The telephone is off or out of reach",
        "advice": "Ask them to take the code by e-mail",
    },
}


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """The whole of it: the shell shows no notifications."""
    browser = playwright.chromium.launch(executable_path=WHOLE, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostOffice]:
    with post_office(tmp_path_factory.mktemp("post"), RECEIPT_SECRET) as running:
        yield running


@pytest.fixture(scope="module")
def pushing() -> Iterator[PushService]:
    with push_service() as running:
        yield running


@pytest.fixture(scope="module")
def bakery(shared_database: FreshDatabase) -> MerchantView:
    return a_bakery()


@pytest.fixture(scope="module")
def product(
    bakery: MerchantView, shared_database: FreshDatabase, office: PostOffice, pushing: PushService
) -> Iterator[RunningProduct]:
    more = {
        "WALLETDESK_SMS": "sandbox",
        "WALLETDESK_SMS_URL": office.url,
        "WALLETDESK_SMS_RECEIPT_SECRET": RECEIPT_SECRET,
        "WALLETDESK_SMTP": office.smtp,
        "WALLETDESK_PUSH_SERVICES": pushing.url,
    }
    with running_product(shared_database, more) as running:
        yield running


def a_reader(language: str, name: str = "", number: str = "") -> CustomerView:
    """Money, and a verified number beside the verified address."""
    lin = with_money(a_customer(name or f"Lin {language}", {"zh": "zh-hans", "en": "en"}[language]), "500")
    PHONE_OF[lin.id] = number or PHONE[language]
    User.objects.filter(id=lin.user_id).update(phone=PHONE_OF[lin.id], phone_verified_at=now())
    return lin


def eventually(find: Callable[[], Any]) -> Any:
    """What is found as soon as there is something; machines are busy."""
    ends = time.monotonic() + PATIENCE
    while not (found := find()):
        assert time.monotonic() < ends, "it never came"
        time.sleep(0.1)
    return found


def lets_us_push(phone: Page, pushing: PushService) -> None:
    """The browser asks, its owner says yes; its push service is the practice one."""
    phone.context.grant_permissions(["notifications"])
    phone.goto("/wallet/me/alerts/")
    given = pushing.subscription(str(phone.locator("#push").get_attribute("data-key")))
    phone.add_init_script(
        f"""(() => {{
          const given = {json.dumps(given)};
          const subscription = {{ endpoint: given.endpoint, unsubscribe: async () => true,
            toJSON: () => ({{ endpoint: given.endpoint, keys: {{ p256dh: given.p256dh, auth: given.auth }} }}) }};
          PushManager.prototype.subscribe = async () => subscription;
          PushManager.prototype.getSubscription = async () => subscription;
        }})()"""
    )
    phone.reload()
    phone.locator("[data-push=on]").click()
    expect(phone.locator("[data-when=on]")).to_be_visible()


def shows(phone: Page, words: dict[str, Any]) -> list[dict[str, str]]:
    """The messenger gets the words as a push; what notifications stand on the phone then."""
    cdp = phone.context.new_cdp_session(phone)
    found: dict[str, str] = {}
    cdp.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: found.update({one["scopeURL"]: one["registrationId"] for one in event["registrations"]}),
    )
    cdp.send("ServiceWorker.enable")
    phone.wait_for_function("() => navigator.serviceWorker.getRegistrations().then(all => all.length > 0)")
    scope = next(iter(found))
    origin = "/".join(scope.split("/")[:3])
    cdp.send(
        "ServiceWorker.deliverPushMessage",
        {"origin": origin, "registrationId": found[scope], "data": json.dumps(words)},
    )
    phone.wait_for_function(
        """() => navigator.serviceWorker.getRegistrations().then(all => all[0].getNotifications()).then(all => all.length > 0)"""
    )
    shown: list[dict[str, str]] = phone.evaluate(
        """() => navigator.serviceWorker.getRegistrations().then(all => all[0].getNotifications())
             .then(all => all.map(one => ({ title: one.title, body: one.body, link: one.data.link })))"""
    )
    return shown


def comes_to(office: PostOffice, address: str, part: str) -> dict[str, Any]:
    return eventually(lambda: next((one for one in office.received(address) if part in one["words"]), None))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_payment_is_told_on_the_phone(
    product: RunningProduct,
    bakery: MerchantView,
    office: PostOffice,
    pushing: PushService,
    window: Window,
    language: str,
) -> None:
    lin = a_reader(language)
    phone = sign_in(window(phone=True, language=language), lin.name, "/wallet/")
    lets_us_push(phone, pushing)
    (browser,) = browsers_of(lin.id)

    phone.goto(f"/wallet/pay/{an_order(bakery, '38.00', f'QH-{language}').id}/")
    types_pin(phone, PIN)
    said = {"zh": "已付青禾面包 ¥38.00", "en": "Paid Qinghe Bakery ¥38.00"}[language]
    read = eventually(
        lambda: next((one for one in pushing.received() if (one["words"] or {}).get("body") == said), None)
    )
    assert not read["problem"]
    (shown,) = shows(phone, read["words"])
    assert (shown["title"], shown["body"]) == ("Walletdesk", said)
    assert shown["link"].startswith("/wallet/bills/")
    assert not [one for one in office.received(PHONE[language]) if said in one["words"]], "push was enough"

    # Now by text, from a hundred on; every address hears that this was changed.
    phone.goto("/wallet/me/alerts/")
    phone.locator("label:has(#id_debit_0)").click()
    phone.locator("label:has(#id_debit_1)").click()
    phone.fill("#id_threshold", "30")
    phone.locator("main .btn-go").click()
    phone.fill("#password", PASSWORD)  # quieter than before: it is asked who is there
    types_pin(phone, PIN)
    phone.locator("form:has(#password) .btn-go").click()
    expect(phone.locator("#id_threshold")).to_have_value("30")
    phone.locator("main .btn-go").click()
    expect(phone.get_by_role("status").first).to_contain_text(
        {"zh": "提醒设好了", "en": "Your alerts are set"}[language]
    )
    changed = {"zh": "您的提醒设置改过了", "en": "Your alerts were changed"}[language]
    assert "http" not in comes_to(office, PHONE[language], changed)["words"]
    assert "http" not in comes_to(office, str(lin.email), changed)["words"]

    for figure in ("12.00", "31.00"):
        phone.goto(f"/wallet/pay/{an_order(bakery, figure, f'QH-{language}-{figure}').id}/")
        types_pin(phone, PIN)
        expect(phone.get_by_role("status").get_by_text({"zh": "已付", "en": "PAID"}[language])).to_be_visible()
    text = comes_to(office, PHONE[language], "¥31.00")
    assert {"zh": "不是您", "en": "Not you"}[language] in text["words"]
    assert not [one for one in office.received(PHONE[language]) if "¥12.00" in one["words"]]
    log = [one for one in delivery_log(lin.id) if one.channel == "sms" and one.kind == "paid"]
    assert {one.state for one in log} <= {"sending", "sent", "delivered"} and len(log) == 1

    # Stopped on the page: nothing is pushed any more.
    phone.goto("/wallet/me/alerts/")
    phone.locator(f"[data-stop='{browser.id}'] button").click()
    expect(phone.locator("[data-push=on]")).to_be_visible()
    assert browsers_of(lin.id) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_desk_sees_what_the_carrier_said_of_a_code(
    product: RunningProduct, office: PostOffice, window: Window, language: str
) -> None:
    """One code is lost on its way, the next one arrives; the carrier tells both by itself, nobody asks it."""
    say = RECEIVED[language]
    lin = a_reader(language, f"Waiting Lin {language}", {"zh": "+8613900000003", "en": "+8613900000004"}[language])
    phone = window(phone=True, language=language)
    phone.goto("/recover/")
    phone.fill("input[name=name]", email_of(lin.name))
    phone.press("input[name=name]", "Enter")
    phone.wait_for_url("**/recover/prove/**")
    agent = a_colleague(say["number"], say["agent"], say["agent"], "payments", "agent", say["reads"])
    case = open_case("question", lin.id)
    take_case(agent.id, case.id)
    desk = sign_in(window(language=language), say["agent"], "/desk/")
    office.fault(then="lost")
    for became in ("lost", "delivered"):
        phone.locator("#sms_code button[name=act]").click()
        phone.wait_for_load_state()
        eventually(lambda became=became: became in codes_of(lin))  # type: ignore[misc]
        office.all_well()
    desk.goto(f"/desk/cases/{case.reference}/messages/")
    codes = desk.get_by_role("row").filter(has_text=say["code"])
    missed = codes.filter(has=desk.get_by_text(say["lost"], exact=True))
    expect(missed).to_have_count(1)
    expect(codes.filter(has=desk.get_by_text(say["delivered"], exact=True))).to_have_count(1)
    expect(missed).to_contain_text(say["why"])
    expect(missed).to_contain_text(say["advice"])
    look(desk, f"deliveries-{language}")
    assert not faults_of(desk)


def codes_of(reader: CustomerView) -> list[str]:
    return [one.state for one in delivery_log(reader.id, (PHONE_OF[reader.id],)) if one.kind.startswith("code:")]


def test_the_post_office_of_the_demo_is_a_page_that_everybody_can_read(
    office: PostOffice, product: RunningProduct, window: Window
) -> None:
    httpx.post(f"{office.url}/texts", json={"reference": "x1", "to": "+8613800002046", "text": "验证码 493027"})
    page = window(phone=True)
    page.goto(office.url)
    expect(page.get_by_text("493027")).to_be_visible()
    assert not faults_of(page)
    assert not too_wide(page, 390, 320)


def test_without_scripts_the_page_still_keeps_choices(product: RunningProduct, window: Window) -> None:
    lin = a_customer("Plain Lin")
    phone = sign_in(window(phone=True, language="en", scripts=False), lin.name, "/wallet/")
    phone.goto("/wallet/me/alerts/")
    expect(phone.get_by_text("Without them, texts and mail do.")).to_be_visible()
    phone.get_by_label("E-mail").first.check(force=True)
    phone.locator("main .btn-go").click()
    expect(phone.get_by_text("Your alerts are set")).to_be_visible()
