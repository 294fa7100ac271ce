"""Web Push against a push service that knows nothing of our library: it checks our signature and opens what was sealed for it."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from pathlib import Path
from signal import SIGKILL

import pytest

from tests.contracts.practice_post import PushService, push_service
from walletdesk.adapters.push.web_push import WebPush
from walletdesk.service.notifications.ports import PushTarget
from walletdesk_sandbox.push.opening import BrowserKeys, bytes_of, opened

WORDS = json.dumps({"title": "Walletdesk", "body": "已付青禾面包 ¥38.00"}, ensure_ascii=False).encode()
TOPIC = "0" * 32
PATIENCE, HASTE = 30.0, 0.7
"""Seconds. Only who waits for a push service that is silent is hasty, so that a busy machine fails nothing."""


@pytest.fixture(scope="module")
def service() -> Iterator[PushService]:
    with push_service() as running:
        yield running


@pytest.fixture
def pusher(service: PushService, tmp_path: Path) -> Iterator[WebPush]:
    service.all_well()
    ours = WebPush(tmp_path, "mailto:service@walletdesk.example", (service.url,), deadline=PATIENCE)
    yield ours
    ours.close()
    service.all_well()


def a_browser(service: PushService, pusher: WebPush) -> tuple[str, PushTarget]:
    given = service.subscription(pusher.public_key())
    return given["id"], PushTarget(given["endpoint"], given["p256dh"], given["auth"])


def test_a_browser_reads_what_was_sealed_for_it(service: PushService, pusher: WebPush) -> None:
    its_id, target = a_browser(service, pusher)
    assert pusher.send(target, WORDS, 300, TOPIC, urgent=True).outcome == "taken"
    (read,) = [one for one in service.received() if one["id"] == its_id]
    assert read["words"] == json.loads(WORDS)
    assert (read["topic"], read["urgency"], read["ttl"]) == (TOPIC, "high", 300)
    assert read["subject"] == "mailto:service@walletdesk.example"


def test_another_house_is_not_let_in(service: PushService, pusher: WebPush, tmp_path: Path) -> None:
    _, target = a_browser(service, pusher)
    stranger = WebPush(tmp_path / "another", "mailto:x@y.example", (service.url,), deadline=PATIENCE)
    assert stranger.send(target, WORDS, 300, TOPIC, urgent=False).outcome == "for_good"


def test_a_token_that_is_too_old_is_not_taken(service: PushService, tmp_path: Path) -> None:
    late = WebPush(tmp_path, "mailto:x@y.example", (service.url,), deadline=PATIENCE, clock=lambda: 1_000_000.0)
    _, target = a_browser(service, late)
    assert late.send(target, WORDS, 300, TOPIC, urgent=False).outcome == "for_good"


@pytest.mark.parametrize(
    ("answer", "outcome", "gone"),
    [
        (404, "for_good", True),
        (410, "for_good", True),
        (400, "for_good", False),
        (413, "for_good", False),
        (429, "for_now", False),
        (500, "for_now", False),
        (503, "for_now", False),
    ],
)
def test_what_a_push_service_answers(
    service: PushService, pusher: WebPush, answer: int, outcome: str, gone: bool
) -> None:
    _, target = a_browser(service, pusher)
    service.fault(answer=answer)
    said = pusher.send(target, WORDS, 300, TOPIC, urgent=False)
    assert (said.outcome, said.gone) == (outcome, gone)


def test_a_browser_that_left_is_gone(service: PushService, pusher: WebPush) -> None:
    its_id, target = a_browser(service, pusher)
    service.leaves(its_id)
    assert pusher.send(target, WORDS, 300, TOPIC, urgent=False).gone


def test_silence_is_tried_again_because_the_topic_replaces(
    service: PushService, pusher: WebPush, tmp_path: Path
) -> None:
    hasty = WebPush(tmp_path, "mailto:x@y.example", (service.url,), deadline=HASTE)
    _, target = a_browser(service, pusher)
    service.fault(lose_answer=True)
    assert hasty.send(target, WORDS, 300, TOPIC, urgent=False).outcome == "for_now"
    hasty.close()


def test_w01_a_redirect_is_not_followed(service: PushService, pusher: WebPush) -> None:
    _, target = a_browser(service, pusher)
    service.fault(redirect=f"{service.url}/subscriptions")
    assert pusher.send(target, WORDS, 300, TOPIC, urgent=False).outcome == "for_good"


def test_w01_an_address_outside_of_the_known_services_is_never_called(service: PushService, tmp_path: Path) -> None:
    pusher = WebPush(tmp_path, "mailto:x@y.example", ("https://fcm.googleapis.com",), deadline=PATIENCE)
    its_id, target = a_browser(service, pusher)
    said = pusher.send(target, WORDS, 300, TOPIC, urgent=False)
    assert (said.outcome, said.gone) == ("for_good", True)
    assert not [one for one in service.received() if one["id"] == its_id]


@pytest.mark.parametrize("p256dh", ["", "AAAA", "BB" + "A" * 85])
def test_keys_of_no_use_end_the_subscription(service: PushService, pusher: WebPush, p256dh: str) -> None:
    _, target = a_browser(service, pusher)
    broken = PushTarget(target.endpoint, p256dh, target.auth)
    said = pusher.send(broken, WORDS, 300, TOPIC, urgent=False)
    assert (said.outcome, said.gone) == ("for_good", True)


def test_nobody_there(service: PushService, pusher: WebPush) -> None:
    _, target = a_browser(service, pusher)
    service.end(SIGKILL)
    try:
        assert pusher.send(target, WORDS, 300, TOPIC, urgent=False).outcome == "not_reached"
    finally:
        service.start()


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    first = WebPush(tmp_path, "mailto:x@y.example", ()).public_key()
    assert WebPush(tmp_path, "mailto:x@y.example", ()).public_key() == first
    assert stat.S_IMODE((tmp_path / "web-push.key").stat().st_mode) == 0o600
    assert (len(bytes_of(first)), bytes_of(first)[0]) == (65, 4)


def test_the_practice_browser_opens_the_example_of_the_rfc() -> None:
    """RFC 8291, section 5 and appendix A: who opens this opens what any push service carries."""
    from cryptography.hazmat.primitives.asymmetric import ec

    private = ec.derive_private_key(
        int.from_bytes(bytes_of("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"), "big"), ec.SECP256R1()
    )
    keys = BrowserKeys(private, bytes_of("BTBZMqHH6r4Tts7J_aSIgg"), b"")
    sealed = bytes_of(
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_"
        "yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )
    assert opened(sealed, keys) == b"When I grow up, I want to be a watermelon"
