"""The house exchanges its keys: what lies sealed is read on, is sealed anew, and then the earlier keys may be forgotten."""

from __future__ import annotations

import base64
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from tests.factories.foundation import a_user
from tests.factories.hotline import an_agent, an_old_customer
from tests.factories.hours import open_at_all_hours
from tests.factories.identity import TOTP_SECRET, with_totp
from tests.factories.money import a_shop
from tests.factories.recordings import SOUND, recorded
from tests.factories.telling import a_browser
from tests.factories.webhooks import owner_of
from tests.fakes.carriers import carriers
from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.identity.public import prove_totp, reseal_seeds, totp_now
from walletdesk.foundation.key_files import public as key_files
from walletdesk.foundation.sealing.public import Resealed, SealBroken
from walletdesk.money.payments.services.stop_transfers import _read as transfer_of_link
from walletdesk.money.payments.services.stop_transfers import stop_token
from walletdesk.project.command import main
from walletdesk.project.processes.data_folder import held, secret_keys
from walletdesk.service.hotline.public import hear_own_recording, reseal_calls, show_digits
from walletdesk.service.notifications.models import Message, PushSubscription
from walletdesk.service.notifications.public import post_code, reseal_words, subscribe_push
from walletdesk.service.notifications.sealing import unseal
from walletdesk.service.webhooks.models import Endpoint
from walletdesk.service.webhooks.public import add_endpoint, reseal_endpoints, rotate_secret
from walletdesk.service.webhooks.sealing import unseal as secret_of
from walletdesk.trust.customers.public import CustomerView

FIRST, SECOND = (base64.b64encode(letter * 32).decode() for letter in (b"1", b"2"))
VERBS = (reseal_seeds, reseal_endpoints, reseal_words, reseal_calls)
Turn = Callable[[str, str], None]


@pytest.fixture
def turn(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Turn:
    """Both keys of the house: the one in force, and the one before it or none."""

    def to(key: str, before: str = "") -> None:
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = key, [before] if before else []
        monkeypatch.setenv("WALLETDESK_RECORDING_KEY", key)
        monkeypatch.setenv("WALLETDESK_RECORDING_KEY_BEFORE", before)

    to(FIRST)
    return to


@dataclass
class Sealed:
    """Something of each kind, and how it reads."""

    lin: CustomerView
    app: UUID
    recording: str
    transfer: UUID

    def reads(self) -> tuple[Any, ...]:
        endpoint, message = Endpoint.objects.get(), Message.objects.get()
        browser = PushSubscription.objects.get()
        return (
            prove_totp(self.app, "000000"),
            secret_of(endpoint.sealed_secret, endpoint.id),
            secret_of(endpoint.sealed_old_secret or "", endpoint.id),
            unseal(message.sealed or b"", str(message.id)),
            unseal(browser.sealed_keys, str(browser.id)),
            show_digits(self.lin.id).step_seconds,
            b"".join(hear_own_recording(self.lin.id, self.recording).pieces) == SOUND,
        )


@pytest.fixture
def sealed(turn: Turn, tmp_path: Path, settings: Any, django_capture_on_commit_callbacks: Any) -> Iterator[Sealed]:
    settings.DATA_FOLDER = tmp_path
    open_at_all_hours()
    lin = an_old_customer()
    app = with_totp(a_user("app@example.com"))
    _, recording = recorded(an_agent("1024"), lin, django_capture_on_commit_callbacks)
    owner = owner_of(a_shop())
    endpoint, _ = add_endpoint(owner, "https://shop.example.com/", (), "till")
    rotate_secret(owner, endpoint.id)
    with carriers():
        subscribe_push(lin.id, a_browser())
        post_code("sms", "+8613900000001", "sign_in", "123456", "en", 10)
        yield Sealed(lin, app.id, recording, uuid7())


@pytest.mark.django_db
def test_keys_are_exchanged_while_everything_runs(sealed: Sealed, turn: Turn) -> None:
    as_it_was, link = sealed.reads(), stop_token(sealed.transfer)
    turn(SECOND, FIRST)
    assert sealed.reads() == as_it_was
    assert transfer_of_link(link) == sealed.transfer, "a stop link that was sent still stops"
    assert [verb() for verb in VERBS] == [
        Resealed(renewed=1),
        Resealed(renewed=1),
        Resealed(renewed=2),
        Resealed(renewed=2),
    ]
    assert [verb() for verb in VERBS] == [
        Resealed(current=1),
        Resealed(current=1),
        Resealed(current=2),
        Resealed(current=2),
    ]
    turn(SECOND, "")
    assert sealed.reads() == as_it_was
    assert prove_totp(sealed.app, totp_now(TOTP_SECRET, now()))
    assert transfer_of_link(link) is None


@pytest.mark.django_db
def test_a_key_forgotten_too_early_is_said_and_changes_nothing(sealed: Sealed, turn: Turn) -> None:
    as_it_was = sealed.reads()
    turn(SECOND, "")
    assert [verb().broken for verb in VERBS] == [1, 1, 2, 2]
    with pytest.raises(SealBroken):
        sealed.reads()
    turn(FIRST, "")
    assert sealed.reads() == as_it_was


class TestInTheDataFolder:
    @pytest.fixture
    def folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.setenv("WALLETDESK_DATA", str(tmp_path))
        for name in ("WALLETDESK_SECRET_KEY", "WALLETDESK_RECORDING_KEY"):
            monkeypatch.delenv(name, raising=False)
        return tmp_path

    def keys(self, folder: Path) -> tuple[dict[str, str], tuple[bytes, ...]]:
        key_files.lines_before.cache_clear()
        return secret_keys(folder), key_files.secrets_in_turn("WALLETDESK_RECORDING_KEY", folder / "recordings.key")

    def test_the_old_ones_stay_beside_the_new_ones(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (signs, _), calls = self.keys(folder)[0].values(), self.keys(folder)[1]
        for turns in (1, 2):
            assert main(["keys", "renew"]) == 0
            (now_signs, before), now_calls = self.keys(folder)[0].values(), self.keys(folder)[1]
            assert (len(before.split(",")), len(now_calls)) == (turns, turns + 1)
            assert (before.split(",")[-1], now_calls[-1]) == (signs, calls[0])
            assert now_signs not in before
        assert "then `walletdesk keys reseal`" in capsys.readouterr().out
        assert {stat.S_IMODE(one.stat().st_mode) for one in folder.glob("*key*")} == {0o600}

    def test_not_while_something_runs(self, folder: Path) -> None:
        as_it_was = self.keys(folder)
        with held(folder):
            assert main(["keys", "renew"]) == 1
        assert self.keys(folder) == as_it_was

    def test_those_from_settings_are_exchanged_there(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("WALLETDESK_SECRET_KEY", "theirs")
        monkeypatch.setenv("WALLETDESK_SECRET_KEY_BEFORE", "older")
        assert main(["keys", "renew"]) == 0
        said = capsys.readouterr().out
        assert "secret-key: comes from WALLETDESK_SECRET_KEY" in said
        assert "recordings.key: not made yet" in said
        assert list(secret_keys(folder).values()) == ["theirs", "older"]
