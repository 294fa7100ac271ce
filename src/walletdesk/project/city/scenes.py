"""What seldom happens, made to happen in a running demo, so that its pages can be looked at: for ``bin/shots``.

    scenes()  ->  {"wallet": [("bill_waiting", "/wallet/bills/…/"), …], "desk-agent1024": […], …}

By the product's own verbs, in the demo's own database; what stands from the last time is taken again.
"""

from __future__ import annotations

import io
from contextlib import suppress
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.db import transaction
from PIL import Image, ImageDraw

from walletdesk.foundation.amount.public import CNY, Amount
from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.identity.public import set_password
from walletdesk.money.payments.public import activity, scheduled_of, stop_token, transfer
from walletdesk.money.wallets.public import payee_limit, set_payee_limit
from walletdesk.project.city.people import DEMO_PASSWORD, citizens
from walletdesk.service.agent_actions.public import ask_verification, freeze_account, propose_rules, unmask
from walletdesk.service.cases.public import CaseView, cases_of_customer, open_case, open_locked_out, take_case
from walletdesk.service.oversight.public import break_glass, glasses, place_canary, propose_recovery
from walletdesk.trust.customers.public import CustomerView, PinProof, customer_by_address
from walletdesk.trust.risk.public import (
    open_report,
    publish_rules,
    report_payee,
    restrict,
    restrictions_of,
    rules_in_force,
    write_rules,
    written,
)
from walletdesk.trust.staff.public import employee_by_number
from walletdesk.trust.verification.public import (
    answer_prompt,
    begin_recovery,
    hand_in_to_unlock,
    make_recovery_code,
    papers_of_case,
    prove_by_code,
)

Pages = dict[str, list[tuple[str, str]]]
BY = "system:pictures"
AGENT, CHECKER = "1024", "0387"


def scenes(seed: int = 2026) -> Pages:
    """By door, what to look at there besides what its links lead to: a name, and an address."""
    people = [one.email for one in citizens(seed)]
    pages: Pages = {}
    for scene in (_waiting_transfer, _limited_payee, _safety_check, _way_back, _frozen, _staff):
        for door, found in scene(people).items():
            pages.setdefault(door, []).extend(found)
    return pages


def _waiting_transfer(people: list[str]) -> Pages:
    """Lin sends money to somebody under report; an agent has a case of hers, and has looked at her number."""
    lin, swindler = _customer(people[0]), _customer(people[13])
    rules: dict[str, Any] = written(rules_in_force())
    rules["rules"]["payee_reported"] |= {"at_least": "delay", "delay_hours": 24}
    publish_rules(write_rules(rules, "举报核实期间先等一天", BY).number, f"{BY}:second")
    if not restrictions_of(swindler.id):
        restrict(swindler.id, "reported", None, "三个人举报了它", BY)
    _reports_of(swindler, people[14:16])
    waiting = next((one.id for one in scheduled_of(lin.id) if one.delay_reason), None)
    if waiting is None:
        proof = PinProof(lin.id, now())
        waiting = transfer(f"scene-{uuid7()}", lin.id, swindler.id, Amount(6_000, CNY), "押金", proof).transfer_id
    case = _in_hand(lin, "question")
    unmask(_employee(AGENT), case.id, "phone", "回电话确认转账")
    there = _case(case)
    return {
        "wallet": [
            ("bill_waiting", f"/wallet/bills/{waiting}/"),
            ("later", "/wallet/transfer/later/"),
            ("payee_warning", f"/wallet/transfer/confirm/?to={quote(swindler.number)}&amount=60"),
            ("report", f"/wallet/report/?to={quote(swindler.number)}"),
        ],
        "desk-agent0305": [("payee_reported", f"/desk/risk/payees/{swindler.id}/")],
        "public": [("stop", f"/stop/{stop_token(waiting)}/"), ("stop_over", "/stop/used-up/")],
        f"desk-agent{AGENT}": [
            ("case_transfer_waits", there),
            ("messages_sent", f"{there}messages/"),
            ("freeze", f"{there}freeze/"),
        ],
    }


def _limited_payee(people: list[str]) -> Pages:
    """Lin lets at most 200 a day go to the one she paid last, and has asked for more."""
    lin = _customer(people[0])
    paid = next(row for row in activity(lin.id, limit=100).rows if row.kind == "payment" and row.state != "failed")
    assert paid.counterparty_id is not None
    line = payee_limit(lin.id, paid.counterparty_id, "day")
    if line is None or line.own is None:
        set_payee_limit(lin.id, paid.counterparty_id, "day", Amount(20_000, CNY))
        set_payee_limit(lin.id, paid.counterparty_id, "day", Amount(30_000, CNY))
    return {
        "wallet": [
            ("bill_of_limited", f"/wallet/bills/{paid.id}/"),
            ("limits_payee", "/wallet/me/limits/"),
            ("limits_payee_own", f"/wallet/me/limits/payee/{paid.counterparty_id}/day/"),
        ]
    }


def _safety_check(people: list[str]) -> Pages:
    """Lin is afraid, and has confirmed that it is her; an agent looks at her account with her. A second one has not asked yet."""
    lin, other = _customer(people[0]), _customer(people[22])
    case, masked = _in_hand(lin, "not_mine"), _in_hand(other, "not_mine")
    with suppress(Refusal), transaction.atomic():  # confirmed the last time
        answer_prompt(lin.id, ask_verification(_employee(AGENT), case.id).id, genuine=True)
    return {
        f"desk-agent{AGENT}": [
            ("safety", f"{_case(case)}safety/"),
            ("safety_case", _case(case)),
            ("safety_masked", f"{_case(masked)}safety/"),
        ]
    }


def _reports_of(payee: CustomerView, payers: list[str]) -> None:
    """Two people said the same of them, and wait for an answer."""
    for payer in (_customer(email) for email in payers):
        if open_report(payer.id, payee.id) is None:
            case = open_case("scam_report", payer.id)
            report_payee(payer.id, payee.id, "person", "profit", "说三天翻倍，转了就不回话", case.reference)


def _way_back(people: list[str]) -> Pages:
    """One proof and papers: the reset cannot be started yet, and a second agent looks at the photos."""
    lost = _customer(people[60])
    case = next((one for one in cases_of_customer(lost.id) if one.kind == "locked_out" and one.is_open), None)
    handed = papers_of_case(case.id) if case else None
    if case is None or handed is None:
        way = begin_recovery("page", lost.email or "", "zh-hans")
        way = prove_by_code(way.id, "email", make_recovery_code(way.id, "email").code.digits)
        case, _ = open_locked_out(way.id)
        assert case is not None
        take_case(_employee(AGENT), case.id)
        handed = hand_in_to_unlock(way.id, "passport", {side: _a_card() for side in ("front", "face")})
    return {
        f"desk-agent{AGENT}": [("case_locked_out", _case(case)), ("way_back", f"{_case(case)}way-back/")],
        f"desk-agent{CHECKER}": [("papers", f"/desk/papers/{handed.id}/")],
    }


def _frozen(people: list[str]) -> Pages:
    """An agent froze somebody; how it is seen from the wallet stands under ``frozen``."""
    held = _customer(people[35])
    set_password(held.user_id, DEMO_PASSWORD)
    case = _in_hand(held, "not_mine")
    freeze_account(_employee(AGENT), case.id, "debit", "凌晨有人在别处登录")
    return {
        f"desk-agent{AGENT}": [("frozen", f"{_case(case)}freeze/"), ("case_frozen", _case(case))],
        "frozen": [("home", "/wallet/"), ("freeze", "/wallet/me/freeze/"), ("limits", "/wallet/me/limits/")],
    }


def _staff(people: list[str]) -> Pages:
    """A pass to renew, an emergency, a canary that was touched, rules that wait for a second person."""
    standing = next((one.id for one in glasses() if one.stands(now())), None)
    glass = standing or break_glass(_employee("0201"), _customer(people[44]).number, "公安来电，要马上查这个账户")
    with suppress(Refusal), transaction.atomic():  # stands from the last time
        propose_recovery(_employee("0601"), _employee("1031"), "手机丢在车上了", "当面，看了工牌")
    with suppress(Refusal), transaction.atomic():
        place_canary(_employee("0501"), _customer(people[50]).number, "谁都没有理由看")
    rules: dict[str, Any] = written(rules_in_force())
    rules["rules"]["drain"]["score"] += 1
    version = write_rules(rules, "清空账户再严一点", f"employee:{_employee('0305')}").number
    propose_rules(_employee("0305"), version)
    return {
        "desk-agent0201": [("emergency_opened", f"/desk/emergency/{glass}/"), ("emergency", "/desk/emergency/")],
        "desk-agent0305": [("rules_proposed", f"/desk/risk/rules/{version}/")],
    }


def _customer(email: str) -> CustomerView:
    found = customer_by_address(email)
    assert found is not None, f"{email} does not live in this city"
    return found


def _employee(number: str) -> UUID:
    found = employee_by_number(number)
    assert found is not None, f"{number} does not work here"
    return found.id


def _in_hand(customer: CustomerView, kind: str) -> CaseView:
    """The agent's open case of this kind about them, or a new one."""
    for one in cases_of_customer(customer.id):
        if one.kind == kind and one.is_open and one.assigned_id == _employee(AGENT):
            return one
    return take_case(_employee(AGENT), open_case(kind, customer.id).id)


def _case(case: CaseView) -> str:
    return f"/desk/cases/{case.reference}/"


def _a_card() -> bytes:
    """A drawn document, sharp and evenly lit, as a telephone would take it."""
    picture = Image.new("RGB", (1200, 800), (176, 178, 172))
    pen = ImageDraw.Draw(picture)
    for row in range(100, 700, 36):
        for column in range(150, 1050, 12):
            pen.rectangle((column, row, column + 6, row + 14), fill=(44, 52, 60))
    out = io.BytesIO()
    picture.save(out, "JPEG")
    return out.getvalue()
