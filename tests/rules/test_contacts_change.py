"""What may stand in the directory, and what a change makes of it."""

from __future__ import annotations

from datetime import date

import pytest

from walletdesk.foundation.i18n.words import Words
from walletdesk.trust.official_contacts.rules.directory import (
    DatedDay,
    Directory,
    DropEntry,
    Entry,
    PutDay,
    PutEntry,
    PutTopic,
    Topic,
    changed,
    hours_fit,
    objection,
    value_fits,
)

NINE = dict.fromkeys(range(9), ((540, 1080),))
GENERAL = Topic("general", Words("综合", "General"), NINE)
HOTLINE = Entry("hotline", "phone", "+864005550100", "400-555-0100", "general", Words("热线", "Hotline"), Words("", ""))
MAIL = Entry("mail", "email", "service@walletdesk.example", "…", "general", Words("邮箱", "E-mail"), Words("", ""))
NEW_YEAR = DatedDay(date(2026, 1, 1), 7, Words("元旦", "New Year"), "State Council")
STANDING = Directory((HOTLINE, MAIL), (GENERAL,), (NEW_YEAR,))


@pytest.mark.parametrize(
    ("channel", "value", "fits"),
    [
        ("phone", "+864005550100", True),
        ("phone", "400-555-0100", False),
        ("phone", "+0123", False),
        ("phone", "+８６4005550100", False),
        ("web", "https://walletdesk.example", True),
        ("web", "https://walletdesk.example/help", True),
        ("web", "http://walletdesk.example", False),
        ("web", "https://walletdesk.example@evil.example", False),
        ("web", "https://wаlletdesk.example", False),  # a Cyrillic а
        ("web", "javascript:alert(1)", False),
        ("email", "service@walletdesk.example", True),
        ("email", "service@walletdesk", False),
        ("email", "Walletdesk <service@walletdesk.example>", False),
        ("social", "wechat:Walletdesk-Service", True),
        ("social", "Walletdesk", False),
        ("chat", "help/chat", True),
        ("fax", "+864005550100", False),
    ],
)
def test_values(channel: str, value: str, fits: bool) -> None:
    assert value_fits(channel, value) is fits


@pytest.mark.parametrize(
    ("hours", "fit"),
    [
        (NINE, True),
        (NINE | {3: ()}, True),
        (NINE | {3: ((0, 1440),)}, True),
        (NINE | {3: ((0, 60), (60, 120))}, True),
        (NINE | {3: ((0, 90), (60, 120))}, False),
        (NINE | {3: ((60, 60),)}, False),
        (NINE | {3: ((120, 60),)}, False),
        (NINE | {3: ((0, 1441),)}, False),
        (NINE | {3: ((-1, 60),)}, False),
        (dict.fromkeys(range(8), ()), False),
        (NINE | {9: ()}, False),
    ],
)
def test_hours(hours: dict, fit: bool) -> None:
    assert hours_fit(hours) is fit


def entry(**other: object) -> Entry:
    fields = {name: getattr(HOTLINE, name) for name in Entry.__slots__}
    return Entry(**(fields | other))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (PutEntry(entry(shown="400 555 0100")), None),
        (PutEntry(entry(key="second", value="+862155500100")), None),
        (PutEntry(entry(value="400")), "value_not_usable"),
        (PutEntry(entry(name=Words("热线", ""))), "value_not_usable"),
        (PutEntry(entry(topic="weather")), "topic_unknown"),
        (PutEntry(entry(key="second")), "value_taken"),
        (DropEntry("hotline"), None),
        (DropEntry("fax"), "entry_unknown"),
        (PutTopic(GENERAL), None),
        (PutTopic(Topic("new", GENERAL.name, {})), "hours_not_usable"),
        (PutDay(NEW_YEAR), None),
        (PutDay(DatedDay(NEW_YEAR.date, 3, NEW_YEAR.name, "x")), "day_not_usable"),
        (PutDay(DatedDay(NEW_YEAR.date, 8, NEW_YEAR.name, " ")), "day_not_usable"),
    ],
)
def test_changes(change: PutEntry | DropEntry | PutTopic | PutDay, why: str | None) -> None:
    assert objection(STANDING, change) == why


def test_a_change_takes_its_place_and_moves_nothing_else() -> None:
    after = changed(STANDING, PutEntry(entry(shown="400 555 0100")))
    assert [one.key for one in after.entries] == ["hotline", "mail"]
    assert after.entries[0].shown == "400 555 0100"
    assert changed(STANDING, DropEntry("hotline")).entries == (MAIL,)
    earlier = DatedDay(date(2025, 12, 31), 8, Words("调休", "Worked"), "State Council")
    assert changed(STANDING, PutDay(earlier)).days == (earlier, NEW_YEAR)
    assert STANDING.entries == (HOTLINE, MAIL)
