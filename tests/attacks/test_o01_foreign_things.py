"""O01 at the doors: another's payment, top-up, transfer, case, message, file, prompt, statement, by its real id."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterator

import pytest

from tests.attacks.everybody import World, a_transfer_of, pages
from tests.factories.wallet_phone import text_of
from walletdesk.project.authorisation import ROWS
from walletdesk.service.cases.public import the_customer
from walletdesk.service.conversations.public import conversation
from walletdesk.trust.verification.public import open_prompt

pytestmark = pytest.mark.django_db


def nothing_like_it(path: str, world: World) -> str:
    """The same address with a thing that never was in it."""
    for thing in world.things.values():
        never = str(uuid.uuid4()) if len(thing) == 36 else "987654321" if thing.isdigit() else "WD-990101-0001"
        path = path.replace(f"/{thing}/", f"/{never}/")
    return path


def foreign_rows(door: str) -> Iterator[tuple[str, str]]:
    for address in pages():
        for method in ("GET", "POST"):
            row = ROWS.get((address, method))
            if row and row.anothers == "404" and address.startswith(door):
                yield address, method


@pytest.mark.parametrize(("door", "who"), [("/wallet/", "wang"), ("/till/", "other_shop")])
def test_o01_what_is_anothers_and_what_never_was_get_the_same_words(door: str, who: str, world: World) -> None:
    tried = 0
    for address, method in foreign_rows(door):
        path, form = world.place(address, who), world.form(address)
        browser = world.browser(who)
        send = browser.post if method == "POST" else browser.get
        theirs, never = send(path, form), send(nothing_like_it(path, world), form)
        assert (theirs.status_code, never.status_code) == (404, 404), (method, address)
        assert text_of(theirs) == text_of(never), (method, address)
        assert world.story.lin.masked_name not in text_of(theirs)
        tried += 1
    assert tried >= 5


def test_o01_nothing_moved_while_another_tried(world: World) -> None:
    lin, case = world.story.lin, world.story.now()
    said = len(conversation(case.id, the_customer(lin.id)))
    for address, method in foreign_rows("/wallet/"):
        if method == "POST":
            world.browser("wang").post(world.place(address, "wang"), world.form(address))
    after = world.story.now()
    assert (after.state, after.changed_at, after.rated) == (case.state, case.changed_at, case.rated)
    assert len(conversation(case.id, the_customer(lin.id))) == said
    assert open_prompt(lin.id) is not None, "the question is still Lin's to answer"


def test_o01_each_try_leaves_one_line_with_ids_and_nothing_personal(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "walletdesk"):
        world.browser("wang").get(world.place("/wallet/bills/<uuid:bill_id>/"))
        world.browser("other_shop").get(world.place("/till/cases/<str:reference>/"))
        world.browser("wang").get(world.place("/wallet/files/<uuid:attachment_id>/<str:token>/", "wang"))
    lines = [record.getMessage() for record in caplog.records if "foreign_object" in record.getMessage()]
    assert len(lines) == 3
    assert str(world.users["wang"].pk) in lines[0] and world.things["bill_id"] in lines[0]
    assert world.story.case.reference in lines[1]
    for line in lines:
        for person in (world.story.lin, world.wang):
            assert not {person.name, person.email, person.phone} & set(line.split())
    assert "token" not in lines[2].replace("<str:token>", "")


def test_o01_a_reference_cannot_write_lines_into_the_log(world: World, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "walletdesk"):
        world.browser("wang").get("/wallet/cases/x%0A2026-11-22 INFO all is well%1b[2J/")
    (line,) = [one.getMessage() for one in caplog.records if "foreign_object" in one.getMessage()]
    assert "\n" not in line and "\x1b" not in line


def test_o01_ones_own_thing_leaves_no_line(world: World, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "walletdesk"):
        assert world.browser("lin").get(world.place("/wallet/bills/<uuid:bill_id>/")).status_code == 200
    assert "foreign_object" not in caplog.text


def test_o01_a_transfer_is_its_two_peoples_and_nobody_elses(world: World) -> None:
    sent = a_transfer_of(world.story.lin, world.wang)
    assert world.browser("lin").get(f"/wallet/bills/{sent}/").status_code == 200
    assert world.browser("wang").get(f"/wallet/bills/{sent}/").status_code == 200
    payment_of_wang = a_transfer_of(world.wang, world.story.lin)
    assert world.browser("lin").get(f"/wallet/bills/{payment_of_wang}/receipt/").status_code == 404
    for who in ("owner", "agent"):
        assert world.browser(who).get(f"/wallet/bills/{sent}/").headers["Location"] == "/after-sign-in/"


def test_o01_a_statement_is_always_ones_own_whatever_the_query_asks(world: World) -> None:
    lin = world.story.lin
    asked = {"customer": str(lin.id), "customer_id": str(lin.id), "id": lin.number, "wallet": str(lin.id)}
    own = world.browser("wang").get("/wallet/bills.csv").getvalue().decode()  # type: ignore[attr-defined]
    tried = world.browser("wang").get("/wallet/bills.csv", asked).getvalue().decode()  # type: ignore[attr-defined]
    assert own == tried
    assert "Qinghe" not in tried and world.story.first.receipt_number not in tried


def test_o01_searches_and_cursors_stay_in_ones_own_bills(world: World) -> None:
    receipt = world.story.first.receipt_number
    cursor = f"{world.story.first.captured_at.isoformat()}_{world.story.first.id}"
    for query in ({"text": receipt}, {"text": "Qinghe"}, {"before": cursor}, {"text": "QH-0519"}):
        page = world.browser("wang").get("/wallet/bills/", query).content.decode()
        for theirs in ("bill_id", "payment_id"):
            assert f"/wallet/bills/{world.things[theirs]}/" not in page


def test_o01_the_desk_palette_names_nobody_without_a_case(world: World) -> None:
    wang = world.wang
    for text in (wang.name, wang.email, wang.phone, wang.number):
        page = world.browser("agent").get("/desk/palette/", {"q": text}).content.decode()
        assert wang.masked_name not in page
        assert str(wang.id) not in page
