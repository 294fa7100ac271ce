"""J5, talked into it: a transfer to somebody under report waits; its payer, whoever reads the message, and the desk can stop it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.databases import FreshDatabase
from tests.factories.delays import delaying, sends, under_report
from tests.product import RunningProduct, running_product
from tests.stories.conftest import Window
from tests.stories.looking import NARROW, faults_of, look, too_wide
from tests.stories.people import a_colleague, a_customer, email_of, sign_in, types_pin, with_money
from walletdesk.money.payments.public import scheduled_of, stop_token
from walletdesk.money.wallets.public import wallets_of
from walletdesk.service.cases.public import open_case, take_case
from walletdesk.trust.customers.public import CustomerView

GO_ON = {"zh": "我认识对方，继续", "en": "I know them; go on"}
STOP = {"zh": "停止，钱留下", "en": "Stop it; keep the money"}


@pytest.fixture(scope="module")
def product(shared_database: FreshDatabase) -> Iterator[RunningProduct]:
    with running_product(shared_database) as running:
        delaying()
        yield running


def has(customer: CustomerView) -> str:
    return wallets_of(customer.id)[0].available.plain


@pytest.mark.parametrize("language", ["zh", "en"])
def test_j5_a_transfer_waits_and_its_payer_stops_it(
    shared_database: FreshDatabase, window: Window, language: str
) -> None:
    lin = with_money(a_customer(f"Lin {language}", "zh-hans" if language == "zh" else "en"), "500")
    swindler = under_report(a_customer(f"Wang {language}"))
    phone = sign_in(window(phone=True, language=language), lin.name, "/wallet/")
    phone.goto(f"/wallet/transfer/confirm/?to={email_of(swindler.name)}&amount=200.00&note=deposit")
    assert not [*faults_of(phone), *too_wide(phone, NARROW, 390)]
    look(phone, f"warning-{language}")
    phone.get_by_role("link", name=GO_ON[language]).click()
    types_pin(phone)
    phone.wait_for_url("**/wallet/bills/**")
    expect(phone.locator("#bill .clock")).to_be_visible()
    expect(phone.get_by_role("button", name=STOP[language])).to_be_visible()
    assert (has(lin), has(swindler)) == ("300.00", "0.00")
    assert not [*faults_of(phone), *too_wide(phone, NARROW, 390)]
    look(phone, f"bill-{language}")

    phone.goto("/wallet/")
    expect(phone.locator("#balance")).to_contain_text("200.00")
    phone.goto("/wallet/messages/")
    expect(phone.get_by_text({"zh": "先等到", "en": "waits until"}[language])).to_be_visible()
    look(phone, f"messages-{language}")
    phone.goto("/wallet/transfer/later/")
    assert not [*faults_of(phone), *too_wide(phone, NARROW, 390)]
    look(phone, f"later-{language}")

    (waits,) = scheduled_of(lin.id)
    phone.goto(f"/wallet/bills/{waits.id}/")
    phone.get_by_role("button", name=STOP[language]).click()
    expect(
        phone.get_by_text({"zh": "您停止了，钱没有动", "en": "Stopped by you; nothing moved"}[language])
    ).to_be_visible()
    assert has(lin) == "500.00"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_j5_whoever_reads_the_message_stops_it_without_a_sign_in(
    shared_database: FreshDatabase, window: Window, language: str
) -> None:
    lin = with_money(a_customer(f"Lin Two {language}"), "500")
    sends(lin, under_report(a_customer(f"Wang Two {language}")), 300)
    (waits,) = scheduled_of(lin.id)
    for phone in (True, False):
        looked_at = window(phone=phone, language=language)
        looked_at.goto(f"/stop/{stop_token(waits.id)}/")
        assert not [*faults_of(looked_at), *too_wide(looked_at, NARROW)]
        looked_at.set_viewport_size({"width": 390, "height": 844} if phone else {"width": 1440, "height": 900})
        look(looked_at, f"stop-{language}-{'phone' if phone else 'desk'}")
    assert has(lin) == "200.00"
    daughter = window(phone=True, language=language, scripts=False)
    daughter.goto(f"/stop/{stop_token(waits.id)}/")
    daughter.get_by_role("button", name=STOP[language]).click()
    expect(daughter.get_by_role("heading", name={"zh": "停下了", "en": "It is stopped"}[language])).to_be_visible()
    look(daughter, f"stopped-{language}")
    assert has(lin) == "500.00"
    daughter.goto(f"/stop/{stop_token(waits.id)}/")
    expect(daughter.get_by_role("heading", name={"zh": "用过、过期", "en": "has run out"}[language])).to_be_visible()
    look(daughter, f"over-{language}")


def test_j5_the_desk_sees_what_waits_and_stops_it(shared_database: FreshDatabase, window: Window) -> None:
    for language, name, number in (("zh", "Zhou Lan", "1024"), ("en", "Zhang Yu", "1025")):
        spoken = "zh-hans" if language == "zh" else "en"
        agent = a_colleague(number, name, name, "payments", "agent", spoken)
        lin = with_money(a_customer(f"Lin Three {language}"), "500")
        sends(lin, under_report(a_customer(f"Wang Three {language}")), 300)
        case = open_case("question", lin.id)
        take_case(agent.id, case.id)
        zhou = sign_in(window(language=language), name, "/desk/")
        zhou.goto(f"/desk/cases/{case.reference}/")
        expect(
            zhou.get_by_role("heading", name={"zh": "等着转出的", "en": "Held back by risk"}[language])
        ).to_be_visible()
        assert not faults_of(zhou)
        look(zhou, f"desk-{language}")
        zhou.fill("input[id^=stop-]", "The caller confirmed a scam")
        zhou.get_by_role("button", name={"zh": "停止转账", "en": "Stop the transfer"}[language]).click()
        expect(zhou.locator("input[id^=stop-]")).to_have_count(0)
        assert has(lin) == "500.00"
