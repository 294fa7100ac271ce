"""Amounts: what can be read, what cannot and why, how they are shown, how a share is rounded. Attack L10 in its table."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from walletdesk.foundation.amount.public import (
    BIGGEST,
    CNY,
    JPY,
    KWD,
    Amount,
    AmountTooBig,
    AmountTooFine,
    AmountTooSmall,
    Asset,
    NotAnAmount,
    OtherAsset,
    read_amount,
    share_of,
)

POINTS = Asset("POINTS", 0)
GOLD = Asset("GOLD_MG", 6)


@pytest.mark.parametrize(
    ("text", "asset", "minor"),
    [
        ("38", CNY, 3800),
        ("38.5", CNY, 3850),
        ("38.50", CNY, 3850),
        ("0.01", CNY, 1),
        ("3800", JPY, 3800),
        ("1.234", KWD, 1234),
        ("7", POINTS, 7),
        ("0.000001", GOLD, 1),
        ("92233720368547758.07", CNY, BIGGEST),
        ("9223372036854775807", JPY, BIGGEST),
    ],
)
def test_a_plain_figure_is_read_exactly(text, asset, minor):
    assert read_amount(text, asset) == Amount(minor, asset)


@pytest.mark.parametrize(
    ("text", "asset", "refusal"),
    [
        ("", CNY, NotAnAmount),
        (" 5", CNY, NotAnAmount),
        ("5\n", CNY, NotAnAmount),
        ("-1", CNY, NotAnAmount),
        ("+1", CNY, NotAnAmount),
        ("−1", CNY, NotAnAmount),
        ("1,5", CNY, NotAnAmount),
        ("1,000.00", CNY, NotAnAmount),
        ("1 000", CNY, NotAnAmount),
        ("1e308", CNY, NotAnAmount),
        ("1E2", CNY, NotAnAmount),
        ("0x10", CNY, NotAnAmount),
        ("1_000", CNY, NotAnAmount),
        ("NaN", CNY, NotAnAmount),
        ("Infinity", CNY, NotAnAmount),
        ("１２", CNY, NotAnAmount),
        ("٣", CNY, NotAnAmount),
        ("²", CNY, NotAnAmount),
        ("5.", CNY, NotAnAmount),
        (".5", CNY, NotAnAmount),
        ("1.2.3", CNY, NotAnAmount),
        ("007", CNY, NotAnAmount),
        ("¥5", CNY, NotAnAmount),
        ("1\x00", CNY, NotAnAmount),
        ("9" * 5000, CNY, AmountTooBig),
        ("0." + "1" * 5000, CNY, AmountTooFine),
        (None, CNY, NotAnAmount),
        (5, CNY, NotAnAmount),
        (1e308, CNY, NotAnAmount),
        (float("nan"), CNY, NotAnAmount),
        (True, CNY, NotAnAmount),
        (["5"], CNY, NotAnAmount),
        ("0.001", CNY, AmountTooFine),
        ("0.5", JPY, AmountTooFine),
        ("1.0", JPY, AmountTooFine),
        ("1.2345", KWD, AmountTooFine),
        ("92233720368547758.08", CNY, AmountTooBig),
        ("9223372036854775808", JPY, AmountTooBig),
        ("18446744073709551616", JPY, AmountTooBig),
        ("0", CNY, AmountTooSmall),
        ("0.00", CNY, AmountTooSmall),
    ],
)
def test_everything_else_is_refused_by_name(text, asset, refusal):
    with pytest.raises(refusal) as refused:
        read_amount(text, asset)
    assert refused.value.status == 422
    assert refused.value.sentence("what") and refused.value.sentence("next")


@given(some.text(max_size=40) | some.floats() | some.integers() | some.binary(max_size=10) | some.none())
def test_whatever_is_written_it_is_an_amount_or_a_refusal_and_never_a_crash(text):
    try:
        amount = read_amount(text, CNY)
    except (NotAnAmount, AmountTooFine, AmountTooBig, AmountTooSmall):
        return
    assert 0 < amount.minor <= BIGGEST


@given(some.integers(1, BIGGEST), some.sampled_from([CNY, JPY, KWD, GOLD]))
def test_what_is_written_plainly_is_read_back_the_same(minor, asset):
    assert read_amount(Amount(minor, asset).plain, asset) == Amount(minor, asset)


@pytest.mark.parametrize(
    ("amount", "shown", "plain"),
    [
        (Amount(284_617, CNY), "¥2,846.17", "2846.17"),
        (Amount(-3800, CNY), "−¥38.00", "-38.00"),
        (Amount(5, CNY), "¥0.05", "0.05"),
        (Amount(0, CNY), "¥0.00", "0.00"),
        (Amount(3800, JPY), "¥3,800", "3800"),
        (Amount(1_234_567, KWD), "KD 1,234.567", "1234.567"),
        (Amount(120, POINTS), "POINTS 120", "120"),
    ],
)
def test_shown_with_the_digits_of_its_asset(amount, shown, plain):
    assert (str(amount), amount.plain) == (shown, plain)


@pytest.mark.parametrize(
    ("minor", "basis_points", "share"),
    [
        (3800, 60, 23),  # 22.8
        (1000, 60, 6),
        (1, 60, 0),  # 0.006
        (83, 60, 0),  # 0.498
        (84, 60, 1),  # 0.504
        (250, 20, 1),  # 0.5: half goes up
        (249, 20, 0),
        (750, 20, 2),  # 1.5
        (3800, 0, 0),
        (3800, 10_000, 3800),
        (BIGGEST, 10_000, BIGGEST),
    ],
)
def test_a_fee_is_rounded_half_up_to_the_minor_unit(minor, basis_points, share):
    assert share_of(Amount(minor, CNY), basis_points).minor == share


@given(some.integers(0, BIGGEST), some.integers(0, 10_000))
def test_a_fee_is_never_more_than_half_a_minor_unit_off(minor, basis_points):
    share = share_of(Amount(minor, CNY), basis_points).minor
    assert abs(2 * (share * 10_000 - minor * basis_points)) <= 10_000


def test_sums_stay_within_one_asset_and_within_64_bits():
    assert Amount(5, CNY) + Amount(7, CNY) - Amount(2, CNY) == Amount(10, CNY)
    assert -Amount(5, CNY) < Amount(0, CNY) <= Amount(0, CNY)
    for act in (
        lambda: Amount(1, CNY) + Amount(1, JPY),
        lambda: Amount(1, CNY) - Amount(1, JPY),
        lambda: Amount(1, CNY) < Amount(1, JPY),
    ):
        with pytest.raises(OtherAsset):
            act()
    with pytest.raises(AmountTooBig):
        Amount(BIGGEST, CNY) + Amount(1, CNY)


@pytest.mark.parametrize("wrong", [1.0, "1", True, None])
def test_an_amount_is_made_of_whole_minor_units_only(wrong):
    with pytest.raises(TypeError):
        Amount(wrong, CNY)
