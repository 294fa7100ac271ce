"""J10 by real telephones: baresip through TLS, SRTP, Kamailio and rtpengine as they are shipped, and one by plain UDP.

Nothing of ours stands at the far end: two soft-phones key their way to an agent's window, and each is heard by its tone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.contracts.soft_phone import SoftPhone, baresip
from tests.contracts.telephone_edge import PROGRAMS, edge, missing
from tests.stories.answering import a_bilingual_desk, answers, at_the_telephone, both_were_recorded, writes_down
from tests.stories.calling import (
    AGENT_HERTZ,
    CALLER_HERTZ,
    THIRD_HERTZ,
    CallingProduct,
    eventually,
    hears,
)
from tests.stories.conftest import Window
from tests.stories.telephones import beside
from walletdesk.service.hotline.public import CallView, call_view, live_calls

NOT_HERE = missing(*PROGRAMS)
pytestmark = [pytest.mark.skipif(bool(NOT_HERE), reason=f"not run: no {NOT_HERE} here"), pytest.mark.serial]
OUTSIDE, INSIDE = "13900001111", "13900002222"
LONG_ENOUGH = 180.0


@pytest.fixture
def encrypted(calling: CallingProduct, tmp_path: Path) -> Iterator[int]:
    """The port of TLS before this hotline."""
    folder = tmp_path / "edge"
    folder.mkdir()
    with beside(edge(folder, calling.line)) as port:
        yield port


def by_tls_and_srtp(folder: Path, port: int, hertz: float) -> AbstractContextManager[SoftPhone]:
    folder.mkdir()
    account = f"<sip:{OUTSIDE}@127.0.0.1;transport=tls>;regint=0;mediaenc=srtp-mand;audio_codecs=PCMU/8000/1"
    dial, more = f"sip:hotline@127.0.0.1:{port};transport=tls", "sip_verify_server no\n"
    return beside(baresip(folder, hertz, dial, account=account, modules=("srtp",), seconds=LONG_ENOUGH, more=more))


def by_plain_udp(folder: Path, line: str, hertz: float) -> AbstractContextManager[SoftPhone]:
    folder.mkdir()
    account = f"<sip:{INSIDE}@127.0.0.1>;regint=0;audio_codecs=PCMU/8000/1"
    return beside(baresip(folder, hertz, f"sip:hotline@{line}", account=account, seconds=LONG_ENOUGH))


def keys_to_a_person(phone: SoftPhone, number: str) -> CallView:
    """English, the recording may run, a person: each key when we ask for it. Then in the line."""

    def mine() -> list[CallView]:
        return [call for call in live_calls() if call.number_shown.endswith(number)]

    for place, key in (("choosing_language", "2"), ("consent", "1"), ("choosing", "0")):
        eventually(lambda place=place: [call.place for call in mine()] == [place], f"{place}\n{phone.log()[-2000:]}")
        phone.key(key)
    eventually(lambda: mine()[0].place in ("waiting", "connecting"), "a place in the line")
    return mine()[0]


def both_hear(agent: Page, phone: SoftPhone, hertz: float) -> None:
    """Long enough for a recording to hold more than one moment of it."""
    hears(agent, hertz)
    eventually(lambda: phone.hears(AGENT_HERTZ, seconds=2), f"{AGENT_HERTZ} Hz in the soft-phone, not {phone.ear()}")


def ends(agent: Page, phone: SoftPhone, call: CallView) -> None:
    """The agent hangs up; the caller is asked, answers by key, and is let go."""
    agent.locator("#softphone button[value=hang_up]").click()
    eventually(lambda: call_view(call.id).place == "surveying", "the survey")
    phone.key("5")
    eventually(lambda: phone.is_over, "our BYE")


def test_j10_two_soft_phones_one_behind_the_edge_and_one_agent(
    calling: CallingProduct, encrypted: int, window: Window, tmp_path: Path
) -> None:
    desk = a_bilingual_desk()
    agent = at_the_telephone(window(), "Zhou Lan", AGENT_HERTZ)

    with by_tls_and_srtp(tmp_path / "outside", encrypted, CALLER_HERTZ) as outside:
        first = keys_to_a_person(outside, OUTSIDE)
        answers(agent)
        both_hear(agent, outside, CALLER_HERTZ)
        assert "SRTP is Enabled" in outside.log()

        with by_plain_udp(tmp_path / "inside", calling.line, THIRD_HERTZ) as inside:
            second = keys_to_a_person(inside, INSIDE)
            eventually(lambda: inside.ear()[1] > 200, "something to hear in the line")
            assert call_view(second.id).place == "waiting", "the only agent is with somebody"
            both_hear(agent, outside, CALLER_HERTZ)
            ends(agent, outside, first)
            writes_down(agent, "Asked for our hours.", "Nothing more.", after="")

            answers(agent)
            both_hear(agent, inside, THIRD_HERTZ)
            ends(agent, inside, second)
    writes_down(agent, "Asked where the receipt is.", "Nothing more.")
    expect(agent.locator("#softphone[data-ringing]")).to_have_count(0)
    both_were_recorded(desk, first)
    both_were_recorded(desk, second, left=THIRD_HERTZ)
    assert {call_view(call.id).outcome for call in (first, second)} == {"talked"}
