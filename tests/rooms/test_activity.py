"""A customer's bills: everything once, found again, in pages, adding up to the cent."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.factories.money import (
    a_key,
    a_payer,
    a_payment,
    a_shop,
    an_order,
    books_are_true,
    pay,
    proof_of,
    purse,
    the_payment,
    to_pay,
    top_up,
    yuan,
)
from walletdesk.foundation.clock.public import at, now, uuid7
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.payments.errors import NotEnoughMoney
from walletdesk.money.payments.public import (
    ActivityRow,
    activity,
    activity_row,
    activity_totals,
    refusal_of_code,
    statement_rows,
    transfer,
)
from walletdesk.money.payments.queries.activity import KINDS, FilterNotUsable
from walletdesk.money.refunds.public import RefundIntent, refund_once
from walletdesk.trust.customers.public import CustomerView

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna() -> CustomerView:
    """A month of life: a top-up, purchases at two shops, one refused, one paid back in part, money sent and received."""
    anna, bert = a_payer(name="林小雨"), a_payer(50, name="陈波")
    start = now() - timedelta(days=30)
    with at(start):
        top_up(anna.id, yuan(200))
    with at(start + timedelta(days=1)):
        bread = the_payment(pay(to_pay(anna, an_order(a_shop(), "38.00", "QH-0519-0832", "生日蛋糕"))))
    with at(start + timedelta(days=2)):
        refund_once(RefundIntent(a_key(), bread.id, 800, "merchant", None, "少给一块"))
    with at(start + timedelta(days=3)):
        fish = a_shop("老周海鲜", "Lao Zhou Seafood", "restaurant")
        pay(to_pay(anna, an_order(fish, "126.50")))
    with at(start + timedelta(days=4)), pytest.raises(NotEnoughMoney):
        pay(to_pay(anna, an_order(fish, "126.50")))
    with at(start + timedelta(days=5)):
        transfer(a_key(), anna.id, bert.id, yuan(5), "午饭", proof_of(anna.id))
    with at(start + timedelta(days=6)):
        transfer(a_key(), bert.id, anna.id, yuan(20), "谢谢", proof_of(bert.id))
    return anna


def kinds(rows: tuple[ActivityRow, ...]) -> list[str]:
    return [row.kind + ("" if row.state != "failed" else " failed") for row in rows]


def test_everything_is_there_once_the_newest_first(anna: CustomerView) -> None:
    page = activity(anna.id)
    assert kinds(page.rows) == [
        "transfer_in",
        "transfer_out",
        "payment failed",
        "payment",
        "refund",
        "payment",
        "top_up",
    ]
    assert page.next == ""


def test_what_moved_adds_up_to_the_balance_in_the_books(anna: CustomerView) -> None:
    assert activity_totals(anna.id) == {"CNY": purse(anna).posted}
    assert sum(row.amount.minor for row in activity(anna.id).rows if row.counts) == purse(anna).posted.minor
    assert books_are_true()


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ("海鲜", ["payment failed", "payment"]),
        ("lao zhou", ["payment failed", "payment"]),
        ("seafod", ["payment failed", "payment"]),
        ("蛋糕", ["payment"]),
        ("QH-0519", ["refund", "payment"]),
        ("午饭", ["transfer_out"]),
        ("%", []),
        ("_", []),
        ("\\", []),
        ("' OR 1=1 --", []),
        ("x" * 5000, []),
        ("\x00", None),
        ("  ", None),
    ],
)
def test_search(anna: CustomerView, sought: str, found: list[str] | None) -> None:
    rows = activity(anna.id, text=sought).rows
    assert kinds(rows) == (found if found is not None else kinds(activity(anna.id).rows))


def test_a_receipt_number_is_found_with_or_without_its_spaces(anna: CustomerView) -> None:
    number = activity(anna.id, kind="top_up").rows[0].number
    for typed in (number, number.replace(" ", ""), number[:9].lower()):
        assert "top_up" in kinds(activity(anna.id, text=typed).rows)


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({"kind": "transfer"}, 2),
        ({"kind": "refund"}, 1),
        ({"kind": "payment"}, 3),
        ({"min_minor": 12_650}, 3),
        ({"max_minor": 800}, 2),
        ({"min_minor": 12_650, "max_minor": 12_650}, 2),
        ({"min_minor": -(2**70)}, 7),
        ({"max_minor": 2**70}, 7),
        ({"limit": 2**40}, 7),
        ({"limit": -1}, 1),
    ],
)
def test_filters(anna: CustomerView, filters: dict[str, object], count: int) -> None:
    assert len(activity(anna.id, **filters).rows) == count  # type: ignore[arg-type]


def test_between_two_moments(anna: CustomerView) -> None:
    since = now() - timedelta(days=29, hours=12)
    assert kinds(activity(anna.id, since=since, until=since + timedelta(days=2)).rows) == ["refund", "payment"]


@pytest.mark.parametrize(
    "wrong",
    [{"kind": "bribe"}, {"before": "x"}, {"before": "2026-01-01_y"}, {"before": f"2026-01-01_{'0' * 32}"}],
)
def test_a_filter_that_means_nothing_is_refused(anna: CustomerView, wrong: dict[str, str]) -> None:
    with pytest.raises(FilterNotUsable):
        activity(anna.id, **wrong)  # type: ignore[arg-type]


def test_pages_meet_without_gap_or_overlap_while_new_rows_arrive(anna: CustomerView) -> None:
    whole = [row.id for row in activity(anna.id).rows]
    seen, before = [], None
    while True:
        page = activity(anna.id, before=before, limit=2)
        seen += [row.id for row in page.rows]
        top_up(anna.id, yuan(1))
        if not page.next:
            break
        before = page.next
    assert seen == whole


def test_others_see_nothing_of_it(anna: CustomerView) -> None:
    row = activity(anna.id).rows[0]
    assert activity_row(anna.id, row.id) == row
    assert activity_row(a_payer().id, row.id) is None
    assert activity_row(anna.id, uuid7()) is None


def test_the_statement_carries_the_balance_from_row_to_row(anna: CustomerView) -> None:
    rows = list(statement_rows(anna.id, now() - timedelta(days=60), now()))
    assert [entry.balance.plain for entry in rows] == ["200.00", "162.00", "170.00", "43.50", "38.50", "58.50"]
    assert rows[-1].balance == purse(anna).posted
    later = list(statement_rows(anna.id, now() - timedelta(days=28, hours=12), now()))
    assert [entry.balance.plain for entry in later] == ["170.00", "43.50", "38.50", "58.50"]


def test_the_receipt_keeps_the_name_that_the_shop_had() -> None:
    from walletdesk.money.merchants.models import Merchant

    anna, shop = a_payer(100), a_shop()
    a_payment(anna, shop)
    Merchant.objects.filter(id=shop.id).update(name_zh="新名字", name_en="New name")
    assert activity(anna.id).rows[0].title.zh == "青禾面包房"


def test_every_kept_code_has_its_words(anna: CustomerView) -> None:
    failed = next(row for row in activity(anna.id).rows if row.state == "failed")
    refusal = refusal_of_code(failed.code)
    assert refusal is NotEnoughMoney
    assert failed.reason == Words("余额不足，还差 ¥83.00", "Not enough money: ¥83.00 short")
    assert refusal_of_code("no_such_code") is None


def test_each_kind_has_words(anna: CustomerView) -> None:
    assert {row.kind for row in activity(anna.id).rows} == set(KINDS[""])
    assert all(row.kind_words.en and row.kind_words.zh for row in activity(anna.id).rows)
