"""J15, first day: signed up in a minute by telephone number (zh) and by mail (en), a mail whose contact card proves itself,
a PIN, money in, the first payment.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from queue import Queue
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import Page, expect

from tests.databases import FreshDatabase
from tests.product import RunningProduct, free_port, running_product
from tests.stories.conftest import Window
from tests.stories.filming import filmed
from tests.stories.people import PIN, a_bakery, asks_for, photograph, scans, sign_in, types_pin
from tests.stories.texts import PATIENCE, Texts, digits_in, texts
from walletdesk.money.ledger.public import check_books
from walletdesk.money.payments.public import payments_of_customer
from walletdesk.money.wallets.public import wallets_of
from walletdesk.trust.customers.public import customer_by_address

GOOD = "four otters paint slowly"
NAME = {"zh": "林小雨", "en": "Lin Xiaoyu"}
ADDRESS = {"zh": "138 0000 2046", "en": "xiaoyu.en@story.example"}


@dataclass
class PostOffice:
    """A mail server of the outside world: what it accepted, in order."""

    url: str
    received: Queue[tuple[str, bytes]] = field(default_factory=Queue)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        self.received.put((envelope.rcpt_tos[0], envelope.content))
        return "250 taken"

    def next_for(self, address: str) -> EmailMessage:
        """What came for others is passed over: when the worker tells them is its own affair."""
        whom = ""
        while whom != address:
            whom, content = self.received.get(timeout=PATIENCE)
        return message_from_bytes(content, policy=policy.default)

    def next_about(self, address: str, *words: str) -> EmailMessage:
        """The next one whose subject says so; safety notices come in between."""
        while True:
            mail = self.next_for(address)
            if any(word in mail["Subject"] for word in words):
                return mail


@pytest.fixture(scope="module")
def post_office() -> Iterator[PostOffice]:
    port = free_port()
    office = PostOffice(f"smtp://127.0.0.1:{port}")
    server = Controller(office, hostname="127.0.0.1", port=port)
    server.start()
    yield office
    server.stop()


@pytest.fixture(scope="module")
def telephone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Texts]:
    """Where text messages arrive: the sandbox provider, a process of its own."""
    with texts(tmp_path_factory.mktemp("post")) as running:
        yield running


@pytest.fixture(scope="module")
def product(shared_database: FreshDatabase, post_office: PostOffice, telephone: Texts) -> Iterator[RunningProduct]:
    a_bakery()
    outside = {"WALLETDESK_SMTP": post_office.url, "WALLETDESK_SMS_URL": telephone.url}
    with running_product(shared_database, outside) as running:
        yield running


def sign_up(phone: Page, language: str) -> None:
    """First with a password that everybody tries, then with an address that is none; the rest stays as it was typed."""
    phone.goto("/")
    phone.get_by_role("link", name={"zh": "一分钟注册", "en": "Sign up"}[language]).click()
    phone.get_by_label({"zh": "姓名", "en": "Your name"}[language]).fill(NAME[language])
    phone.get_by_label({"zh": "手机号或邮箱", "en": "Phone number or e-mail address"}[language]).fill(ADDRESS[language])
    password = phone.get_by_label({"zh": "密码", "en": "Password"}[language])
    meter, send = phone.locator("#meter"), phone.locator("main .btn-go")

    password.press_sequentially("password1")
    expect(meter).to_contain_text({"zh": "一猜就中", "en": "Guessed at once"}[language])
    send.click()
    expect(phone.locator("#id_password1_error")).to_be_visible()
    expect(phone.locator("#id_name")).to_have_value(NAME[language])
    expect(phone.locator("#id_address")).to_have_value(ADDRESS[language])

    phone.locator("#id_address").fill("nobody@nowhere")
    password.press_sequentially(GOOD)
    expect(meter).to_contain_text({"zh": "很好", "en": "Very good"}[language])
    send.click()
    expect(phone.locator("#id_address_error")).to_be_visible()
    expect(phone.locator("#id_name")).to_have_value(NAME[language])
    expect(phone.locator("#id_address")).to_have_value("nobody@nowhere")

    phone.locator("#id_address").fill(ADDRESS[language])
    password.fill(GOOD)
    send.click()
    phone.wait_for_url("**/sign-up/code/")


def types_the_code(phone: Page, code: str) -> None:
    """A wrong one first: it says how many tries are left, and nothing is lost."""
    phone.fill("#code", "000000" if code != "000000" else "111111")
    phone.locator("main .btn-go").click()
    expect(phone.get_by_role("alert")).to_contain_text("4")
    phone.fill("#code", code)
    phone.locator("main .btn-go").click()
    phone.wait_for_url("**/wallet/")


def code_in(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return digits_in(body.get_content())


def read_the_mail(mail: EmailMessage, phone: Page, language: str, folder: Path) -> None:
    """In the reader's language first; the card in it is genuine by the script and the key on the contact page."""
    assert {"zh": "您的钱包开好了", "en": "your wallet is open"}[language] in mail["Subject"]
    parts = {part.get_content_type(): part.get_content() for part in mail.walk() if not part.is_multipart()}
    text = parts["text/plain"]
    greeting = {"zh": f"{NAME['zh']}，您好", "en": f"Dear {NAME['en']},"}[language]
    assert text.startswith(greeting)
    assert "我们从不" in text and "We never ask" in text
    assert "<form" not in parts["text/html"]

    card, script = folder / "card.json", folder / "verify_contacts.py"
    card.write_bytes(parts["application/json"])
    script.write_bytes(phone.request.get("/contact/verify_contacts.py").body())
    page = phone.context.new_page()
    page.goto("/contact/")
    key = page.locator(".cmdline").inner_text().rsplit(" ", 1)[-1]
    page.close()
    command = [sys.executable, "-I", str(script), str(card), "--key", key]
    proved = subprocess.run(command, capture_output=True, text=True, check=False)
    assert proved.returncode == 0, proved.stdout + proved.stderr


def set_a_pin(phone: Page, language: str) -> None:
    phone.get_by_role("link", name={"zh": "先设一个支付密码", "en": "Set your payment PIN first"}[language]).click()
    phone.fill("input[name=pin]", "123456")
    phone.fill("input[name=again]", "123456")
    phone.locator("main .btn-go").click()
    expect(phone.locator("#id_pin_error")).to_be_visible()
    phone.fill("input[name=pin]", PIN)
    phone.fill("input[name=again]", PIN)
    phone.locator("main .btn-go").click()
    expect(phone.get_by_text({"zh": "支付密码设好了", "en": "Your payment PIN is set"}[language])).to_be_visible()


def first_top_up(phone: Page, language: str) -> None:
    phone.goto("/wallet/")
    phone.get_by_role("link", name={"zh": "先充一点钱", "en": "Top up first"}[language]).click()
    phone.fill("input[name=amount]", "100")
    phone.locator("main form .btn-go").click()
    expect(phone.get_by_text({"zh": "已到账", "en": "Arrived"}[language])).to_be_visible()


def holds_the_camera_to(code: Path, window: Window, phone: Page, folder: Path) -> Page:
    """The same phone, whose camera films the till: what it reads it sends by itself."""
    film = filmed(code, folder / "till.y4m")
    phone = window(phone=True, language="zh", film=film, known=phone.context.storage_state())
    phone.goto("/wallet/scan/", wait_until="commit")
    phone.wait_for_url("**/wallet/pay/**")
    return phone


@pytest.mark.parametrize("language", ["zh", "en"])
def test_j15_first_day(
    product: RunningProduct,
    post_office: PostOffice,
    telephone: Texts,
    window: Window,
    tmp_path: Path,
    language: str,
) -> None:
    phone = window(phone=True, language=language)
    sign_up(phone, language)
    if language == "zh":
        types_the_code(phone, telephone.code_for("+8613800002046"))
    else:
        types_the_code(phone, code_in(post_office.next_about(ADDRESS["en"], "code")))
        read_the_mail(post_office.next_about(ADDRESS["en"], "your wallet is open"), phone, language, tmp_path)
    set_a_pin(phone, language)
    first_top_up(phone, language)

    till = sign_in(window(), "qinghe", "/till/")
    asks_for(till, "38.00", f"QH-{language}")
    code = photograph(till, tmp_path, "code")
    if language == "zh":
        phone = holds_the_camera_to(code, window, phone, tmp_path)
    else:
        scans(phone, code)
    types_pin(phone)
    expect(phone.get_by_role("status").get_by_text({"zh": "已付", "en": "PAID"}[language])).to_be_visible()
    expect(till.get_by_role("heading", name="Paid", exact=True)).to_be_visible()

    lin = customer_by_address(ADDRESS[language])
    assert lin is not None
    assert (wallets_of(lin.id)[0].available.plain, len(payments_of_customer(lin.id))) == ("62.00", 1)
    assert lin.language == {"zh": "zh-hans", "en": "en"}[language]
    assert not check_books().findings
