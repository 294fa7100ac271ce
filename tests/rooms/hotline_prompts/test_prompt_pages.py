"""The page of prompts: who may stand there, what it shows, and a recording's way into use."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.factories.desk_browser import at_desk, text_of
from tests.factories.foundation import a_png
from tests.factories.recordings import a_wav, pitch_of
from tests.factories.trust import a_customer, an_employee
from walletdesk.service.hotline.prompts.public import history_of, takes_of
from walletdesk.trust.staff.public import EmployeeView

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(editor: EmployeeView) -> Client:
    return at_desk(editor)


def here(piece: str = "position.1", language: str = "en") -> str:
    return reverse("prompt-piece", args=[language, piece])


def sent(client: Client, content: bytes, piece: str = "position.1", name: str = "take.wav", **fields: str):
    upload = SimpleUploadedFile(name, content, content_type="audio/wav")
    return client.post(reverse("prompt-take-in", args=["en", piece]), {"sound": upload, **fields})


def test_only_editors_and_supervisors_find_it(client: Client) -> None:
    assert Client().get(here()).status_code == 302
    assert at_desk(a_customer()).get(here()).status_code in (302, 404)
    assert at_desk(an_employee("agent")).get(here()).status_code == 403
    assert at_desk(an_employee("supervisor")).get(here()).status_code == 200
    assert client.get(here()).status_code == 200


def test_the_list_begins_where_a_call_begins(client: Client) -> None:
    response = client.get(reverse("prompts"), follow=True)
    assert response.redirect_chain[-1][0] == here("welcome")
    text = text_of(response)
    assert "Welcome to the Walletdesk service line." in text
    assert "You are number [number] in the queue. The expected wait is [length of time]." in text


def test_a_chinese_reader_begins_with_what_chinese_callers_hear(editor: EmployeeView) -> None:
    response = at_desk(editor, "zh-hans").get(reverse("prompts"), follow=True)
    assert response.redirect_chain[-1][0] == here("welcome", "zh")
    assert "您排在第[数字]位，预计等候[时长]。" in text_of(response)


def test_only_here_may_a_page_ask_for_the_microphone(client: Client) -> None:
    assert client.get(here()).headers["Permissions-Policy"].startswith("microphone=(self)")
    policy = client.get(here()).headers["Content-Security-Policy"]
    assert "unsafe" not in policy


@pytest.mark.parametrize("where", [("welcome", "fr"), ("lullaby", "en"), ("position.9", "en")])
def test_what_is_not_there_is_not_found(client: Client, where: tuple[str, str]) -> None:
    assert client.get(here(*where)).status_code == 404


def test_the_other_language_is_one_press_away_also_where_a_piece_has_no_twin(client: Client) -> None:
    for piece in ("position.1", "n.7", "d.1", "call_code.2", "l.a"):
        language = "zh" if piece == "d.1" else "en"
        page = client.get(here(piece, language)).content.decode()
        for tongue in ("zh-Hans", "en"):
            found = re.search(rf'<a href="([^"]+)" lang="{tongue}"', page)
            assert found
            assert client.get(found[1]).status_code == 200


def test_a_recording_is_sent_in_heard_and_put_into_use(client: Client) -> None:
    response = sent(client, a_wav(523), origin="recorded")
    (take,) = takes_of("en", "position.1")
    assert response.status_code == 302
    assert response.url == f"{here()}#take-{take.id}"
    assert "Not heard yet" in text_of(client.get(here()))

    use = reverse("prompt-use", args=["en", "position.1", take.id])
    refused = client.post(use)
    assert refused.status_code == 409
    assert "Nobody has listened to this recording yet" in text_of(refused)

    sound = client.get(reverse("prompt-take-sound", args=[take.id]))
    assert sound.headers["Content-Type"] == "audio/wav"
    assert pitch_of(sound.content) == pytest.approx(523, abs=2)
    assert client.post(use).url == here()
    page = text_of(client.get(here()))
    assert "In use" in page
    assert "Our recording" in page
    assert "Agent" in page

    hear = client.get(reverse("prompt-sound", args=["en", "position.1"]))
    assert pitch_of(hear.content) == pytest.approx(523, abs=2)
    assert client.post(reverse("prompt-use-own", args=["en", "position.1"])).url == here()
    assert "Synthetic sound" in text_of(client.get(here()))
    assert len(history_of("en", "position.1")) == 2


@pytest.mark.parametrize(
    ("content", "status", "words"),
    [
        (a_png(), 415, "Only plain WAV recordings are taken"),
        (a_wav(loud=0.0), 422, "There is hardly any sound"),
        (a_wav(seconds=0.02), 422, "too short"),
    ],
    ids=["a picture", "silence", "a click"],
)
def test_what_is_refused_is_said_where_it_was_sent(client: Client, content: bytes, status: int, words: str) -> None:
    response = sent(client, content, name="prompt.wav")
    assert response.status_code == status
    assert words in text_of(response)
    assert "What callers hear has not changed" in text_of(response)
    assert takes_of("en", "position.1") == []


def test_nothing_chosen_is_refused_kindly(client: Client) -> None:
    response = client.post(reverse("prompt-take-in", args=["en", "position.1"]))
    assert response.status_code == 422
    assert "There is no sound in this" in text_of(response)


def test_the_waiting_music_can_be_heard(client: Client) -> None:
    assert "nobody’s tune" in text_of(client.get(reverse("prompt-music", args=["en"])))
    sound = client.get(reverse("prompt-sound", args=["en", "music"]))
    assert len(sound.content) > 300_000


def test_the_products_own_sound_stays_to_be_compared(client: Client) -> None:
    address = reverse("prompt-sound", args=["en", "position.1"])
    own = client.get(address).content
    take_id = sent(client, a_wav(523)).url.rsplit("take-", 1)[1]
    client.get(reverse("prompt-take-sound", args=[take_id]))
    client.post(reverse("prompt-use", args=["en", "position.1", take_id]))
    assert client.get(address).content != own
    assert client.get(f"{address}?own=1").content == own
