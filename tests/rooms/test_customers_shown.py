"""How customers are numbered, written and masked: pure, as tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walletdesk.foundation.identity.public import read_phone, show_phone
from walletdesk.trust.customers.rules.masking import mask_email, mask_name, mask_phone
from walletdesk.trust.customers.rules.number import check_digit, read_number, show_number
from walletdesk.trust.customers.rules.person import read_name

SERIALS = st.integers(min_value=1_000_000, max_value=10**12)


def test_a_customer_number_as_it_is_shown() -> None:
    assert show_number(8_821_046) == "WD-8821 0463"
    assert check_digit(572) == 4  # the published example of Damm's method


@pytest.mark.parametrize("written", ["WD-8821 0463", "wd-8821 0463", "88210463", " 8821-0463 ", "WD88210463"])
def test_a_number_is_read_however_it_is_written(written: str) -> None:
    assert read_number(written) == 8_821_046


@pytest.mark.parametrize(
    "written", ["", "WD-8821 0464", "WD-8812 0463", "8821046", "XX-8821 0463", "８８２１０４６３", "WD-"]
)
def test_a_wrong_number_is_nobody(written: str) -> None:
    assert read_number(written) is None


@given(SERIALS, st.data())
def test_no_single_wrong_digit_and_no_swap_of_neighbours_passes(serial: int, data: st.DataObject) -> None:
    digits = show_number(serial).removeprefix("WD-").replace(" ", "")
    assert read_number(digits) == serial
    place = data.draw(st.integers(0, len(digits) - 1))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != digits[place]]))
    assert read_number(digits[:place] + other + digits[place + 1 :]) is None
    if place and digits[place] != digits[place - 1]:
        assert read_number(digits[: place - 1] + digits[place] + digits[place - 1] + digits[place + 1 :]) is None


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("林小雨", "林*雨"),
        ("林雨", "林*"),
        ("欧阳小雨", "欧**雨"),
        ("雨", "*"),
        ("Lin Xiaoyu", "L*** X***"),
        ("Ада Иванова", "А*** И***"),
        ("", ""),
    ],
)
def test_masked_names(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("phone", "masked"),
    [("13800002046", "138****2046"), ("+12025550123", "+12*****0123"), ("1234567", "****67"), ("", "")],
)
def test_masked_telephone_numbers(phone: str, masked: str) -> None:
    assert mask_phone(phone) == masked


@pytest.mark.parametrize(
    ("email", "masked"),
    [("lin.xiaoyu@example.com", "l***@example.com"), ("a@b.example", "a***@b.example"), ("broken", ""), ("", "")],
)
def test_masked_addresses(email: str, masked: str) -> None:
    assert mask_email(email) == masked


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("138 0000 2046", "+8613800002046"),
        ("+86 138-0000-2046", "+8613800002046"),
        ("+1 202 555 0123", "+12025550123"),
        ("12", None),
        ("１３８００００２０４６", None),
        ("138 0000 2046 ext. 5", None),
        ("call me", None),
    ],
)
def test_telephone_numbers_are_kept_in_one_way(written: str, kept: str | None) -> None:
    assert read_phone(written) == kept


def test_a_mainland_number_is_shown_as_people_write_it() -> None:
    assert show_phone("+8613800002046") == "13800002046"
    assert show_phone("+12025550123") == "+12025550123"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  林  小雨 ", "林 小雨"),
        ("e\u0301milie", "émilie"),
        ("", None),
        ("   ", None),
        ("a\nb", None),
        ("abc\u202edef", None),
        ("a\x00b", None),
        ("长" * 61, None),
        ("<b>林</b>", "<b>林</b>"),  # not our affair here: pages escape it
    ],
)
def test_names(written: str, kept: str | None) -> None:
    assert read_name(written) == kept
