"""How figures are spoken, as tables that a reader of either language can check; and back again for any number."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.rules.hotline_prompts.reading_back import chinese_value, english_value
from walletdesk.foundation.amount.public import KNOWN_ASSETS
from walletdesk.service.hotline.prompts.rules import chinese, english

NUMBERS = [
    # number         中文                         English
    (0, "零", "zero"),
    (2, "二", "two"),
    (10, "十", "ten"),
    (12, "十二", "twelve"),
    (20, "二十", "twenty"),
    (21, "二十一", "twenty one"),
    (99, "九十九", "ninety nine"),
    (100, "一百", "one hundred"),
    (105, "一百零五", "one hundred and five"),
    (110, "一百一十", "one hundred and ten"),
    (212, "二百一十二", "two hundred and twelve"),
    (222, "二百二十二", "two hundred and twenty two"),
    (1000, "一千", "one thousand"),
    (1001, "一千零一", "one thousand and one"),
    (1010, "一千零一十", "one thousand and ten"),
    (1100, "一千一百", "one thousand one hundred"),
    (2002, "两千零二", "two thousand and two"),
    (2222, "两千二百二十二", "two thousand two hundred and twenty two"),
    (10_000, "一万", "ten thousand"),
    (10_300, "一万零三百", "ten thousand three hundred"),
    (20_000, "两万", "twenty thousand"),
    (22_000, "两万两千", "twenty two thousand"),
    (100_010, "十万零一十", "one hundred thousand and ten"),
    (120_000, "十二万", "one hundred and twenty thousand"),
    (1_020_304, "一百零二万零三百零四", "one million twenty thousand three hundred and four"),
    (10_001_000, "一千万一千", "ten million one thousand"),
    (100_000_000, "一亿", "one hundred million"),
    (100_001_000, "一亿零一千", "one hundred million one thousand"),
    (200_000_000, "两亿", "two hundred million"),
    (2_000_010_000, "二十亿零一万", "two billion ten thousand"),
    (-3, "负三", "minus three"),
    (10**12, "一零零零零零零零零零零零零", "one" + 12 * " zero"),
]
MINUTES = [
    (0, "不到一分钟", "less than a minute"),
    (1, "一分钟", "one minute"),
    (2, "两分钟", "two minutes"),
    (7, "七分钟", "seven minutes"),
    (32, "三十二分钟", "thirty two minutes"),
    (60, "一小时", "one hour"),
    (62, "一小时两分钟", "one hour two minutes"),
    (121, "两小时一分钟", "two hours one minute"),
    (200, "三小时", "three hours"),
    (2 * 24 * 60, "两天", "two days"),
]
TIMES = [
    ((0, 0), "凌晨零点整", "midnight"),
    ((0, 30), "凌晨零点三十分", "twelve thirty at night"),
    ((9, 5), "上午九点零五分", "nine oh five in the morning"),
    ((12, 0), "中午十二点整", "noon"),
    ((12, 20), "中午十二点二十分", "twelve twenty in the afternoon"),
    ((14, 0), "下午两点整", "two o'clock in the afternoon"),
    ((14, 32), "下午两点三十二分", "two thirty two in the afternoon"),
    ((22, 12), "晚上十点十二分", "ten twelve in the evening"),
]
MONEY = [
    # minor, asset
    (0, "CNY", "零元", "zero yuan"),
    (1, "CNY", "一分", "one fen"),
    (20, "CNY", "两角", "twenty fen"),
    (56, "CNY", "五角六分", "fifty six fen"),
    (100, "CNY", "一元", "one yuan"),
    (202, "CNY", "两元零两分", "two yuan and two fen"),
    (3800, "CNY", "三十八元", "thirty eight yuan"),
    (3860, "CNY", "三十八元六角", "thirty eight yuan and sixty fen"),
    (128_050, "CNY", "一千二百八十元五角", "one thousand two hundred and eighty yuan and fifty fen"),
    (100_005, "CNY", "一千元零五分", "one thousand yuan and five fen"),
    (-250, "CNY", "负两元五角", "minus two yuan and fifty fen"),
    (1_299, "USD", "十二美元九十九美分", "twelve dollars and ninety nine cents"),
    (101, "USD", "一美元一美分", "one dollar and one cent"),
    (3_800, "JPY", "三千八百日元", "three thousand eight hundred yen"),
    (1_250, "KWD", "一第纳尔二百五十费尔斯", "one dinar and two hundred and fifty fils"),
]
DIGITS = [
    ("1024", "幺零二四", "one zero two four"),
    ("13800112233", "幺三八零零幺幺二二三三", "one three eight zero zero one one two two three three"),
    ("47 19", "四七幺九", "four seven one nine"),
]


def in_chinese(pieces: tuple[str, ...]) -> str:
    return "".join(chinese.FRAGMENTS[piece] for piece in pieces)


def in_english(pieces: tuple[str, ...]) -> str:
    return " ".join(english.FRAGMENTS[piece] for piece in pieces)


@pytest.mark.parametrize(("n", "zh", "en"), NUMBERS)
def test_numbers(n: int, zh: str, en: str) -> None:
    assert in_chinese(chinese.number(n)) == zh
    assert in_english(english.number(n)) == en


@pytest.mark.parametrize(
    ("n", "zh"), [(1, "一"), (2, "两"), (12, "十二"), (22, "二十二"), (200, "二百"), (2000, "两千")]
)
def test_what_is_counted_is_two_in_another_word(n: int, zh: str) -> None:
    assert in_chinese(chinese.count(n)) == zh


@pytest.mark.parametrize(("n", "zh", "en"), MINUTES)
def test_lengths_of_time(n: int, zh: str, en: str) -> None:
    assert in_chinese(chinese.minutes(n)) == zh
    assert in_english(english.minutes(n)) == en


@pytest.mark.parametrize(("at", "zh", "en"), TIMES)
def test_times_of_day(at: tuple[int, int], zh: str, en: str) -> None:
    assert in_chinese(chinese.time(*at)) == zh
    assert in_english(english.time(*at)) == en


@pytest.mark.parametrize(("minor", "asset", "zh", "en"), MONEY)
def test_amounts(minor: int, asset: str, zh: str, en: str) -> None:
    places = KNOWN_ASSETS[asset].digits
    assert in_chinese(chinese.money(minor, asset, places)) == zh
    assert in_english(english.money(minor, asset, places)) == en


@pytest.mark.parametrize(("text", "zh", "en"), DIGITS)
def test_digits_are_read_one_by_one(text: str, zh: str, en: str) -> None:
    assert in_chinese(chinese.digits(text)) == zh
    assert in_english(english.digits(text)) == en


def test_a_key_is_one_and_never_yao() -> None:
    assert in_chinese(chinese.key("1")) == "一"
    assert in_chinese(chinese.key("*")) == "星号键"
    assert in_english(english.key("#")) == "hash"


@pytest.mark.parametrize("sign", ["%", "一", "٣", "é"])
def test_a_sign_that_nobody_can_speak_is_refused(sign: str) -> None:
    with pytest.raises(ValueError, match="nobody can speak"):
        chinese.digits(sign)
    with pytest.raises(ValueError, match="nobody can speak"):
        english.key(sign)


def test_days_of_the_calendar() -> None:
    day = date(2026, 11, 23)
    assert in_chinese(chinese.calendar_day(day)) == "十一月二十三日星期一"
    assert in_english(english.calendar_day(day)) == "on Monday the twenty-third of November"


@given(some.integers(-(10**12) + 1, 10**12 - 1))
def test_every_number_is_understood_as_what_it_is(n: int) -> None:
    assert chinese_value(in_chinese(chinese.number(n))) == n
    assert english_value(in_english(english.number(n))) == n


@given(some.integers(1, 10**12 - 1))
def test_zero_is_never_spoken_twice_in_a_row_nor_at_the_end(n: int) -> None:
    spoken = in_chinese(chinese.number(n))
    assert "零零" not in spoken
    assert not spoken.endswith("零")


@given(some.integers(0, 10**13), some.sampled_from(sorted(KNOWN_ASSETS)))
def test_every_amount_has_words_in_both_languages(minor: int, asset: str) -> None:
    places = KNOWN_ASSETS[asset].digits
    assert in_chinese(chinese.money(minor, asset, places))
    assert in_english(english.money(minor, asset, places))


@given(some.times())
def test_every_time_of_day_has_words_in_both_languages(at) -> None:
    assert in_chinese(chinese.time(at.hour, at.minute))
    assert in_english(english.time(at.hour, at.minute))


def test_no_two_times_of_day_sound_alike() -> None:
    for speaker in (chinese, english):
        said = {speaker.time(hour, minute) for hour in range(24) for minute in range(60)}
        assert len(said) == 24 * 60
