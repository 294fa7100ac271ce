"""The official directory: what a fresh house ships, its signature, its editions, and who can check it without us."""

from __future__ import annotations

import base64
import json
import os
import stat
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, ProgrammingError, connection, transaction

from tests.databases import FreshDatabase
from walletdesk.foundation.clock.public import at
from walletdesk.foundation.i18n.words import Words
from walletdesk.foundation.key_files import public as key_files
from walletdesk.foundation.outbox.public import events_after
from walletdesk.trust.official_contacts import errors, signing_key
from walletdesk.trust.official_contacts.public import (
    DatedDay,
    DropEntry,
    EditionView,
    PutDay,
    PutEntry,
    contacts,
    directory,
    editions,
    key_id,
    open_now,
    open_states,
    public_key,
    publish_change,
    signed_directory,
    verifier_script,
)
from walletdesk.trust.official_contacts.rules.directory import hours_fit, value_fits

SECRET = base64.b64encode(bytes(range(32))).decode()


@pytest.fixture(autouse=True)
def a_known_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WALLETDESK_CONTACT_KEY", SECRET)


def shanghai(month: int, day: int, hour: int) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC) - timedelta(hours=8)


@pytest.mark.django_db
class TestTheFirstEdition:
    def test_every_entry_is_usable_fictitious_and_in_two_languages(self) -> None:
        standing = contacts()
        assert {entry.channel for entry in standing.entries} == {"phone", "web", "email", "chat", "app", "social"}
        for entry in standing.entries:
            assert value_fits(entry.channel, entry.value), entry
            assert entry.name.zh
            assert entry.name.en
            assert entry.channel not in ("web", "email") or entry.value.endswith("walletdesk.example")
            assert entry.channel != "phone" or "5550" in entry.value
        assert all(hours_fit(topic.hours) for topic in standing.topics)

    def test_the_calendar_of_2026_has_33_days_off_and_6_worked_for_them(self) -> None:
        days = contacts().days
        assert sum(day.kind == 7 for day in days) == 33
        assert [day.date for day in days if day.kind == 8] == [
            date(2026, 1, 4),
            date(2026, 2, 14),
            date(2026, 2, 28),
            date(2026, 5, 9),
            date(2026, 9, 20),
            date(2026, 10, 10),
        ]
        assert all("国务院办公厅" in day.source for day in days)

    @pytest.mark.parametrize(
        ("topic", "moment", "is_open"),
        [
            ("freeze", shanghai(2, 17, 3), True),
            ("general", shanghai(5, 19, 14), True),
            ("general", shanghai(5, 19, 22), False),
            ("general", shanghai(2, 17, 8), False),
            ("general", shanghai(2, 17, 9), True),
            ("funds", shanghai(5, 19, 14), True),
            ("funds", shanghai(10, 5, 14), False),
            ("funds", shanghai(10, 10, 14), True),
            ("funds", shanghai(5, 23, 14), False),
        ],
    )
    def test_open_now(self, topic: str, moment: datetime, is_open: bool) -> None:
        assert open_now(topic, moment).open is is_open
        with at(moment):
            assert open_states()[topic] == open_now(topic)

    def test_an_unknown_topic(self) -> None:
        with pytest.raises(errors.TopicNotFound):
            open_now("weather")

    def test_a_page_costs_one_short_statement(self, django_assert_num_queries: Any) -> None:
        contacts()
        with django_assert_num_queries(1):
            contacts()


@pytest.mark.django_db
class TestTheSignature:
    def test_everybody_within_an_hour_gets_the_same_bytes(self) -> None:
        with at(datetime(2026, 5, 19, 6, 1, tzinfo=UTC)):
            first = signed_directory()
        with at(datetime(2026, 5, 19, 6, 59, tzinfo=UTC)):
            assert signed_directory() == first
        assert first["directory"]["issued_at"] == "2026-05-19T06:00:00Z"
        assert first["directory"]["valid_until"] == "2026-06-18T06:00:00Z"
        assert first["key_id"] == key_id()
        assert len(base64.b64decode(public_key())) == 32

    def verdict(self, tmp_path: Path, copy: dict[str, Any], key: str) -> subprocess.CompletedProcess[str]:
        """What a stranger sees who has nothing but Python, the file and the key."""
        (tmp_path / "contacts.json").write_text(json.dumps(copy, indent=2, ensure_ascii=False), encoding="utf-8")
        (tmp_path / "verify_contacts.py").write_bytes(verifier_script())
        return subprocess.run(
            [sys.executable, "-I", "verify_contacts.py", "contacts.json", "--key", key],
            cwd=tmp_path,
            env={"PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            text=True,
            check=False,
        )

    def test_a_stranger_can_check_it_offline(self, tmp_path: Path) -> None:
        seen = self.verdict(tmp_path, signed_directory(), public_key())
        assert seen.returncode == 0, seen.stdout + seen.stderr
        assert "是真的" in seen.stdout
        assert "Genuine" in seen.stdout
        assert "400-555-0100" in seen.stdout

    def test_one_changed_digit_is_found(self, tmp_path: Path) -> None:
        copy = signed_directory()
        copy["directory"]["entries"][0]["value"] = "+864005550101"
        seen = self.verdict(tmp_path, copy, public_key())
        assert seen.returncode == 1
        assert "不是真的" in seen.stdout
        assert "400-555-0100" not in seen.stdout

    def test_another_key_does_not_fit(self, tmp_path: Path) -> None:
        copy, ours = signed_directory(), public_key()
        other = base64.b64encode(bytes(range(1, 33))).decode()
        os.environ["WALLETDESK_CONTACT_KEY"] = other
        assert public_key() != ours
        assert self.verdict(tmp_path, copy, public_key()).returncode == 1

    def test_an_old_copy_says_so(self, tmp_path: Path) -> None:
        with at(datetime(2026, 1, 1, tzinfo=UTC)):
            copy = signed_directory()
        seen = self.verdict(tmp_path, copy, public_key())
        assert (seen.returncode, "已过期" in seen.stdout) == (2, True)

    @pytest.mark.parametrize("key", ["", "x", "AAAA"])
    def test_a_key_that_is_none_says_so(self, tmp_path: Path, key: str) -> None:
        assert self.verdict(tmp_path, signed_directory(), key).returncode == 3


class TestTheKey:
    def test_it_is_made_once_and_readable_by_its_owner_only(
        self, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("WALLETDESK_CONTACT_KEY")
        settings.DATA_FOLDER = tmp_path / "new"
        first = public_key()
        path = settings.DATA_FOLDER / signing_key.FILE_NAME
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        key_files._from_file.cache_clear()
        assert public_key() == first
        assert list(settings.DATA_FOLDER.iterdir()) == [path]

    @pytest.mark.parametrize("setting", ["x", "AAAA", base64.b64encode(b"1" * 33).decode()])
    def test_a_broken_setting_is_said_at_once(self, monkeypatch: pytest.MonkeyPatch, setting: str) -> None:
        monkeypatch.setenv("WALLETDESK_CONTACT_KEY", setting)
        with pytest.raises(ImproperlyConfigured):
            public_key()


@pytest.mark.django_db
class TestPublishing:
    def test_a_change_makes_the_next_edition_and_the_last_one_stays(self) -> None:
        before, hotline = editions()[0], contacts().entries[0]
        new = PutEntry(type(hotline)("hotline", "phone", "+864005550123", "400-555-0123", "general", *both(hotline)))
        made = publish_change([new, DropEntry("weibo")], "employee:editor", "a new number", before.version)
        assert made.version > before.version
        assert contacts().entries[0].value == "+864005550123"
        assert "weibo" not in {entry.key for entry in contacts().entries}
        assert directory()["version"] == made.version
        assert [one.version for one in editions()] == [made.version, before.version]
        assert events_after(["contacts"], 0, 10)[-1].fact.version == made.version
        assert len(contacts().days) == 39

    def test_a_day_may_be_said_anew(self) -> None:
        typhoon = DatedDay(date(2026, 1, 4), 7, Words("台风停工", "Typhoon"), "Shanghai, 2026-01-03")
        publish_change([PutDay(typhoon)], "employee:editor", "typhoon")
        assert not open_now("funds", shanghai(1, 4, 14)).open
        assert len(contacts().days) == 39

    def test_refusals_in_the_order_they_are_tried(self) -> None:
        version = editions()[0].version
        bad, nothing = DropEntry("fax"), PutEntry(contacts().entries[0])
        for changes, reason, expected, refusal in [
            ([bad], " ", 0, errors.PublishReasonMissing),
            ([bad], "why", 0, errors.EditionMoved),
            ([nothing, bad], "why", version, errors.ChangeNotUsable),
            ([nothing], "why", version, errors.NothingToChange),
            ([], "why", None, errors.NothingToChange),
        ]:
            with pytest.raises(refusal) as refused:
                publish_change(changes, "employee:editor", reason, expected)
        assert [one.version for one in editions()] == [version]
        assert refused.value.code == "contact_nothing_to_change"

    @pytest.mark.parametrize("table", ["edition", "contacttopic", "openinghours", "contactentry", "calendarday"])
    def test_what_is_printed_stays_printed(self, table: str) -> None:
        for statement in (f"DELETE FROM official_contacts_{table}", f"UPDATE official_contacts_{table} SET id = id"):
            with pytest.raises((IntegrityError, ProgrammingError)), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)


def both(entry: Any) -> tuple[Words, Words]:
    return entry.name, entry.note


def test_two_editors_at_once_with_one_edition_in_hand(fresh_database: FreshDatabase) -> None:
    version = editions()[0].version
    results = fresh_database.at_once(
        lambda: publish_change([DropEntry("weibo")], "employee:one", "closed", version),
        lambda: publish_change([DropEntry("wechat")], "employee:two", "closed", version),
    )
    assert sum(isinstance(one, EditionView) for one in results) == 1
    assert sum(isinstance(one, errors.EditionMoved) for one in results) == 1
