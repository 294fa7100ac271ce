"""J14, new device: a sign-in elsewhere asks for one more proof, the old device is told and asked, and the new one may do less
until a time that it shows. By another device, by passkey (virtual authenticator), by authenticator app, by text message.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.databases import FreshDatabase
from tests.product import RunningProduct, running_product
from tests.stories.conftest import Window
from tests.stories.people import PASSWORD, PIN, a_customer, email_of, sign_in
from tests.stories.texts import Texts, texts
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.identity.public import change_address, devices_of, totp_now
from walletdesk.trust.customers.public import CustomerView

NUMBERS = {"zh": "+8613900001112", "en": "+8613900001111"}
SAYS = {
    "zh": {
        "new": "这台设备是第一次来",
        "ask": "去问",
        "limited": "受限",
        "asked": "登录吗",
        "in": "可以进来了",
        "passkey": "用通行密钥登录",
        "send": "发到",
    },
    "en": {
        "new": "new here",
        "ask": "Ask it",
        "limited": "limited until",
        "asked": "signing in on",
        "in": "may come in",
        "passkey": "Sign in with a passkey",
        "send": "Send to",
    },
}


@pytest.fixture(scope="module")
def post(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Texts]:
    with texts(tmp_path_factory.mktemp("post")) as running:
        yield running


@pytest.fixture(scope="module")
def product(shared_database: FreshDatabase, post: Texts) -> Iterator[RunningProduct]:
    outside = {"WALLETDESK_SMTP": post.smtp, "WALLETDESK_SMS_URL": post.url}
    with running_product(shared_database, outside) as running:
        yield running


def types_the_password(page: Page, name: str) -> Page:
    """On a browser that nobody knows; it stands before the second question."""
    page.goto("/sign-in/")
    page.fill("input[name=login]", email_of(name))
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/sign-in/second/")
    return page


def limited(page: Page, language: str) -> None:
    """The wallet says until when."""
    page.wait_for_url("**/wallet/")
    expect(page.locator("#banner")).to_contain_text(SAYS[language]["limited"])


def confirms(page: Page) -> None:
    """Password and PIN: the first proof of somebody who has set up nothing yet."""
    page.fill("#password", PASSWORD)
    page.locator("input[name=pin]").press_sequentially(PIN)
    page.locator("main .btn-go").click()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_j14_the_old_device_is_asked_and_copies_two_digits(
    product: RunningProduct, window: Window, language: str
) -> None:
    name = f"Lin {language}"
    lin = a_customer(name, "zh-hans" if language == "zh" else "en")
    old = sign_in(window(phone=True, language=language), name, "/wallet/")
    new = types_the_password(window(phone=True, language=language), name)
    expect(new.get_by_role("heading", level=1)).to_contain_text(SAYS[language]["new"])
    new.get_by_role("button", name=SAYS[language]["ask"]).click()
    number = new.locator(".matchnumber").inner_text()

    expect(old.locator("#asked-here")).to_contain_text(SAYS[language]["asked"])
    old.locator("#asked-here a").click()
    old.fill("#number", number)
    old.locator("main .btn-go").click()
    expect(old.get_by_text(SAYS[language]["in"])).to_be_visible()
    limited(new, language)

    new.goto("/security/")
    assert len(devices_of(lin.user_id)) == 2
    old.goto("/security/")
    expect(old.locator("section[aria-labelledby=devices] li")).to_have_count(2)
    other = old.locator("section[aria-labelledby=devices] li").nth(1)
    other.get_by_role("button").click()
    expect(old.locator("section[aria-labelledby=devices] li")).to_have_count(1)
    new.goto("/wallet/")
    new.wait_for_url("**/sign-in/**")


def wang(language: str) -> CustomerView:
    made = a_customer(f"Wang Fang {language}", "zh-hans" if language == "zh" else "en")
    change_address(made.user_id, NUMBERS[language])
    return made


def with_virtual_authenticator(page: Page) -> Page:
    """What a telephone with a fingerprint would be."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return page


@pytest.mark.parametrize("language", ["zh", "en"])
def test_j14_by_passkey_authenticator_recovery_code_and_text_message(
    product: RunningProduct, post: Texts, window: Window, language: str
) -> None:
    owner, say = wang(language), SAYS[language]
    name = owner.name
    phone = with_virtual_authenticator(sign_in(window(phone=True, language=language), name, "/wallet/"))
    phone.goto("/security/passkey/")
    phone.wait_for_url("**/step-up/**")
    confirms(phone)
    phone.wait_for_url("**/security/passkey/")
    phone.locator("main .btn-go").click()
    phone.wait_for_url("**/security/codes/**")
    phone.locator("main .btn-go").click()
    codes = phone.locator(".codes li").all_inner_texts()
    assert len(codes) == 10

    phone.goto("/security/totp/")
    secret = phone.locator("#secret").inner_text()
    phone.fill("#code", totp_now(secret, now()))
    phone.locator("main .btn-go").click()
    phone.wait_for_url("**/security/")

    phone.goto("/sign-out/")
    phone.locator("main .btn-go").click()
    phone.wait_for_url("**/")
    phone.goto("/sign-in/")
    phone.get_by_role("button", name=say["passkey"]).click()
    phone.wait_for_url("**/wallet/")

    by_paper = types_the_password(window(phone=True, language=language), name)
    by_paper.fill("#code", codes[3])
    by_paper.press("#code", "Enter")
    limited(by_paper, language)

    by_text = types_the_password(window(phone=True, language=language), name)
    by_text.get_by_role("button", name=f"{say['send']} 139****{NUMBERS[language][-4:]}").click()
    by_text.fill("#sent", post.code_for(NUMBERS[language]))
    by_text.press("#sent", "Enter")
    limited(by_text, language)
    proofs = {one.proof for one in devices_of(owner.user_id)}
    assert proofs == {"first", "recovery_code", "sms"}
