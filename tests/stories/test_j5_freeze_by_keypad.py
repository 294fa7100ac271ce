"""J5 by telephone: proven by the six digits, 9 and 9 again, and nothing goes out any more; every page says so."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.stories.answering import a_bilingual_desk, lin_with_a_number_on_file, proves_who_calls
from tests.stories.calling import CallingProduct, eventually
from tests.stories.conftest import Window
from tests.stories.people import sign_in
from tests.stories.telephones import telephone
from walletdesk.money.wallets.public import wallets_of
from walletdesk.service.hotline.public import calls_of_customer

pytestmark = pytest.mark.serial


def test_j5_frozen_by_keypad(calling: CallingProduct, window: Window) -> None:
    lin = lin_with_a_number_on_file()
    a_bilingual_desk()
    app = sign_in(window(phone=True), "Lin Xiaoyu", "/wallet/")
    with telephone(calling.line, number="02164379999") as phone:
        phone.hears_something()
        phone.key("2")  # English
        phone.key("2")  # not recorded
        phone.key("9")  # freeze: first, who is speaking?
        proves_who_calls(phone, app)
        eventually(lambda: [one.place for one in calls_of_customer(lin.id)] == ["freezing"], "the proof")
        assert {wallet.freeze for wallet in wallets_of(lin.id)} == {"none"}, "one key alone freezes nothing"
        phone.key("9")
        eventually(lambda: {wallet.freeze for wallet in wallets_of(lin.id)} == {"debit"}, "the freeze")
        phone.hears_something()
        assert [one.place for one in calls_of_customer(lin.id)] == ["hearing_freeze"]
    app.goto("/wallet/")
    expect(app.get_by_text("frozen").first).to_be_visible()
    app.goto("/wallet/messages/")
    expect(app.get_by_text("Your wallet is frozen; your money is all in it").first).to_be_visible()
