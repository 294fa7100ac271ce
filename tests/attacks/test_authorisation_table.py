"""The table of who may do what, held against the product: no route without a row, no row without a route, no cell untried."""

from __future__ import annotations

import contextlib
import itertools
import logging
from collections import Counter
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from starlette.testclient import TestClient

from tests.attacks.everybody import BACKEND, LIVE, PEOPLE, World, everybody, pages
from tests.attacks.everybody_at_the_desk import ABSENT, ANOTHERS, OWN, ROLES
from tests.attacks.framing import cannot_be_framed, windows_keep_nothing_of_ours
from tests.factories.money import bank_is
from tests.fakes.bank import FakeBank
from walletdesk.doors.live.app import live_app
from walletdesk.project.authorisation import METHODS, ROWS, Row, read_table
from walletdesk.trust.staff.public import ACTS, close_way_in

PARTS = 6
DONE = {200, 204, 302}
REFUSED_BY_THE_ROOM = {409, 422}  # the person may, the thing is not in a state for it: words, and nothing happens
KINDS = {"customer": ("lin", "wang"), "member": ("cashier", "owner", "other_shop"), "owner": ("owner", "other_shop")}
OTHERS = {"wang", "other_shop"}
NO_METHOD = ("nobody", "lin", "agent")  # 405 is said before anybody is asked who they are: three people in turn show it


def live_routes() -> dict[str, set[str]]:
    """A WebSocket begins as a GET."""
    return {route.path: set(getattr(route, "methods", ("GET",)) or ()) for route in live_app().routes}  # type: ignore[attr-defined]


# ---- the drawing and the house are the same ----


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    routes, rows = {*pages(), *live_routes()}, {address for address, _ in ROWS}
    assert routes - rows == set(), "a route that nobody decided about: add its row to project/authorisation.py"
    assert rows - routes == set(), "a row for a door that is not there any more"


def test_the_live_app_answers_the_methods_of_its_rows() -> None:
    assert {(path, method) for path, methods in live_routes().items() for method in methods} == {
        key for key in ROWS if key[0] in LIVE
    }


def test_a_row_that_is_not_whole_is_found() -> None:
    for broken in ("/x/ GET customer", "/x/ FETCH customer -", "/x/ GET customer mine", "/x/ GET,GET customer -"):
        with pytest.raises(ValueError):
            read_table(f"address methods who another's\n{broken}")


def test_every_act_in_the_table_is_an_act_of_the_staff() -> None:
    known = {"anyone", "signed_in", "customer", "member", "owner", "employee", "enrolling", "ticket", "signed", *ACTS}
    assert {row.who for row in ROWS.values()} <= known


# ---- every cell ----


@contextlib.contextmanager
def as_if_never() -> Iterator[None]:
    """What happens inside leaves nothing behind."""
    before = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(before)
        transaction.set_rollback(False)


def may_enter(row: Row, who: str) -> bool:
    if row.who in KINDS:
        return who in KINDS[row.who]
    if row.who in ("employee", "enrolling"):
        return who in ROLES
    return row.who in ("anyone", "signed_in") or (who in ROLES and ROLES[who] in ACTS[row.who])


def whose_things(row: Row | None) -> tuple[str, ...]:
    """Whose thing the address names: the one thing of the house, or one's own and another's in turn."""
    return (OWN, ANOTHERS) if row is not None and row.anothers == "not-own" else ("",)


def staff_promised(row: Row, who: str, whose: str) -> set[int | str] | None:
    """What the table says of staff by whose thing it is; None where it makes no difference."""
    if who not in ROLES:
        return None
    match row.anothers:
        case "hand" if who != "agent":
            hands_on = row.address.endswith("/hand-on/") and ROLES[who] in ACTS["reassign"]
            return {302} if hands_on else {403, 409}
        case "part" if who == "administrator":
            return {404}
        case "part" if row.method == "POST" and ROLES[who] not in ACTS["decide_refund"]:
            return {403}
        case "maker" if who != "agent":
            return {403, 404, 409}
        case "not-own" if whose == OWN:
            return {403}
        case "404" if row.address.startswith("/desk/emergency/") and who != "supervisor":
            return {404}
    return None


def declared(row: Row | None, who: str, whose: str = "") -> set[int | str]:
    """What the table promises this person: statuses, or where they are led."""
    if row is None:
        return {405}
    if row.who == "signed":
        return {403}
    if who == "nobody" and row.who != "anyone":
        return {"/sign-in/"}
    if not may_enter(row, who):
        if row.who == "customer":
            return {"/after-sign-in/"} if row.method == "GET" else {404}
        same_door = who in ROLES if row.who in ACTS else row.who == "owner" and who == "cashier"
        return {403} if same_door else {404}
    if any(f":{name}>" in row.address for name in ABSENT):
        return {404}
    if (of_the_desk := staff_promised(row, who, whose)) is not None:
        return of_the_desk
    if row.anothers == "404" and (who in OTHERS or (row.who == "signed_in" and who != "lin")):
        return {404}
    return DONE | REFUSED_BY_THE_ROOM if row.method == "POST" or row.anothers == "desk" else set(DONE)


def outcome(answer: HttpResponse) -> int | str:
    """A status, or the door that a redirect leads to where it is one of the two that mean "not you"."""
    leads_to = answer.headers.get("Location", "").split("?")[0]
    return leads_to if leads_to in ("/sign-in/", "/after-sign-in/") else answer.status_code


def asked(world: World, who: str, method: str, address: str, whose: str = "") -> HttpResponse:
    client, path = world.browser(who), world.place(address, who, whose)
    if method == "POST":
        return client.post(path, world.form(address, who))  # type: ignore[return-value]
    query = world.sending(who) if address == "/wallet/transfer/confirm/" else None
    return client.generic(method, path, query_params=query)  # type: ignore[return-value]


@pytest.mark.django_db
@pytest.mark.parametrize("part", range(PARTS))
def test_every_route_method_and_person_gives_what_the_table_says(part: int, caplog: pytest.LogCaptureFixture) -> None:
    """In parts, so that both cores try them; each prints the number of its cells. X11 is asked of each answer as well."""
    caplog.set_level(logging.CRITICAL)  # hundreds of refusals, each with its line
    world, wrong, cells = everybody(), [], Counter[str]()
    for address, method, row, who, whose in tried_in(part):
        with as_if_never(), bank_is(FakeBank()):
            answer = asked(world, who, method, address, whose)
        cannot_be_framed(answer, f"{method} {address} {who}: {answer.status_code}")
        windows_keep_nothing_of_ours(answer, address)
        seen = outcome(answer)
        cells[kind_of_cell(row, who, whose)] += 1
        promised = declared(row, who, whose)
        past_it = row is not None and row.who == "enrolling" and seen == "/after-sign-in/"
        if past_it or (seen in ("/after-sign-in/", "/sign-in/") and row and row.who == "anyone"):
            seen = 302  # a page of signing in, or of the way to the desk, of somebody who is past it or not there yet
        if seen not in promised:
            wrong.append(f"{method} {address} {who} {whose}: {seen}, not {sorted(map(str, promised))}")
    people = f"{len(list(pages())[part::PARTS])} addresses, {len(METHODS)} methods, {len(PEOPLE)} people of {len(ROLES)} roles"
    print(f"\n{cells.total()} cells tried: {people}; {dict(cells)}; {len(wrong)} differences")
    assert not wrong, "\n".join(wrong)


def tried_in(part: int) -> Iterator[tuple[str, str, Row | None, str, str]]:
    """The cells of a part: address, method, the row if there is one, who, and whose thing the address names."""
    in_turn = itertools.cycle(NO_METHOD)
    for address, method in itertools.product(list(pages())[part::PARTS], METHODS):
        row = ROWS.get((address, method))
        for who in PEOPLE if row else (next(in_turn),):
            yield from ((address, method, row, who, whose) for whose in whose_things(row))


def kind_of_cell(row: Row | None, who: str, whose: str) -> str:
    """Whether the address named a thing of this person's own, another's, or none."""
    if row is None or row.anothers == "-":
        return "of nobody"
    if whose:
        return whose
    holders = {"hand": {"agent"}, "maker": {"agent"}}.get(row.anothers, {"lin", "cashier", "owner", "supervisor"})
    return OWN if who in holders else ANOTHERS


@pytest.mark.django_db
@pytest.mark.parametrize("lacking", ["a factor", "a pass"])
def test_no_address_of_the_desk_opens_to_a_password_alone(lacking: str) -> None:
    world, wrong, cells = everybody(), [], 0
    chief = world.employees["supervisor"]
    if lacking == "a pass":
        close_way_in(chief.id)
    else:
        browser = Client()
        browser.force_login(world.users["supervisor"], backend=BACKEND)
        world.cookies["supervisor"] = {name: cookie.value for name, cookie in browser.cookies.items()}
    for (address, method), row in ROWS.items():
        if row.who not in ("employee", *ACTS):
            continue
        cells += 1
        with as_if_never():
            led_to = asked(world, "supervisor", method, address, OWN).headers.get("Location", "")
        if led_to != "/desk/enrol/":
            wrong.append(f"{method} {address}: {led_to or 'opened'}")
    print(f"\n{cells} cells tried without {lacking}; {len(wrong)} differences")
    assert not wrong, "\n".join(wrong)


@pytest.mark.django_db
def test_the_live_door_opens_for_nobody_without_a_ticket_of_their_own_session() -> None:
    world, live, cells = everybody(), TestClient(live_app(), base_url="http://localhost"), 0
    of_lin = ticket_on_the_page_of(world, "lin")  # good for longer than this test
    for who in PEOPLE:
        cookies = {name: cookie.value for name, cookie in world.browser(who).cookies.items()}
        live.cookies.clear()
        live.cookies.update(cookies)
        for method in METHODS:
            for ticket in ("", "guessed", of_lin if who != "lin" else "x:y:z"):
                answer = live.request(method, "/live/events", params={"ticket": ticket})
                assert answer.status_code == (403 if method in ("GET", "HEAD") else 405), (who, method)
                cells += 1
            health = live.request(method, "/live/healthz")
            assert health.status_code in ((200, 503) if method in ("GET", "HEAD") else (405,))
            cells += 1
    print(f"\n{cells} cells tried at the live door")


def ticket_on_the_page_of(world: World, who: str) -> str:
    page = world.browser(who).get("/wallet/").content.decode()
    ticket = page.partition('data-live="')[2].partition('"')[0]
    assert ticket
    return ticket
