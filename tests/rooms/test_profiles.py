"""Figures with dates: what holds now, what held then, what may never be rewritten."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from walletdesk.foundation.clock.public import at, now
from walletdesk.foundation.profiles.public import ProfileDatedTwice, ProfileUnknown, history, set_value, value


def test_a_fresh_house_has_its_figures(db):
    assert value("pin.tries") == 5
    assert value("upload.max_bytes") == 10 * 1024 * 1024
    assert value("case.promise_seconds")["duplicate_charge"] == 7200
    assert "2026" in history("merchant.fee_bps")[0].source


def test_a_new_figure_holds_from_its_moment_and_the_old_one_stays_true_of_the_past(db):
    tomorrow = now() + timedelta(days=1)
    set_value("merchant.fee_bps", 45, valid_from=tomorrow, source="decision 12")
    assert value("merchant.fee_bps") == 60
    assert value("merchant.fee_bps", at=tomorrow) == 45
    with at(tomorrow + timedelta(hours=1)):
        assert value("merchant.fee_bps") == 45
    assert [row.value for row in history("merchant.fee_bps")] == [45, 60]


def test_two_figures_from_one_moment_are_refused(db):
    moment = datetime(2030, 1, 1, tzinfo=UTC)
    set_value("pin.tries", 4, valid_from=moment, source="a")
    with pytest.raises(ProfileDatedTwice):
        set_value("pin.tries", 3, valid_from=moment, source="b")
    assert value("pin.tries", at=moment) == 4


def test_an_unknown_key_is_never_a_silent_default(db):
    with pytest.raises(ProfileUnknown):
        value("pin.tires")
    with pytest.raises(ProfileUnknown):
        value("pin.tries", at=datetime(1999, 1, 1, tzinfo=UTC))


def test_a_figure_that_was_rolled_back_is_not_remembered(fresh_database):
    assert value("pin.tries") == 5
    with transaction.atomic():
        set_value("pin.tries", 2, source="will be undone")
        assert value("pin.tries") == 2
        transaction.set_rollback(True)
    assert value("pin.tries") == 5


def test_a_committed_figure_is_seen_at_once_and_read_seldom(fresh_database, django_assert_num_queries):
    set_value("pin.tries", 3, source="for good")
    assert value("pin.tries") == 3
    with django_assert_num_queries(0):
        assert value("pin.tries") == 3


def test_the_application_cannot_rewrite_what_held(fresh_database):
    for statement in ("UPDATE profiles_profile SET value = '0'", "DELETE FROM profiles_profile"):
        with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
            cursor.execute(statement)
