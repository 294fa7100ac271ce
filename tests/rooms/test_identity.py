"""Identity: addresses, passwords, devices, sessions, second factors; what happens to them and what is told of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.contrib.auth import get_user_model
from django.contrib.auth import login as django_login
from django.db import IntegrityError, transaction
from django.test import Client, RequestFactory

from tests.factories.foundation import a_user
from tests.factories.identity import TOTP_SECRET, a_signed_in_browser, facts_told, with_totp
from walletdesk.foundation.clock.public import at, now
from walletdesk.foundation.identity.models import Device, FormerAddress, Session
from walletdesk.foundation.identity.public import (
    AddressChanged,
    AddressTaken,
    DeviceAdded,
    DeviceEnded,
    DeviceNotFound,
    FactorAdded,
    FactorLocked,
    FactorNotFound,
    FactorRemoved,
    FactorWrong,
    LastFactor,
    PasswordChanged,
    PasswordNotUsable,
    SignInLocked,
    add_totp,
    addresses_of_many,
    addresses_to_tell,
    change_address,
    devices_of,
    end_all_sessions,
    end_device,
    enrol_device,
    factor_kinds,
    factors_of,
    known_device,
    new_recovery_codes,
    new_totp_secret,
    prove_totp,
    remove_factor,
    remove_factors,
    set_password,
    sign_up_user,
    strong_factors_of,
    totp_now,
    use_recovery_code,
    users_by_address,
    verified_addresses,
)

pytestmark = pytest.mark.django_db
ANDROID = "Mozilla/5.0 (Linux; Android 14) Chrome/131 Mobile Safari/537.36"
GOOD = "four otters paint slowly"


# ---- addresses ----


def test_somebody_signs_up_by_mail_by_phone_or_both_and_is_found_however_it_is_written() -> None:
    lin = sign_up_user("Lin@Example.com", GOOD)
    wang = sign_up_user(None, GOOD, phone="+8613800002046")
    assert [one.id for one in users_by_address("LIN@example.COM")] == [lin.id]
    assert [one.id for one in users_by_address("138 0000 2046")] == [wang.id]
    assert users_by_address("nobody@example.com") == users_by_address("no address") == []
    assert [one.masked for one in verified_addresses(wang.id)] == ["138****2046"]


@pytest.mark.parametrize(("email", "phone"), [("LIN@example.com", None), (None, "+8613800002046")])
def test_an_address_belongs_to_one_person(email: str | None, phone: str | None) -> None:
    sign_up_user("lin@example.com", GOOD, phone="+8613800002046")
    with pytest.raises(AddressTaken):
        sign_up_user(email, GOOD, phone=phone)


def test_nobody_is_without_an_address_and_only_an_address_is_verified() -> None:
    lin = sign_up_user("lin@example.com", GOOD)
    users = get_user_model().objects.filter(pk=lin.pk)
    for change in ({"email": None}, {"phone_verified_at": now()}, {"phone": "13800002046"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            users.update(**change)


def test_a_new_address_replaces_the_old_which_is_told_for_thirty_days() -> None:
    lin = sign_up_user("lin@example.com", GOOD)
    change_address(lin.id, "new@example.com")
    change_address(lin.id, "138 0000 2046")
    assert {one.value for one in verified_addresses(lin.id)} == {"new@example.com", "+8613800002046"}
    assert "lin@example.com" in {one.value for one in addresses_to_tell(lin.id)}
    told = facts_told(AddressChanged)
    assert [(one.kind, one.old) for one in told] == [("email", "lin@example.com"), ("sms", "")]
    with at(now() + timedelta(days=31)):
        assert "lin@example.com" not in {one.value for one in addresses_to_tell(lin.id)}


def test_many_are_read_at_once(django_assert_num_queries: Any) -> None:
    people = [sign_up_user(f"p{n}@example.com", GOOD) for n in range(5)]
    with django_assert_num_queries(2):
        found = addresses_of_many([one.id for one in people], former=True)
    assert {one.value for ones in found.values() for one in ones} == {f"p{n}@example.com" for n in range(5)}


def test_the_address_of_another_is_not_taken_over() -> None:
    lin, wang = sign_up_user("lin@example.com", GOOD), sign_up_user("wang@example.com", GOOD)
    with pytest.raises(AddressTaken):
        change_address(lin.id, "WANG@example.com")
    assert [one.id for one in users_by_address("wang@example.com")] == [wang.id]
    assert not FormerAddress.objects.exists()


# ---- passwords ----


@pytest.mark.parametrize("weak", ["short", "password1", "aaaaaaaaaaaaab", "lin@example", "x" * 600])
def test_a_password_that_is_soon_guessed_is_refused_with_its_reason(weak: str) -> None:
    lin = sign_up_user("lin@example.com", GOOD)
    with pytest.raises(PasswordNotUsable) as refused:
        set_password(lin.id, weak)
    assert refused.value.fields["why"]


def test_a_new_password_ends_every_session_and_forgets_the_failures() -> None:
    lin = sign_up_user("lin@example.com", GOOD)
    AccessAttempt.objects.create(username="lin@example.com", ip_address="203.0.113.99", failures_since_start=5)
    here, there = a_signed_in_browser(lin), a_signed_in_browser(lin)
    assert set_password(lin.id, "seven yellow bicycles rest", here.session.session_key) == 1
    assert not Session.objects.filter(session_key=there.session.session_key).exists()
    assert not AccessAttempt.objects.exists()
    assert [one.user_id for one in facts_told(PasswordChanged)] == [lin.id]


# ---- devices and sessions ----


def test_the_first_device_has_no_limits_and_the_next_has_them_for_twelve_hours() -> None:
    lin = a_user()
    first = enrol_device(lin.id, ANDROID, "first")
    second = enrol_device(lin.id, "", "totp")
    assert (first.view.name, first.view.limits_until) == ("Chrome · Android", None)
    assert second.view.limits_until is not None
    with at(now() + timedelta(hours=12, seconds=1)):
        assert [one.limits_until for one in devices_of(lin.id)] == [None, None]
    assert [bool(one.limits_until) for one in facts_told(DeviceAdded)] == [False, True]


def test_a_device_is_known_by_its_token_alone_and_only_to_its_user() -> None:
    lin, wang = a_user(), a_user()
    made = enrol_device(lin.id, ANDROID, "first")
    assert known_device(lin.id, made.token) == made.view
    assert known_device(wang.id, made.token) is None
    assert known_device(lin.id, "") is known_device(lin.id, "another") is None
    assert made.token not in Device.objects.get().token_hash
    again = enrol_device(lin.id, ANDROID, "sms", made.token)
    assert again.view.id == made.view.id, "the same browser is the same device"
    shared = enrol_device(wang.id, ANDROID, "first", made.token)
    assert shared.token == made.token and shared.view.id != made.view.id


def test_an_ended_device_is_out_at_once_and_comes_back_as_a_new_one() -> None:
    lin = a_user()
    browser = a_signed_in_browser(lin)
    kept, token = Device.objects.get(), browser.cookies["__Host-device"].value
    assert browser.get("/after-sign-in/").status_code == 200
    assert end_device(lin.id, kept.id) == 1
    assert browser.get("/after-sign-in/").headers["Location"].startswith("/sign-in/")
    assert known_device(lin.id, token) is None
    back = enrol_device(lin.id, ANDROID, "sms", token)
    assert back.view.id != kept.id and back.token != token and back.view.limits_until
    assert [one.device_id for one in facts_told(DeviceEnded)] == [kept.id]
    with pytest.raises(DeviceNotFound):
        end_device(lin.id, kept.id)


def test_a_device_of_another_is_no_device() -> None:
    lin, wang = a_user(), a_user()
    hers = enrol_device(lin.id, ANDROID, "first").view
    for device_id in (hers.id, uuid4()):
        with pytest.raises(DeviceNotFound):
            end_device(wang.id, device_id)


def test_every_session_but_one_ends() -> None:
    lin, wang = a_user(), a_user()
    browsers = [a_signed_in_browser(lin) for _ in range(3)]
    other = a_signed_in_browser(wang)
    assert end_all_sessions(lin.id, browsers[0].session.session_key) == 2
    alive = [browser.get("/security/").status_code for browser in (*browsers, other)]
    assert alive == [200, 302, 302, 200]


def test_the_database_keeps_devices_as_they_were() -> None:
    lin, wang = a_user(), a_user()
    row = Device.objects.get(pk=enrol_device(lin.id, ANDROID, "first").view.id)
    end_device(lin.id, row.id)
    mine = Device.objects.filter(pk=row.pk)
    for change in ({"user": wang}, {"ended_at": None}, {"token_hash": "0" * 64}, {"limits_until": now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            mine.update(**change)


# ---- second factors ----


def test_an_authenticator_is_kept_sealed_and_only_after_its_first_code() -> None:
    lin = a_user()
    secret = new_totp_secret()
    with pytest.raises(FactorWrong):
        add_totp(lin.id, secret, "000000" if totp_now(secret, now()) != "000000" else "000001")
    assert not factors_of(lin.id)
    add_totp(lin.id, secret, totp_now(secret, now()))
    assert secret not in str(Authenticator.objects.get().data)
    assert strong_factors_of(lin.id) == {"totp"}
    assert [one.kind for one in facts_told(FactorAdded)] == ["totp"]


def test_a_code_works_once_and_the_next_works_again() -> None:
    lin = with_totp(a_user())
    shown = totp_now(TOTP_SECRET, now())
    assert prove_totp(lin.id, shown)
    assert not prove_totp(lin.id, shown)
    with at(now() + timedelta(seconds=60)):
        assert prove_totp(lin.id, totp_now(TOTP_SECRET, now()))


def test_five_wrong_codes_rest_for_a_quarter_of_an_hour_whatever_they_were() -> None:
    lin = with_totp(a_user())
    new_recovery_codes(lin.id)
    for number in range(5):
        assert not (prove_totp if number % 2 else use_recovery_code)(lin.id, "not a code")
    with pytest.raises(FactorLocked) as rest:
        prove_totp(lin.id, totp_now(TOTP_SECRET, now()))
    assert 0 < rest.value.retry_after <= 900
    assert [one.reason for one in facts_told(SignInLocked)] == ["factor"]
    with at(now() + timedelta(seconds=901)):
        assert prove_totp(lin.id, totp_now(TOTP_SECRET, now()))


def test_recovery_codes_work_once_each_and_a_new_set_kills_the_old() -> None:
    lin = a_user()
    codes = new_recovery_codes(lin.id)
    assert len(set(codes)) == 10
    assert use_recovery_code(lin.id, codes[0].upper().replace("-", " "))
    assert not use_recovery_code(lin.id, codes[0])
    assert next(one.left for one in factors_of(lin.id)) == 9
    assert codes[1] not in str(Authenticator.objects.get().data)
    new_recovery_codes(lin.id)
    assert not use_recovery_code(lin.id, codes[1])
    assert factor_kinds(lin.id) == {"recovery_code"}


def test_the_last_way_to_prove_oneself_does_not_go_by_a_tap() -> None:
    lin, wang = with_totp(a_user()), a_user()
    (only,) = factors_of(lin.id)
    with pytest.raises(FactorNotFound):
        remove_factor(wang.id, only.id)
    with pytest.raises(LastFactor):
        remove_factor(lin.id, only.id)
    new_recovery_codes(lin.id)
    with pytest.raises(LastFactor):
        remove_factor(lin.id, only.id)
    assert remove_factors(lin.id) == 2, "the way back may"
    assert {one.kind for one in facts_told(FactorRemoved)} == {"totp", "recovery_code"}


def test_a_sealed_secret_opens_for_its_owner_only() -> None:
    lin, wang = with_totp(a_user()), with_totp(a_user())
    stolen = Authenticator.objects.get(user=lin)
    Authenticator.objects.filter(user=wang).update(data=stolen.data)
    assert not prove_totp(wang.id, totp_now(TOTP_SECRET, now()))
    assert prove_totp(lin.id, totp_now(TOTP_SECRET, now()))


def test_a_session_knows_its_user_and_its_device() -> None:
    lin = a_user()
    browser = a_signed_in_browser(lin)
    row = Session.objects.get(session_key=browser.session.session_key)
    assert (row.user_id, row.device_id) == (lin.id, Device.objects.get().id)
    request = RequestFactory().get("/")
    request.session = Client().session
    django_login(request, lin, backend="allauth.account.auth_backends.AuthenticationBackend")
    request.session.save()
    assert Session.objects.get(session_key=request.session.session_key).device_id is None
